"""Why a place is empty, in words."""

import datetime as dt

import pytest
from django.utils import timezone

from participants.vacancies import vacancies_of
from tests.factories import MeetingFactory, OfferFactory, ParticipantFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def told(meeting, at=NOW):
    found = vacancies_of(meeting, at=at)
    return found.free, list(found.reasons)


def test_where_all_places_are_taken_nothing_is_said():
    meeting = MeetingFactory(capacity=1)
    ParticipantFactory(meeting=meeting)
    ParticipantFactory(meeting=meeting, waitlisted=True)

    assert told(meeting) == (0, [])


def test_without_a_limit_nothing_is_said():
    assert told(MeetingFactory(capacity=None)) == (None, [])


def test_until_when_a_place_is_held():
    meeting = MeetingFactory(capacity=2, timezone="Europe/Dublin")
    ParticipantFactory(meeting=meeting)
    until = dt.datetime(2099, 1, 5, 14, 30, tzinfo=dt.UTC)
    OfferFactory(participant=ParticipantFactory(meeting=meeting, waitlisted=True), lapses_at=until)

    assert told(meeting) == (0, ["1 place is held for somebody to whom it is offered, until 5 January 2099, 14:30."])


def test_registrations_that_await_approval():
    meeting = MeetingFactory(capacity=2)
    ParticipantFactory.create_batch(2, meeting=meeting, pending=True)

    assert told(meeting) == (2, ["2 registrations await your approval.", "Nobody waits for one."])


def test_people_put_on_the_list_by_hand():
    meeting = MeetingFactory(capacity=2)
    ParticipantFactory(meeting=meeting, waitlisted=True)

    assert told(meeting)[1] == ["1 person was put on the waiting list although places are free; approve them to give them one."]


def test_a_meeting_that_has_begun():
    meeting = MeetingFactory(capacity=2, running=True)
    ParticipantFactory(meeting=meeting, waitlisted=True)

    assert told(meeting)[1] == ["The meeting has begun; nobody is called up any more.", "Registration is not open."]


def test_a_meeting_that_is_over():
    assert told(MeetingFactory(capacity=2, over=True))[1] == ["The meeting is over."]


def test_those_who_take_no_place_are_not_counted():
    meeting = MeetingFactory(capacity=2)
    ParticipantFactory(meeting=meeting, waitlisted=True, category="interpreter")

    assert told(meeting)[1] == ["Nobody waits for one."]
