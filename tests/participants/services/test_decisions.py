"""The table of steps: what is allowed, what is refused, and what each leaves behind."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from correspondence.models import Message
from participants import errors, services
from participants.models import Participant
from tests.factories import MeetingFactory, ParticipantFactory
from tests.participants.services.words import HOUR, NOW, mails_to, state_of

pytestmark = pytest.mark.django_db


SERVICES = {
    "approve": lambda person, by: services.approve(participant=person, by=by),
    "put_on_waiting_list": lambda person, by: services.put_on_waiting_list(participant=person, by=by),
    "decline": lambda person, by: services.decline(participant=person, by=by, reason="Places are limited."),
    "withdraw": lambda person, by: services.withdraw(participant=person, by=by),
    "reopen": lambda person, by: services.reopen(participant=person, by=by),
    "correct_answers": lambda person, by: services.correct_answers(participant=person, answers={}, needs={}, by=by),
}

# step, state before: state after, and the mails written; anything not listed is refused with WrongState
ALLOWED = {
    ("approve", "pending"): ("confirmed", ["confirmed"]),
    ("approve", "waitlisted"): ("confirmed", ["confirmed"]),
    ("put_on_waiting_list", "pending"): ("waitlisted", ["waitlisted"]),
    ("decline", "pending"): ("declined", ["declined"]),
    ("decline", "waitlisted"): ("declined", ["declined"]),
    ("decline", "confirmed"): ("declined", ["declined"]),
    ("withdraw", "pending"): ("withdrawn", ["withdrawn"]),
    ("withdraw", "waitlisted"): ("withdrawn", ["withdrawn"]),
    ("withdraw", "confirmed"): ("withdrawn", ["withdrawn"]),
    ("withdraw", "declined"): ("withdrawn", ["withdrawn"]),
    ("withdraw", "withdrawn"): ("withdrawn", []),
    ("reopen", "withdrawn"): ("pending", ["received"]),
    ("reopen", "declined"): ("pending", ["received"]),
    ("correct_answers", "pending"): ("pending", []),
    ("correct_answers", "waitlisted"): ("waitlisted", []),
    ("correct_answers", "confirmed"): ("confirmed", []),
}
REFUSED = [(step, state) for step in SERVICES for state in Participant.State.values if (step, state) not in ALLOWED]


@pytest.mark.parametrize(("step", "state"), ALLOWED)
def test_a_step_that_leads_on(secretary, step, state):
    person = ParticipantFactory(**{state: True})

    SERVICES[step](person, secretary)

    assert (state_of(person), mails_to(person)) == ALLOWED[step, state]


@pytest.mark.parametrize(("step", "state"), REFUSED)
def test_a_step_that_does_not(secretary, step, state):
    person = ParticipantFactory(**{state: True})
    lines = person.history.count()

    with pytest.raises(errors.WrongState):
        SERVICES[step](person, secretary)

    assert (state_of(person), mails_to(person), person.history.count()) == (state, [], lines)


@pytest.mark.parametrize(("step", "state"), [pair for pair, (after, _) in ALLOWED.items() if after != pair[1]])
def test_a_step_leaves_who_and_when(secretary, step, state):
    person = ParticipantFactory(**{state: True})

    SERVICES[step](person, secretary)

    line = person.history.first()
    assert (line.state, line.history_user) == (state_of(person), secretary)
    assert timezone.now() - Participant.objects.get(pk=person.pk).decided_at < dt.timedelta(seconds=10)


def test_a_stale_object_does_not_bring_an_old_state_back(secretary):
    person = ParticipantFactory(pending=True)
    seen_earlier = Participant.objects.get(pk=person.pk)
    services.decline(participant=person, by=secretary, reason="Places are limited.")

    with pytest.raises(errors.WrongState):
        services.approve(participant=seen_earlier, by=secretary)


@pytest.mark.parametrize("error", errors.Refused.__subclasses__())
def test_a_refusal_says_why_in_words(error):
    assert len(str(error())) > 10
    assert str(error("Because.")) == "Because."


def test_who_withdrew_comes_back_at_the_end_of_the_line():
    meeting = MeetingFactory(needs_approval=False, capacity=1)
    person = ParticipantFactory(meeting=meeting, registered_at=NOW)
    ahead = ParticipantFactory(meeting=meeting, waitlisted=True)
    services.withdraw(participant=person, by=person.user)

    services.reopen(participant=person, by=person.user)

    assert (state_of(person), state_of(ahead)) == ("waitlisted", "confirmed")
    assert mails_to(person) == ["withdrawn", "waitlisted"]


def test_the_same_step_taken_again_later_is_told_again():
    person = ParticipantFactory(meeting__needs_approval=False)

    for _ in range(2):
        services.withdraw(participant=person, by=person.user)
        services.reopen(participant=person, by=person.user)

    assert mails_to(person) == ["withdrawn", "confirmed", "withdrawn", "confirmed"]


def test_nobody_comes_back_by_themself_after_registration_closed(secretary):
    person = ParticipantFactory(meeting=MeetingFactory(closed=True))
    services.withdraw(participant=person, by=person.user)

    with pytest.raises(errors.RegistrationClosed):
        services.reopen(participant=person, by=person.user)
    assert services.reopen(participant=person, by=secretary).state == "pending"


def test_who_was_declined_does_not_come_back_by_themself(secretary):
    person = ParticipantFactory(pending=True)
    services.decline(participant=person, by=secretary, reason="Places are limited.")

    with pytest.raises(errors.WrongState):
        services.reopen(participant=person, by=person.user)


def test_mail_is_in_the_language_of_the_person(secretary):
    person = ParticipantFactory(pending=True, language="fr")

    services.approve(participant=person, by=secretary)

    message = Message.objects.get()
    assert message.language == "fr"
    assert "http://testserver/fr/my/" in message.body


def test_mail_to_a_protected_person_names_nobody(secretary):
    person = ParticipantFactory(pending=True, protected=True, given_name="Livia", family_name="Canary")

    services.approve(participant=person, by=secretary)

    message = Message.objects.get()
    assert "Canary" not in message.subject + message.body
    assert "Dear participant" in message.body
    assert message.hides_address


def test_somebody_without_address_gets_no_mail_and_is_handled_all_the_same(secretary):
    person = ParticipantFactory(pending=True, email="", user=None)

    services.approve(participant=person, by=secretary)

    assert (state_of(person), Message.objects.count()) == ("confirmed", 0)


def test_a_clock_may_be_given(secretary):
    person = ParticipantFactory(pending=True)

    with time_machine.travel(NOW):
        services.approve(participant=person, by=secretary, at=NOW + HOUR)

    person.refresh_from_db()
    assert person.decided_at == NOW + HOUR
