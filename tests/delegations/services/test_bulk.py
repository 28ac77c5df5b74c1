"""Invitations made many at a time."""

import datetime as dt

import pytest

from delegations import services
from delegations.models import Country, Invitation
from meetings.audiences import Category
from tests.factories import CountryFactory, InvitationFactory, MeetingFactory

pytestmark = pytest.mark.django_db

FIELDS = {"quota": 3, "reimbursed_quota": 1, "deadline": dt.date(2026, 7, 1), "text_en": "Welcome."}
PERSON = {
    "salutation": "mr",
    "given_name": "Otto",
    "family_name": "Falk",
    "email": "otto@host.example",
    "organisation": "Hosting",
    "function": "Counsel",
}


def test_members_are_those_of_the_first_day():
    then = services.members_to_invite(MeetingFactory(starts_on=dt.date(2017, 12, 12)))
    now = services.members_to_invite(MeetingFactory(starts_on=dt.date(2026, 11, 24)))

    assert (len(then), len(now)) == (39, 41)
    assert {addressee.category for addressee in now} == {Category.MEMBER_STATE}


def test_observers_come_as_other_states():
    observers = services.observers_to_invite(MeetingFactory(starts_on=dt.date(2026, 11, 24)))

    assert {addressee.country.code for addressee in observers} == {"CA", "US", "VA"}
    assert {addressee.category for addressee in observers} == {Category.OTHER_STATE}


def test_every_member_gets_a_draft_and_nobody_a_mail(secretary, correspondent):
    meeting = MeetingFactory(starts_on=dt.date(2026, 11, 24))
    members = services.members_to_invite(meeting)

    made, had = services.create_invitations(meeting=meeting, addressees=members, fields=FIELDS, by=secretary)

    assert (len(made), had) == (41, [])
    assert set(Invitation.objects.filter(meeting=meeting).values_list("state", "quota", "text_en")) == {("draft", 3, "Welcome.")}
    assert sorted(Invitation.objects.values_list("number", flat=True)) == list(range(1, 42))


def test_who_is_invited_already_is_named_and_left(secretary):
    meeting = MeetingFactory()
    ireland = InvitationFactory(meeting=meeting, quota=9)
    addressees = [
        services.Addressee(Category.MEMBER_STATE, country=ireland.country),
        services.Addressee(Category.MEMBER_STATE, country=CountryFactory(code="DE")),
    ]

    made, had = services.create_invitations(meeting=meeting, addressees=addressees, fields=FIELDS, by=secretary)

    assert [invitation.country.code for invitation in made] == ["DE"]
    assert [addressee.name for addressee in had] == ["Ireland"]
    ireland.refresh_from_db()
    assert ireland.quota == 9


def test_a_named_person_has_one_place(secretary):
    addressee = services.Addressee(Category.PRIVATE_SECTOR, person=PERSON)

    (made,), _ = services.create_invitations(meeting=MeetingFactory(), addressees=[addressee], fields=FIELDS, by=secretary)

    assert (made.addressee, made.quota, made.reimbursed_quota, made.category) == ("Otto Falk", 1, 1, "private_sector")


@pytest.mark.parametrize(("chosen", "known", "language"), [("", "fr", "fr"), ("en", "fr", "en"), ("", "", "en")])
def test_the_letter_is_in_the_language_chosen_else_in_the_readers(secretary, chosen, known, language):
    addressee = services.Addressee(Category.MEMBER_STATE, country=CountryFactory(), language=known)
    fields = {**FIELDS, "language": chosen}

    (made,), _ = services.create_invitations(meeting=MeetingFactory(), addressees=[addressee], fields=fields, by=secretary)

    assert made.language == language


def test_keys_name_who_is_invited():
    meeting = MeetingFactory()
    country, body, person = (InvitationFactory(meeting=meeting, **traits) for traits in ({}, {"to_body": True}, {"to_person": True}))

    assert services.invited_keys(meeting) == {f"country:{country.country_id}", f"body:{body.body_id}", f"person:{person.email}"}
    assert services.Addressee("", country=Country.objects.get(code="IE")).key == f"country:{country.country_id}"
    assert services.Addressee("", body=body.body).key == f"body:{body.body_id}"
    assert services.Addressee("", person={"email": person.email}).key == f"person:{person.email}"
