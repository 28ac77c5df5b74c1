"""Correspondents, invitations and nominations as rows: what the database refuses, and what they answer."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from delegations.models import Correspondent, Invitation, Nomination
from delegations.models.nominations import letter_path
from tests.factories import (
    BodyFactory,
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    MeetingFactory,
    NominationFactory,
    UserFactory,
)

TODAY = dt.date(2026, 6, 1)

pytestmark = pytest.mark.django_db


def refused_by(make):
    """The name of the constraint that refuses what ``make`` does, as SQLite and PostgreSQL tell it."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make()
    return str(refusal.value)


# --- correspondents ---


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_current"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (dt.date(2026, 6, 2), None, False),
        (None, dt.date(2026, 5, 31), False),
    ],
)
def test_who_is_in_office_on_a_day(starts_on, ends_on, is_current):
    CorrespondentFactory(starts_on=starts_on, ends_on=ends_on)

    assert Correspondent.objects.current(TODAY).exists() is is_current


def test_a_correspondent_whose_account_is_switched_off_is_none():
    CorrespondentFactory(user=UserFactory(is_active=False))

    assert list(Correspondent.objects.current(TODAY)) == []


def test_a_country_has_several_correspondents_and_a_user_several_countries():
    user = UserFactory()
    here = CorrespondentFactory(user=user)
    there = CorrespondentFactory(user=user, country=CountryFactory(code="DE"))
    colleague = CorrespondentFactory()

    assert set(Correspondent.objects.of(user, TODAY)) == {here, there}
    assert set(Correspondent.objects.filter(country=here.country)) == {here, colleague}


def test_one_office_is_not_held_twice_on_a_day():
    office = CorrespondentFactory(ends_on=TODAY)
    again = CorrespondentFactory.build(user=office.user, country=office.country, starts_on=TODAY)

    with pytest.raises(ValidationError) as refusal:
        again.full_clean()

    assert refusal.value.messages == ["This person is their correspondent in that period already."]


def test_an_office_ends_after_it_began():
    assert "correspondent_ends_after_start" in refused_by(
        lambda: CorrespondentFactory(starts_on=TODAY, ends_on=TODAY - dt.timedelta(days=1))
    )


# --- invitations ---


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"country": None}, "invitation_has_one_addressee"),
        ({"family_name": "Marchetti", "email": "o@exchange.example"}, "invitation_has_one_addressee"),
        ({"email": "o@exchange.example"}, "invitation_address_goes_with_person"),
        ({"country": None, "family_name": "Marchetti"}, "invitation_address_goes_with_person"),
        ({"quota": 0, "reimbursed_quota": 0}, "invitation_has_a_place"),
        ({"quota": 1, "reimbursed_quota": 2}, "invitation_reimburses_within_quota"),
        ({"state": "sent"}, "invitation_sent_has_time"),
        ({"sent_at": dt.datetime(2026, 6, 1, tzinfo=dt.UTC)}, "invitation_sent_has_time"),
        ({"reply": "regrets"}, "invitation_reply_has_time"),
    ],
)
def test_an_invitation_that_cannot_be_true(fields, constraint):
    assert constraint in refused_by(lambda: InvitationFactory(**fields))


def test_an_invitation_to_a_country_and_an_organisation_at_once_is_none():
    body = BodyFactory()

    assert "invitation_has_one_addressee" in refused_by(lambda: InvitationFactory(body=body))


def test_nobody_is_invited_twice_to_one_meeting():
    meeting = MeetingFactory()
    InvitationFactory(meeting=meeting)
    InvitationFactory(meeting=meeting, to_body=True)
    person = InvitationFactory(meeting=meeting, to_person=True)

    refused_by(lambda: InvitationFactory(meeting=meeting))
    refused_by(lambda: InvitationFactory(meeting=meeting, to_body=True))
    refused_by(lambda: InvitationFactory(meeting=meeting, to_person=True, email=person.email))


def test_the_same_country_is_invited_to_another_meeting():
    first, second = InvitationFactory(), InvitationFactory()

    assert first.country == second.country


