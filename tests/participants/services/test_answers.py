"""Answers corrected by the person, and people entered by hand."""

import datetime as dt

import pytest

from correspondence.models import Message
from participants import errors, services
from participants.models import Journey, Needs
from tests.factories import MeetingFactory, ParticipantFactory
from tests.participants.acts import answers
from tests.participants.services.words import mails_to

pytestmark = pytest.mark.django_db


def test_own_answers_can_be_corrected_until_the_freeze_date():
    person = ParticipantFactory(meeting=MeetingFactory(frozen_on=dt.date(2026, 9, 20)))

    services.correct_answers(
        participant=person,
        answers={"function": "Superintendent"},
        needs={"diet": "halal"},
        by=person.user,
        at=dt.datetime(2026, 9, 19, 12, tzinfo=dt.UTC),
    )

    person.refresh_from_db()
    assert (person.function, person.needs.diet, person.history.first().history_user) == ("Superintendent", "halal", person.user)
    assert mails_to(person) == []


def test_own_answers_are_frozen_then():
    person = ParticipantFactory(meeting=MeetingFactory(frozen_on=dt.date(2026, 9, 20)))

    with pytest.raises(errors.AnswersFrozen):
        services.correct_answers(
            participant=person, answers={"function": "X"}, needs={}, by=person.user, at=dt.datetime(2026, 9, 20, 12, tzinfo=dt.UTC)
        )


def test_needs_that_are_no_longer_said_are_deleted():
    person = ParticipantFactory()
    Needs.objects.create(participant=person, diet="vegan")

    services.correct_answers(participant=person, answers={}, needs={"diet": "", "accessibility": ""}, by=person.user)

    assert Needs.objects.count() == 0


def test_a_person_entered_by_hand_awaits_approval(meeting, secretary):
    person = ParticipantFactory.build(
        meeting=meeting, email="maeve@garda.example", user=None, **{k: v for k, v in answers("x").items() if k in {"sector", "country"}}
    )

    services.register_by_hand(participant=person, by=secretary)

    person.refresh_from_db()
    assert (person.state, person.user.email, person.history.first().history_user) == ("pending", "maeve@garda.example", secretary)
    assert Message.objects.count() == 0


# --- arrival and departure ---


@pytest.fixture
def person():
    return ParticipantFactory()


def test_a_journey_is_kept_with_the_answers(person):
    services.correct_answers(participant=person, answers={}, needs={}, journey={"hotel": "Orangers"}, by=person.user)

    assert person.journey.hotel == "Orangers"


def test_what_was_not_asked_of_a_journey_stays(person):
    Journey.objects.create(participant=person, arrives_on=dt.date(2026, 11, 23), hotel="Orangers")

    services.correct_answers(participant=person, answers={}, needs={}, journey={"arrives_on": None}, by=person.user)

    assert Journey.objects.values_list("arrives_on", "hotel").get() == (None, "Orangers")


def test_no_row_is_kept_of_a_journey_of_which_nothing_is_left(person):
    Journey.objects.create(participant=person, hotel="Orangers")

    services.correct_answers(participant=person, answers={}, needs={}, journey={"hotel": ""}, by=person.user)

    assert not Journey.objects.exists()


def test_a_journey_backwards_changes_nothing(person):
    days = {"arrives_on": dt.date(2026, 11, 23), "departs_on": dt.date(2026, 11, 22)}

    with pytest.raises(errors.JourneyBackwards):
        services.correct_answers(participant=person, answers={"function": "X"}, needs={}, journey=days, by=person.user)

    person.refresh_from_db()
    assert (person.function, Journey.objects.exists()) == ("Detective Inspector", False)
