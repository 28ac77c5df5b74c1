"""Several doors scan the same badge at the same moment, on SQLite and on PostgreSQL: one of them is the first."""

import uuid

import pytest
from django.utils import timezone

from attendance.models import CheckIn, Scan, half_of
from tests.factories import BadgeFactory, DeviceFactory, MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.usefixtures("committed_db")

PROCESSES = 6
ROUNDS = 4


@pytest.fixture
def meeting():
    return MeetingFactory(running=True)


def entries(meeting, *, same_device=False, number=None):
    """The same badge at as many doors as there are processes."""
    badge = BadgeFactory(participant=ParticipantFactory(meeting=meeting))
    day, half = half_of(timezone.now(), meeting)
    one = DeviceFactory(meeting=meeting)
    devices = [one if same_device else DeviceFactory(meeting=meeting) for _n in range(PROCESSES)]
    return [
        {"device": device.pk, "code": f"PG:{badge.code}", "number": number or str(uuid.uuid4()), "slot": f"{day}/{half}"}
        for device in devices
    ]


def test_of_all_doors_one_is_the_first(herd, meeting):
    found = [sorted(herd.run("tests.attendance.desk_acts:scan", entries(meeting))) for _n in range(ROUNDS)]

    assert found == [["amber"] * (PROCESSES - 1) + ["green"]] * ROUNDS
    assert (Scan.objects.filter(answer="green").count(), CheckIn.objects.count()) == (ROUNDS, ROUNDS)


def test_without_the_lock_several_are(herd, meeting):
    """The control: were this to fail, the test above would prove nothing."""
    found = herd.run("tests.attendance.desk_acts:scan_looking_first", entries(meeting))

    assert found.count("green") > 1


def test_one_scan_sent_by_many_at_once_is_one(herd, meeting):
    number = str(uuid.uuid4())
    found = herd.run("tests.attendance.desk_acts:scan", entries(meeting, same_device=True, number=number))

    assert (found, Scan.objects.count()) == (["green"] * PROCESSES, 1)
