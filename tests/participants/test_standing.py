"""Where a registration stands, in words."""

import datetime as dt

import pytest

from participants import services, standing
from participants.models import Participant
from tests.factories import MeetingFactory, ParticipantFactory, in_days


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("unconfirmed", "Please confirm your e-mail address."),
        ("pending", "The secretariat is looking at your registration."),
        ("confirmed", "You have a place."),
        ("declined", "Your registration was declined."),
        ("withdrawn", "Your registration is withdrawn."),
    ],
)
def test_each_state_is_a_sentence(db, state, words):
    assert standing.sentence(ParticipantFactory(**{state: True})) == words


@pytest.mark.parametrize(
    ("ahead", "words"), [(0, "You are first in line."), (9, "You are tenth in line."), (10, "You are number 11 in line.")]
)
def test_the_position_is_said_in_words_up_to_ten(meeting, ahead, words):
    ParticipantFactory.create_batch(ahead, meeting=meeting, waitlisted=True, registered_at=in_days(-9))

    assert standing.sentence(ParticipantFactory(meeting=meeting, waitlisted=True)) == words


@pytest.mark.parametrize(
    ("state", "options"),
    [
        ("pending", (True, True, False, False, False)),
        ("waitlisted", (True, True, False, False, False)),
        ("confirmed", (True, True, False, False, True)),
        ("declined", (False, False, False, False, False)),
        ("withdrawn", (False, False, False, False, False)),  # not by the person
    ],
)
def test_what_may_be_done_depends_on_the_state(meeting, state, options):
    assert standing.options(ParticipantFactory(meeting=meeting, **{state: True})) == options


def test_whoever_withdrew_may_come_back(registration, expert):
    withdrawn = services.withdraw(participant=registration, by=expert)

    assert standing.options(withdrawn) == (False, False, True, False, False)


def test_after_the_meeting_nothing_may_be_done(db):
    participant = ParticipantFactory(meeting=MeetingFactory(over=True))

    assert standing.options(participant) == (False, False, False, False, False)
    assert standing.sentence(participant) == "You had a place."
    assert standing.next_step(participant) == "The meeting is over."


def test_who_still_waited_when_the_meeting_was_over_did_not_get_a_place(db):
    participant = ParticipantFactory(meeting=MeetingFactory(over=True), waitlisted=True)

    assert standing.sentence(participant) == "You did not get a place."


def test_the_last_day_for_corrections_is_the_day_before_the_freeze(past_meeting):
    past_meeting.frozen_on = dt.date(2017, 12, 1)

    before = standing.freeze_notice(past_meeting, dt.datetime(2017, 11, 30, 12, tzinfo=dt.UTC))
    after = standing.freeze_notice(past_meeting, dt.datetime(2017, 12, 1, 12, tzinfo=dt.UTC))

    assert before == "You can change your answers until 30 November 2017."
    assert after == "Answers can no longer be changed here since 1 December 2017."


def test_the_timeline_tells_each_step_once_the_latest_first(meeting, expert, registration, secretariat):
    services.decline(participant=registration, by=secretariat, reason="No place.")
    services.reopen(participant=registration, by=secretariat)
    current = Participant.objects.get(pk=registration.pk)
    current.notes = "Only a note"
    current.save()

    titles = [event.title for event in standing.timeline(current)]

    assert titles == ["Registered again", "Declined", "Place confirmed"]


def test_the_timeline_tells_of_corrected_answers(registration, expert):
    services.correct_answers(participant=registration, answers={"function": "Superintendent"}, needs={}, by=expert)

    assert [event.title for event in standing.timeline(registration)] == ["Answers changed", "Place confirmed"]


def test_the_timeline_tells_the_reason_where_it_was_given(registration, secretariat):
    services.decline(participant=registration, by=secretariat, reason="No place.")

    assert [event.text for event in standing.timeline(Participant.objects.get())] == ["No place.", ""]
