"""The cast at the door: a meeting that goes on, somebody with a badge, and two doors."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from attendance import access
from attendance.models import Device
from tests.factories import BadgeFactory, DeviceFactory, MeetingFactory, ParticipantFactory

NOON = dt.datetime(2026, 9, 2, 10, 2, tzinfo=dt.UTC)  # 12.02 in Strasbourg, on the second of three days
MORNING = "2026-09-02/am"


@pytest.fixture
def running(db):
    """Strasbourg 2026, from 1 to 3 September."""
    first = dt.date(2026, 9, 1)
    return MeetingFactory(slug="strasbourg-2026", code="CYB26", year=2026, ordinal=8, starts_on=first, ends_on=first + dt.timedelta(days=2))


@pytest.fixture
def door(running):
    return DeviceFactory(meeting=running, name="Door A", made_at=NOON - dt.timedelta(days=2))


@pytest.fixture
def other_door(running):
    return DeviceFactory(meeting=running, name="Door B", session_key="b" * 32, made_at=NOON - dt.timedelta(days=2))


@pytest.fixture
def badge(running):
    """Maeve Orrin's."""
    return BadgeFactory(participant=ParticipantFactory(meeting=running, family_name="Orrin"))


def scan(badge=None, *, at=NOON, slot=MORNING, number=None, offset=0, **more):
    """What a device sends about a scan."""
    code = {"code": f"PG:{badge.code}"} if badge else {}
    return {"id": number or str(uuid.uuid4()), "at": at.isoformat(), "offset": offset, "slot": slot, **code, **more}


def browser_of(device: Device) -> Client:
    """A browser in which the device is open."""
    from django.http import HttpResponse

    response, client = HttpResponse(), Client()
    access.keep(response, device)
    client.cookies = response.cookies
    return client
