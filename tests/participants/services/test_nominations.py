"""Names put forward: what is taken, what is refused, and what each does to a registration."""

import datetime as dt

import pytest

from correspondence.models import Message
from delegations import errors
from delegations.models import Invitation, Nomination, NominationLink
from participants import services
from participants.models import Participant
from tests.factories import (
    BodyFactory,
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    MeetingFactory,
    NominationFactory,
    ParticipantFactory,
    in_days,
)
from tests.participants.services.words import state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return CorrespondentFactory()


@pytest.fixture
def invitation(meeting):
    """To Ireland: two places, one reimbursed."""
    return InvitationFactory(meeting=meeting, sent=True)


def somebody(**fields):
    """What a correspondent types."""
    return {"given_name": "Aoife", "family_name": "Brennock", "email": "aoife@garda.example", "function": "Inspector", **fields}


def kinds(**about):
    return list(Message.objects.filter(**about).order_by("pk").values_list("kind", flat=True))


def put(invitation, office, **fields):
    return services.nominate(invitation=invitation, fields=somebody(**fields), by=office.user)


def test_a_name_is_put_forward_and_the_nominee_gets_a_link(invitation, office):
    nomination = put(invitation, office)

    assert (nomination.state, nomination.put_forward_by, nomination.priority) == ("put_forward", office.user, 1)
    assert kinds(to="aoife@garda.example") == ["nomination"]
    assert NominationLink.objects.get().expires_at == invitation.meeting.registration_closes_at
    assert Invitation.objects.get(pk=invitation.pk).reply == "nominates"
    assert not Participant.objects.exists()


def test_only_a_hash_of_the_link_is_stored_and_the_sent_mail_is_wiped(invitation, office):
    put(invitation, office)

    message = Message.objects.get(kind="nomination")
    assert message.is_secret is True
    assert NominationLink.objects.get().token_hash not in message.body


@pytest.mark.parametrize(
    ("others", "fields", "error"),
    [
        ([{}, {}], {}, errors.QuotaFull),
        ([{"email": "aoife@garda.example"}], {"email": " AOIFE@garda.example"}, errors.NominatedAlready),
        ([{"is_head": True}], {"is_head": True}, errors.HeadTaken),
        ([{"is_reimbursed": True}], {"is_reimbursed": True}, errors.ReimbursedFull),
    ],
)
def test_what_does_not_go_with_the_other_names_is_refused(invitation, office, others, fields, error):
    for other in others:
        NominationFactory(invitation=invitation, **other)

    with pytest.raises(error):
        put(invitation, office, **fields)

    assert Nomination.objects.count() == len(others)
    assert not Message.objects.exists()


def test_names_taken_back_free_their_places(invitation, office):
    NominationFactory.create_batch(2, invitation=invitation, withdrawn=True)

    assert put(invitation, office).state == "put_forward"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"deadline": dt.date(2026, 1, 1)}, errors.DeadlinePassed),
        ({"withdrawn": True, "sent": False}, errors.InvitationWithdrawn),
        ({"sent": False}, errors.InvitationWithdrawn),
    ],
)
def test_after_the_deadline_or_without_an_invitation_nobody_is_put_forward(meeting, office, fields, error):
    invitation = InvitationFactory(**{"meeting": meeting, "sent": True, **fields})

    with pytest.raises(error):
        put(invitation, office)


def test_the_secretariat_enters_a_name_after_the_deadline_too(meeting, secretary):
    invitation = InvitationFactory(meeting=meeting, sent=True, deadline=dt.date(2026, 1, 1))

    made = services.nominate(invitation=invitation, fields=somebody(), by=secretary, for_them=True)

    assert made.put_forward_by == secretary


def test_regrets_become_a_nomination(meeting, office):
    invitation = InvitationFactory(meeting=meeting, regrets=True)

    put(invitation, office)

    assert Invitation.objects.get(pk=invitation.pk).reply == "nominates"


# --- somebody who is registered already ---


def test_who_awaits_approval_for_the_same_country_gets_a_place_at_once(invitation, office):
    person = ParticipantFactory(meeting=invitation.meeting, pending=True, email="aoife@garda.example")

    nomination = put(invitation, office)

    assert state_of(person) == "confirmed"
    assert Participant.objects.get(pk=person.pk).nomination == nomination
    assert kinds() == ["registration_confirmed"]


@pytest.mark.parametrize(
    "about",
    [
        {"protected": True},
        {"asks_protection": True},
        {"country": "IT"},
        {"withdrawn": True},
        {"declined": True},
        {"unconfirmed": True},
    ],
)
def test_of_anybody_else_the_delegation_learns_nothing(invitation, office, about):
    if "country" in about:
        about = {"country": CountryFactory(code="IT")}
    person = ParticipantFactory(meeting=invitation.meeting, email="aoife@garda.example", **about)

    nomination = put(invitation, office)

    assert kinds(to="aoife@garda.example") == ["nomination"]
    assert Participant.objects.get(pk=person.pk).nomination is None
    assert services.registration_of(nomination) is None


