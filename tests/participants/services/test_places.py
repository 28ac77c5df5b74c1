"""Places: counted, given, and handed on to the next in line."""

import pytest

from correspondence.models import Message
from participants import errors, services
from participants.models import Participant
from tests.factories import MeetingFactory, ParticipantFactory
from tests.participants.services.words import HOUR, NOW, mails_to, state_of

pytestmark = pytest.mark.django_db


def test_approval_without_a_free_place_puts_into_the_queue(secretary):
    meeting = MeetingFactory(capacity=1)
    ParticipantFactory(meeting=meeting)
    person = ParticipantFactory(meeting=meeting, pending=True)

    services.approve(participant=person, by=secretary)

    assert (state_of(person), mails_to(person)) == ("waitlisted", ["waitlisted"])


def test_nobody_waiting_is_confirmed_without_a_free_place(secretary):
    meeting = MeetingFactory(capacity=1)
    ParticipantFactory(meeting=meeting)
    person = ParticipantFactory(meeting=meeting, waitlisted=True)

    with pytest.raises(errors.MeetingFull):
        services.approve(participant=person, by=secretary)

    assert (state_of(person), mails_to(person)) == ("waitlisted", [])


@pytest.mark.parametrize("category", ["secretariat", "interpreter"])
def test_those_who_run_the_meeting_need_no_place(secretary, category):
    meeting = MeetingFactory(capacity=0)
    person = ParticipantFactory(meeting=meeting, pending=True, category=category)

    services.approve(participant=person, by=secretary)

    assert (state_of(person), services.free_places(meeting)) == ("confirmed", 0)


@pytest.mark.parametrize(("capacity", "taken", "free"), [(None, 3, None), (5, 3, 2), (3, 3, 0), (2, 3, 0), (0, 0, 0)])
def test_free_places_are_counted(capacity, taken, free):
    meeting = MeetingFactory(capacity=capacity)
    ParticipantFactory.create_batch(taken, meeting=meeting)
    ParticipantFactory(meeting=meeting, category="interpreter")
    for state in ("unconfirmed", "pending", "waitlisted", "declined", "withdrawn"):
        ParticipantFactory(meeting=meeting, **{state: True})
    ParticipantFactory()

    assert services.free_places(meeting) == free


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_refusal_needs_a_reason(secretary, reason):
    person = ParticipantFactory(pending=True)

    with pytest.raises(errors.ReasonMissing):
        services.decline(participant=person, by=secretary, reason=reason)


def test_the_reason_is_kept_and_told(secretary):
    person = ParticipantFactory(pending=True)

    services.decline(participant=person, by=secretary, reason=" Places are limited. ")

    person.refresh_from_db()
    assert person.state_reason == "Places are limited."
    assert "Places are limited." in Message.objects.get().body


def withdraw(person, by):
    services.withdraw(participant=person, by=by)


def decline(person, by):
    services.decline(participant=person, by=by, reason="Places are limited.")


def full_meeting():
    """A meeting with one place, taken; returns it and whoever has the place."""
    meeting = MeetingFactory(capacity=1)
    return meeting, ParticipantFactory(meeting=meeting)


@pytest.mark.parametrize("leave", [withdraw, decline])
def test_a_place_that_comes_free_goes_to_the_next_in_line(secretary, leave):
    meeting, leaving = full_meeting()
    second = ParticipantFactory(meeting=meeting, waitlisted=True, registered_at=NOW + HOUR)
    first = ParticipantFactory(meeting=meeting, waitlisted=True, registered_at=NOW)

    leave(leaving, secretary)

    assert (state_of(first), state_of(second)) == ("confirmed", "waitlisted")
    assert (mails_to(first), mails_to(second)) == (["confirmed"], [])
    assert first.history.first().history_change_reason == "a place came free"


@pytest.mark.parametrize("state", ["pending", "waitlisted"])
def test_who_had_no_place_hands_none_on(secretary, state):
    meeting, _ = full_meeting()
    leaving = ParticipantFactory(meeting=meeting, **{state: True})
    waiting = ParticipantFactory(meeting=meeting, waitlisted=True)

    services.withdraw(participant=leaving, by=secretary)

    assert state_of(waiting) == "waitlisted"


def test_who_needed_no_place_hands_none_on(secretary):
    meeting, _ = full_meeting()
    interpreter = ParticipantFactory(meeting=meeting, category="interpreter")
    waiting = ParticipantFactory(meeting=meeting, waitlisted=True)

    services.withdraw(participant=interpreter, by=secretary)

    assert state_of(waiting) == "waitlisted"


def test_a_meeting_over_its_capacity_hands_nothing_on(secretary):
    meeting = MeetingFactory(capacity=1)
    leaving, _ = ParticipantFactory.create_batch(2, meeting=meeting)
    waiting = ParticipantFactory(meeting=meeting, waitlisted=True)

    services.withdraw(participant=leaving, by=secretary)

    assert state_of(waiting) == "waitlisted"


def test_a_place_does_not_go_to_another_meeting(secretary):
    _, leaving = full_meeting()
    elsewhere = ParticipantFactory(waitlisted=True)

    services.withdraw(participant=leaving, by=secretary)

    assert state_of(elsewhere) == "waitlisted"


def test_the_line_goes_by_category_then_by_time():
    meeting = MeetingFactory()
    times = {"academia": 0, "private_sector": 1, "international_organisation": 2, "other_state": 3, "member_state": 4, "host": 5}
    for category, hours in times.items():
        ParticipantFactory(meeting=meeting, waitlisted=True, category=category, registered_at=NOW + hours * HOUR)
    ParticipantFactory(meeting=meeting, waitlisted=True, category="member_state", registered_at=NOW)

    line = Participant.objects.filter(meeting=meeting).waiting_line()

    assert [(person.category, person.registered_at) for person in line] == [
        ("host", NOW + 5 * HOUR),
        ("member_state", NOW),
        ("member_state", NOW + 4 * HOUR),
        ("other_state", NOW + 3 * HOUR),
        ("international_organisation", NOW + 2 * HOUR),
        ("academia", NOW),
        ("private_sector", NOW + HOUR),
    ]
    assert [person.place_in_line() for person in line] == [1, 2, 3, 4, 5, 6, 7]


def test_a_higher_capacity_fills_from_the_line(secretary):
    meeting, _ = full_meeting()
    first, second, third = (ParticipantFactory(meeting=meeting, waitlisted=True, registered_at=NOW + hours * HOUR) for hours in range(3))
    type(meeting).objects.update(capacity=3)

    promoted = services.fill_free_places(meeting=meeting, by=secretary)

    assert [person.pk for person in promoted] == [first.pk, second.pk]
    assert (state_of(third), mails_to(first), mails_to(third)) == ("waitlisted", ["confirmed"], [])


def test_without_limit_everybody_waiting_gets_a_place(secretary):
    meeting = MeetingFactory(capacity=None)
    ParticipantFactory.create_batch(3, meeting=meeting, waitlisted=True)

    assert len(services.fill_free_places(meeting=meeting, by=secretary)) == 3


def test_a_place_is_not_spent_on_somebody_who_needs_none(secretary):
    meeting, leaving = full_meeting()
    ParticipantFactory(meeting=meeting, waitlisted=True, category="interpreter", registered_at=NOW)
    academic = ParticipantFactory(meeting=meeting, waitlisted=True, category="academia", registered_at=NOW + HOUR)

    services.withdraw(participant=leaving, by=secretary)

    assert state_of(academic) == "confirmed"
