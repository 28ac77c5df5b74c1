"""Proposals that another officer confirms, and registrations on hold."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from correspondence.models import Message
from participants import errors, services
from participants.models import Participant, Reason, Step
from tests.factories import MeetingFactory, ParticipantFactory, UserFactory
from tests.participants.services.words import NOW, mails_to, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return UserFactory(staff=True, name="Colleague")


@pytest.fixture
def twice():
    """A meeting at which two officers decide."""
    return MeetingFactory(decides_twice=True)


def mark_of(person):
    return Participant.objects.get(pk=person.pk).mark


ALONE = {
    "approve": lambda person, by: services.approve(participant=person, by=by),
    "waitlist": lambda person, by: services.put_on_waiting_list(participant=person, by=by),
    "decline": lambda person, by: services.decline(participant=person, by=by, reason="No place."),
}
AFTER = {"approve": ("confirmed", ["confirmed"]), "waitlist": ("waitlisted", ["waitlisted"]), "decline": ("declined", ["declined"])}


@pytest.mark.parametrize("kind", ALONE)
def test_nobody_decides_alone_where_two_officers_decide(twice, secretary, kind):
    person = ParticipantFactory(meeting=twice, pending=True)

    with pytest.raises(errors.TwoOfficers):
        ALONE[kind](person, secretary)

    assert (state_of(person), mails_to(person)) == ("pending", [])


@pytest.mark.parametrize("kind", AFTER)
def test_a_proposal_changes_nothing_and_its_confirmation_does(twice, secretary, colleague, kind):
    person = ParticipantFactory(meeting=twice, pending=True)

    services.propose(participant=person, kind=kind, by=secretary, reason="No place.")
    before = state_of(person), mark_of(person), mails_to(person)
    services.confirm_proposal(participant=person, by=colleague, at=NOW)

    assert before == ("pending", kind, [])
    assert (state_of(person), mails_to(person)) == AFTER[kind]
    assert mark_of(person) == ""
    assert list(Step.objects.values_list("made_by", "outcome", "closed_by", "closed_at")) == [
        (secretary.pk, "confirmed", colleague.pk, NOW)
    ]


def test_nobody_confirms_their_own_proposal(twice, secretary):
    person = ParticipantFactory(meeting=twice, pending=True)
    services.propose(participant=person, kind="approve", by=secretary)

    with pytest.raises(errors.OwnProposal):
        services.confirm_proposal(participant=person, by=secretary)

    assert (state_of(person), mark_of(person)) == ("pending", "approve")


def test_the_database_does_not_let_it_either(twice, secretary):
    person = ParticipantFactory(meeting=twice, pending=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(participant=person, kind="approve", made_by=secretary, outcome="confirmed", closed_by=secretary, closed_at=NOW)


def test_a_proposal_comes_back_with_a_word(twice, secretary, colleague):
    person = ParticipantFactory(meeting=twice, pending=True)
    services.propose(participant=person, kind="decline", by=secretary, reason="No place.")

    services.send_back(participant=person, by=colleague, reason="They speak on Tuesday.")

    assert (state_of(person), mark_of(person), mails_to(person)) == ("pending", "", [])
    assert list(Step.objects.values_list("outcome", "answer")) == [("sent_back", "They speak on Tuesday.")]


def test_a_colleagues_proposal_does_not_come_back_without_a_word_but_ones_own_does(twice, secretary, colleague):
    person = ParticipantFactory(meeting=twice, pending=True)
    services.propose(participant=person, kind="approve", by=secretary)

    with pytest.raises(errors.ReasonMissing):
        services.send_back(participant=person, by=colleague, reason=" ")
    services.send_back(participant=person, by=secretary, reason="")

    assert mark_of(person) == ""


def test_confirming_where_nothing_is_proposed(secretary):
    with pytest.raises(errors.NothingProposed):
        services.confirm_proposal(participant=ParticipantFactory(pending=True), by=secretary)


def test_a_withdrawal_ends_a_proposal(twice, secretary, colleague):
    person = ParticipantFactory(meeting=twice, pending=True)
    services.propose(participant=person, kind="approve", by=secretary)

    services.withdraw(participant=person, by=colleague)

    assert (state_of(person), mark_of(person)) == ("withdrawn", "")
    assert Step.objects.get().outcome == "ended"


def test_on_hold_is_out_of_what_is_to_decide_and_keeps_its_turn(secretary):
    person = ParticipantFactory(pending=True)

    services.hold(participant=person, by=secretary, reason="Asked the ministry.", until=dt.date(2026, 3, 9), at=NOW)

    held = Participant.objects.get(pk=person.pk)
    assert (held.state, held.mark, held.registered_at) == ("pending", "hold", person.registered_at)
    assert list(Participant.objects.to_decide()) == []
    assert list(Step.objects.values_list("reason", "until", "made_by")) == [("Asked the ministry.", dt.date(2026, 3, 9), secretary.pk)]
    assert mails_to(person) == []


def test_a_hold_is_told_when_ticked_in_the_language_of_the_person(secretary):
    person = ParticipantFactory(pending=True, language="fr")
    code = Reason.objects.get(code="authority-asked")

    services.hold(participant=person, by=secretary, code=code, reason="Merci.", tell=True)

    assert mails_to(person) == ["on_hold"]
    assert f"\n\n{code.text_fr}\n\nMerci.\n\n" in Message.objects.get().body


def test_off_hold_it_waits_again(secretary):
    person = ParticipantFactory(pending=True)
    services.hold(participant=person, by=secretary, reason="Asked.")

    services.release(participant=person, by=secretary)

    assert list(Participant.objects.to_decide()) == [person]
    assert Step.objects.get().outcome == "ended"


def test_approving_ends_a_hold(secretary):
    person = ParticipantFactory(pending=True)
    services.hold(participant=person, by=secretary, reason="Asked.")

    services.approve(participant=person, by=secretary)

    assert (state_of(person), mark_of(person), Step.objects.get().outcome) == ("confirmed", "", "ended")


def test_what_is_proposed_is_not_put_on_hold(twice, secretary):
    person = ParticipantFactory(meeting=twice, pending=True)
    services.propose(participant=person, kind="approve", by=secretary)

    with pytest.raises(errors.WrongState):
        services.hold(participant=person, by=secretary, reason="Asked.")


@pytest.mark.parametrize(("language", "text"), [("en", "text_en"), ("fr", "text_fr")])
def test_a_refusal_says_the_reason_in_the_language_of_the_person_and_keeps_what_it_said(secretary, language, text):
    person, code = ParticipantFactory(pending=True, language=language), Reason.objects.get(code="places")
    said = f"{getattr(code, text)}\n\nSee you in 2027."

    services.decline(participant=person, by=secretary, code=code, reason="See you in 2027.")
    Reason.objects.update(text_en="Changed.", text_fr="Modifié.")

    assert Participant.objects.get(pk=person.pk).state_reason == said
    assert f"\n\n{said}\n\n" in Message.objects.get().body


def test_a_withdrawal_by_the_office_says_why_and_ones_own_does_not(secretary):
    told, own = ParticipantFactory(), ParticipantFactory()

    services.withdraw(participant=told, by=secretary, reason="Your ministry told us.")
    services.withdraw(participant=own, by=own.user, reason="Private matters.")

    assert ["Your ministry told us." in body for body in Message.objects.order_by("pk").values_list("body", flat=True)] == [True, False]
    assert ["Private matters." in body for body in Message.objects.order_by("pk").values_list("body", flat=True)] == [False, False]