def test_a_registration_for_another_meeting_does_not_count(invitation, office):
    ParticipantFactory(email="aoife@garda.example")

    put(invitation, office)

    assert kinds() == ["nomination"]


def test_an_organisation_is_tied_by_its_own_people(meeting, secretary):
    body = BodyFactory()
    invitation = InvitationFactory(meeting=meeting, sent=True, to_body=True)
    ours = ParticipantFactory(meeting=meeting, country=None, body=body, category="international_organisation", email="aoife@garda.example")

    nomination = services.nominate(invitation=invitation, fields=somebody(), by=secretary, for_them=True)

    assert Participant.objects.get(nomination=nomination) == ours


# --- correct, order, remind ---


def test_a_correction_is_kept_and_the_address_is_not_changed(invitation, office):
    nomination = put(invitation, office)

    services.correct_nomination(nomination=nomination, changes={"function": "Judge", "email": "x@y.example"}, by=office.user)

    after = Nomination.objects.get()
    assert (after.function, after.email) == ("Judge", "aoife@garda.example")


def test_answers_of_somebody_who_completed_are_theirs(invitation, office):
    nomination = NominationFactory(invitation=invitation)
    ParticipantFactory(meeting=invitation.meeting, nomination=nomination)

    with pytest.raises(errors.CompletedAlready):
        services.correct_nomination(nomination=nomination, changes={"function": "Judge"}, by=office.user)

    assert services.correct_nomination(nomination=nomination, changes={"is_head": True}, by=office.user).is_head is True


@pytest.mark.parametrize(("is_up", "order"), [(True, ["B", "A", "C"]), (False, ["A", "C", "B"])])
def test_a_name_is_moved_by_one_place(meeting, office, is_up, order):
    invitation = InvitationFactory(meeting=meeting, sent=True, quota=3)
    names = [NominationFactory(invitation=invitation, family_name=name, email=f"{name}@x.example") for name in "ABC"]

    services.move_nomination(nomination=names[1], is_up=is_up, by=office.user)

    assert list(invitation.nominations.in_order().values_list("family_name", flat=True)) == order


def test_the_first_does_not_move_up(invitation, office):
    first, _second = NominationFactory.create_batch(2, invitation=invitation)

    services.move_nomination(nomination=first, is_up=True, by=office.user)

    assert invitation.nominations.in_order().first() == first


def test_a_new_link_makes_the_earlier_one_useless_and_one_an_hour_is_enough(invitation, office):
    nomination = put(invitation, office)
    with pytest.raises(errors.SentLately):
        services.send_link_again(nomination=nomination, by=office.user)

    services.send_link_again(nomination=nomination, by=office.user, at=in_days(1))

    assert [link.revoked_at is None for link in NominationLink.objects.order_by("pk")] == [False, True]


# --- take back, replace ---


def test_taking_a_name_back_tells_the_nominee_and_ends_the_link(invitation, office):
    nomination = put(invitation, office)

    services.withdraw_nomination(nomination=nomination, by=office.user)
    services.withdraw_nomination(nomination=nomination, by=office.user)

    assert kinds(to="aoife@garda.example") == ["nomination", "nomination_taken_back"]
    assert NominationLink.objects.get().revoked_at is not None


def test_taking_back_somebody_with_a_place_hands_the_place_on(office):
    meeting = MeetingFactory(capacity=1)
    nomination = NominationFactory(invitation=InvitationFactory(meeting=meeting, sent=True), put_forward_at=in_days(-3))
    leaving = ParticipantFactory(meeting=meeting, nomination=nomination)
    waiting = ParticipantFactory(meeting=meeting, waitlisted=True)

    services.withdraw_nomination(nomination=nomination, by=office.user)

    assert (state_of(leaving), state_of(waiting)) == ("withdrawn", "confirmed")
    assert Nomination.objects.get().state == "withdrawn"


def test_who_had_registered_before_stays_registered(invitation, office):
    nomination = NominationFactory(invitation=invitation)
    person = ParticipantFactory(meeting=invitation.meeting, nomination=nomination, created_at=in_days(-9))

    services.withdraw_nomination(nomination=nomination, by=office.user)

    assert state_of(person) == "confirmed"