def test_the_form_hears_why_in_words():
    invitation = InvitationFactory(to_person=True)
    again = InvitationFactory.build(
        meeting=invitation.meeting, to_person=True, email=invitation.email.upper(), reference="other", created_at=timezone.now()
    )

    with pytest.raises(ValidationError) as refusal:
        again.full_clean()

    assert refusal.value.messages == ["This address has an invitation to this meeting already."]


@pytest.mark.parametrize(
    ("traits", "kind", "name"),
    [
        ({}, "country", "Ireland"),
        ({"to_body": True}, "body", "International Example Organisation (IEO)"),
        ({"to_person": True, "family_name": "Marchetti"}, "person", "Odile Marchetti"),
        ({"to_person": True, "hides_name": True}, "person", "Named person"),
    ],
)
def test_whom_an_invitation_goes_to(traits, kind, name):
    invitation = InvitationFactory(**traits)

    assert (invitation.kind, invitation.addressee) == (kind, name)


def test_an_invitation_is_open_until_the_end_of_the_deadlines_day_at_the_venue():
    invitation = InvitationFactory.build(
        meeting=MeetingFactory.build(timezone="Europe/Dublin"), sent=True, deadline=dt.date(2026, 7, 1), country=None
    )

    assert invitation.is_open(dt.datetime(2026, 7, 1, 22, 59, tzinfo=dt.UTC))  # 23:59 in Dublin's summer
    assert not invitation.is_open(dt.datetime(2026, 7, 1, 23, 0, tzinfo=dt.UTC))


@pytest.mark.parametrize("traits", [{}, {"withdrawn": True}])
def test_only_a_sent_invitation_is_open(traits):
    assert not InvitationFactory(**traits).is_open(timezone.now())


def test_who_is_silent():
    silent = InvitationFactory(sent=True)
    InvitationFactory()
    InvitationFactory(regrets=True)
    InvitationFactory(nominates=True)
    InvitationFactory(withdrawn=True)
    NominationFactory()
    taken_back = NominationFactory(withdrawn=True).invitation

    assert set(Invitation.objects.silent()) == {silent, taken_back}


def test_a_correspondent_sees_what_was_sent_to_their_country():
    office = CorrespondentFactory()
    sent, withdrawn = InvitationFactory(sent=True), InvitationFactory(withdrawn=True)
    InvitationFactory()
    InvitationFactory(sent=True, country=CountryFactory(code="DE"))

    assert set(Invitation.objects.for_correspondent(office.user, TODAY)) == {sent, withdrawn}


# --- nominations ---


def test_a_delegation_has_one_head():
    head = NominationFactory(is_head=True)

    refused_by(lambda: NominationFactory(invitation=head.invitation, is_head=True))


def test_a_head_who_was_withdrawn_makes_room_for_another():
    first = NominationFactory(is_head=True, withdrawn=True)
    second = NominationFactory(invitation=first.invitation, is_head=True)

    assert list(Nomination.objects.standing()) == [second]


def test_one_address_is_nominated_once_by_a_country():
    first = NominationFactory()

    refused_by(lambda: NominationFactory(invitation=first.invitation, email=first.email))


def test_only_a_replaced_nomination_has_a_successor():
    successor = NominationFactory()

    assert "nomination_replaced_by_goes_with_state" in refused_by(
        lambda: NominationFactory(invitation=successor.invitation, replaced_by=successor)
    )


def test_nominations_stand_in_the_order_of_the_correspondent():
    second = NominationFactory(priority=2)
    first = NominationFactory(invitation=second.invitation, priority=1)

    assert list(Nomination.objects.in_order()) == [first, second]


def test_a_letter_of_nomination_is_kept_under_a_name_that_tells_nothing():
    path = letter_path(NominationFactory.build(invitation=None), "../Aoife Brennock.PDF")

    assert path.startswith("nominations/")
    assert path.endswith(".pdf")
    assert "Aoife" not in path
    assert len(path) == len("nominations/.pdf") + 32


@pytest.mark.parametrize("rows", [{}, {"country": True, "body": True}])
def test_a_correspondent_of_both_or_neither_is_not_stored(rows):
    columns = {"country": CountryFactory() if rows else None, "body": BodyFactory() if rows else None}

    said = refused_by(lambda: Correspondent.objects.create(user=UserFactory(), **columns))

    assert "correspondent_of_one_delegation" in said
