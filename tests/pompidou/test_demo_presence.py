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


def test_two_apologised_one_was_replaced_and_one_did_not_come_in_2016(secretariat, monkeypatch):
    monkeypatch.setattr("pompidou.demo.staff.secretary", lambda: secretariat)
    meeting = MeetingFactory(slug="strasbourg-2016", over=True)
    for key in ("kerstin.alund", "vasilios.karamanos"):
        ParticipantFactory(meeting=meeting, state="withdrawn", submission_key=f"demo:strasbourg-2016:{key}")
    for key in ("karmenu.xuereb", "agnes.koszegi", "gergo.szollosi"):
        ParticipantFactory(meeting=meeting, confirmed=True, submission_key=f"demo:strasbourg-2016:{key}")

    presence.write(meeting)

    said = CheckIn.objects.filter(by=secretariat).values_list("participant__submission_key", "status", "substitute__submission_key")
    assert {(whose.split(":")[2], status, instead and instead.split(":")[2]) for whose, status, instead in said} == {
        ("kerstin.alund", "apologised", None),
        ("vasilios.karamanos", "apologised", None),
        ("karmenu.xuereb", "absent", None),
        ("agnes.koszegi", "substituted", "gergo.szollosi"),
    }
    assert CheckIn.history.count() == CheckIn.objects.count()
