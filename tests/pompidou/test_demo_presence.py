"""Presence at the demo's meetings that are over."""

import pytest

from attendance.models import CheckIn
from attendance.services.certificates import issue
from pompidou.demo import presence
from tests.factories import MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


def test_those_who_came_can_have_a_certificate():
    meeting = MeetingFactory(over=True)
    person = ParticipantFactory(meeting=meeting, confirmed=True)

    presence.write(meeting)

    certificate = issue(participant=person, language="en", by=person.user)
    assert certificate.days == [day.isoformat() for day in meeting.days]


def test_writing_it_again_leaves_the_same():
    meeting = MeetingFactory(over=True)
    for _ in range(10):
        ParticipantFactory(meeting=meeting, confirmed=True)
    presence.write(meeting)
    before = CheckIn.objects.count()

    presence.write(meeting)

    assert (CheckIn.objects.count(), CheckIn.history.count()) == (before, before)
