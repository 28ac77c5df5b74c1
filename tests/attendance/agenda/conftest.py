"""A programme with one session of each sort, made into an agenda for one reader."""

import datetime as dt

import pytest

from attendance.agenda import agenda_of
from attendance.programme import items_for
from tests.factories import PartFactory, RoomFactory, SessionFactory

AT = dt.datetime(2017, 12, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def programme(past_meeting):
    """Dublin 2017: a plenary, a break, and a closed session on the next day."""
    hall = RoomFactory(meeting=past_meeting, name_en="Main hall", name_fr="Grande salle")
    plenary = SessionFactory(
        meeting=past_meeting,
        room=hall,
        title_en="State of play",
        title_fr="",
        abstract_en="Markets.\nCoins.",
        languages=["en"],
        is_interpreted=True,
        label="TLP:GREEN",
    )
    PartFactory(session=plenary, guest=True)
    later = plenary.ends_at
    SessionFactory(meeting=past_meeting, room=None, kind="break", title_en="Coffee", title_fr="Café", starts_at=later)
    closed = SessionFactory(
        meeting=past_meeting,
        kind="closed",
        title_en="Canary title",
        abstract_en="Canary abstract",
        room__name_en="Canary room",
        families=["law_enforcement"],
        label="TLP:RED",
        starts_at=later + dt.timedelta(days=1),
    )
    PartFactory(session=closed, participant=None, guest_name="Canary speaker")
    return past_meeting


@pytest.fixture
def agenda(programme):
    """As the public reads it."""
    return made(programme)


def made(meeting, user=None, **more):
    return agenda_of(meeting, items_for(user, meeting, leaves=True), at=AT, **more)