def test_a_replacement_takes_the_rank_and_the_quota_of_the_first(invitation, office):
    old = NominationFactory(invitation=invitation, is_head=True, is_reimbursed=True)
    NominationFactory(invitation=invitation)

    new = services.replace_nomination(nomination=old, fields=somebody(is_head=True, is_reimbursed=True), by=office.user)

    before = Nomination.objects.get(pk=old.pk)
    assert (before.state, before.replaced_by, new.priority, new.is_head) == ("replaced", new, old.priority, True)
    assert kinds() == ["nomination_taken_back", "nomination"]


def test_a_replacement_that_is_refused_changes_nothing(invitation, office):
    old = NominationFactory(invitation=invitation)
    NominationFactory(invitation=invitation, email="aoife@garda.example")

    with pytest.raises(errors.NominatedAlready):
        services.replace_nomination(nomination=old, fields=somebody(), by=office.user)

    assert Nomination.objects.get(pk=old.pk).state == "put_forward"


def test_a_name_that_stands_no_more_is_left_alone(invitation, office):
    gone = NominationFactory(invitation=invitation, withdrawn=True)

    for act in (
        lambda: services.correct_nomination(nomination=gone, changes={"function": "x"}, by=office.user),
        lambda: services.replace_nomination(nomination=gone, fields=somebody(), by=office.user),
        lambda: services.move_nomination(nomination=gone, is_up=True, by=office.user),
        lambda: services.send_link_again(nomination=gone, by=office.user),
    ):
        with pytest.raises(errors.NominationOver):
            act()


# --- when nominees leave ---


@pytest.mark.parametrize("way", ["withdraw", "decline"])
def test_a_nominee_who_leaves_frees_the_quota_and_the_correspondents_are_told(invitation, office, secretary, way):
    CorrespondentFactory(wants_news=False)
    CorrespondentFactory(country=CountryFactory(code="IT"))
    nomination = NominationFactory(invitation=invitation)
    person = ParticipantFactory(meeting=invitation.meeting, nomination=nomination)

    if way == "withdraw":
        services.withdraw(participant=person, by=person.user)
    else:
        services.decline(participant=person, by=secretary, reason="Full.")

    assert Nomination.objects.get().state == "not_coming"
    assert list(Message.objects.filter(kind="nominee_news").values_list("to", flat=True)) == [office.user.email]


def test_the_mail_to_a_correspondent_names_nobody(invitation, office):
    nomination = NominationFactory(invitation=invitation, family_name="Brennock")
    person = ParticipantFactory(meeting=invitation.meeting, nomination=nomination, given_name="Aoife", family_name="Brennock")

    services.withdraw(participant=person, by=person.user)

    body = Message.objects.get(kind="nominee_news").body
    assert "Number 1 on your list" in body
    assert "Brennock" not in body


def test_whoever_takes_a_name_back_is_not_told_of_it(invitation, office):
    nomination = NominationFactory(invitation=invitation, put_forward_at=in_days(-3))
    ParticipantFactory(meeting=invitation.meeting, nomination=nomination)

    services.withdraw_nomination(nomination=nomination, by=office.user)

    assert kinds(kind="nominee_news") == []


@pytest.mark.parametrize(
    ("given", "family"),
    [("Aoife", "Brennock"), ("AOIFE", "brennock"), ("Aoifé", "Brénnock"), ("Brennock", "Aoife"), ("", "Aoife Brennock")],
)
def test_the_same_name_at_another_address_is_refused(invitation, office, given, family):
    put(invitation, office, given_name="Aoife", family_name="Brennock")

    with pytest.raises(errors.NamesakeNominated):
        put(invitation, office, given_name=given, family_name=family, email="second@garda.example")

    assert Nomination.objects.count() == 1


def test_two_people_of_one_name_are_both_put_forward_once_that_is_said(invitation, office):
    first = put(invitation, office, given_name="Aoife", family_name="Brennock")

    services.nominate(invitation=invitation, fields=somebody(email="second@garda.example"), is_namesake=True, by=office.user)
    services.correct_nomination(nomination=first, changes={"function": "Inspector", "family_name": "Brennock"}, by=office.user)

    assert list(Nomination.objects.values_list("email", flat=True)) == ["aoife@garda.example", "second@garda.example"]


def test_the_same_name_may_stand_again_once_it_was_taken_back_or_replaced(invitation, office):
    first = put(invitation, office)
    second = services.replace_nomination(nomination=first, fields=somebody(email="new@garda.example"), by=office.user)
    services.withdraw_nomination(nomination=second, by=office.user)

    assert put(invitation, office, email="third@garda.example").state == "put_forward"


def test_a_name_is_not_corrected_into_that_of_somebody_else(invitation, office):
    put(invitation, office, family_name="Brennock")
    other = put(invitation, office, family_name="Tuohy", email="tuohy@garda.example")

    with pytest.raises(errors.NamesakeNominated):
        services.correct_nomination(nomination=other, changes={"family_name": "BRENNOCK"}, by=office.user)
