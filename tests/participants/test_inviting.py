"""Inviting many: who is proposed, and the page that makes the drafts."""

import pytest

from correspondence.models import Message
from delegations.models import Invitation
from delegations.services import hide_name
from meetings.audiences import Category
from participants import inviting, mails
from tests.factories import BodyFactory, CountryFactory, InvitationFactory, ParticipantFactory, in_days

MANY = "/admin/delegations/invitation/many/"
OFFER = {"quota": "3", "reimbursed_quota": "1", "language": "", "text_en": "", "text_fr": ""}


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def last_year(past_meeting):
    """Two companies, a university and an organisation came; one of them is protected and one has no address."""
    body = BodyFactory(contact_language="fr")
    ParticipantFactory(meeting=past_meeting, body=body, category=Category.INTERNATIONAL_ORGANISATION)
    for family_name, traits in (("Falk", {}), ("Ahern", {"protected": True}), ("Brandt", {"email": "", "user": None})):
        ParticipantFactory(meeting=past_meeting, family_name=family_name, category=Category.PRIVATE_SECTOR, country=None, **traits)
    ParticipantFactory(meeting=past_meeting, family_name="Quist", category=Category.ACADEMIA, language="fr")
    ParticipantFactory(meeting=past_meeting, family_name="Vance", category=Category.ACADEMIA, withdrawn=True)
    return past_meeting


def offer(**more):
    return {**OFFER, "deadline": in_days(20).date().isoformat(), **more}


def test_organisations_and_people_of_last_time_are_proposed(meeting, last_year):
    bodies, people = inviting.last_bodies(meeting), inviting.last_people(meeting)

    assert [(addressee.name, addressee.language) for addressee in bodies] == [("International Example Organisation (IEO)", "fr")]
    assert [(addressee.person["family_name"], addressee.language) for addressee in people] == [("Quist", "fr"), ("Falk", "en")]
    assert inviting.protected_left_out(meeting) == 1


def test_without_an_earlier_meeting_nobody_came(meeting):
    assert (inviting.last_bodies(meeting), inviting.last_people(meeting)) == ([], [])


def test_the_page_ticks_everybody_who_is_not_invited_yet(office, meeting):
    InvitationFactory(meeting=meeting, country=CountryFactory(code="IE"))

    context = office.get(f"{MANY}?group=members").context

    assert len(context["open_to"]) == 40
    assert all(is_chosen for _, is_chosen in context["open_to"])
    assert [addressee.name for addressee in context["had"]] == ["Ireland"]


@pytest.mark.parametrize(("group", "places"), [("members", (2, 1)), ("observers", (2, 1)), ("bodies", (1, 0)), ("people", (1, 0))])
def test_the_page_begins_with_the_places_usual_for_the_group(office, meeting, group, places):
    form = office.get(f"{MANY}?group={group}").context["form"]

    assert (form["quota"].value(), form["reimbursed_quota"].value()) == places


def test_drafts_are_made_for_those_that_stay_ticked(office, meeting):
    who = [f"country:{CountryFactory(code=code).pk}" for code in ("IE", "FR")]

    response = office.post(f"{MANY}?group=members", offer(who=who), follow=True)

    assert [str(message) for message in response.context["messages"]] == ["2 drafts are made; nothing is sent yet."]
    assert set(Invitation.objects.values_list("country__code", "state", "quota", "reimbursed_quota")) == {
        ("IE", "draft", 3, 1),
        ("FR", "draft", 3, 1),
    }
    assert not Message.objects.exists()


def test_people_are_invited_by_name_and_the_protected_are_not_named(office, meeting, last_year):
    page = office.get(f"{MANY}?group=people")
    office.post(f"{MANY}?group=people", offer(who=[addressee.key for addressee, _ in page.context["open_to"]]))

    assert page.context["protected"] == 1
    assert "Ahern" not in page.content.decode()
    assert set(Invitation.objects.values_list("family_name", "quota", "language")) == {("Falk", 1, "en"), ("Quist", 1, "fr")}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deadline": "2020-01-01"}, "deadline"),
        ({"quota": "0"}, "quota"),
        ({"reimbursed_quota": "4"}, "reimbursed_quota"),
        ({"text_en": "a\u202eb"}, "text_en"),
        ({"who": []}, "__all__"),
    ],
)
def test_an_offer_that_cannot_be_made_is_told_beside_its_field(office, meeting, changes, field):
    who = [f"country:{CountryFactory().pk}"]

    response = office.post(f"{MANY}?group=members", {**offer(who=who), **changes})

    assert (response.status_code, response.context["form"].errors.keys()) == (422, {field})
    assert not Invitation.objects.exists()


def test_who_is_not_in_the_group_cannot_be_slipped_in(office, meeting):
    office.post(f"{MANY}?group=observers", offer(who=[f"country:{CountryFactory(code='IE').pk}"]))

    assert not Invitation.objects.exists()


def test_without_a_coming_meeting_there_is_nobody_to_invite(office, past_meeting):
    assert office.get(MANY).status_code == 404


# --- names that are hidden later ---


def test_the_invitation_of_somebody_protected_names_them_no_more(meeting):
    invitation = InvitationFactory(meeting=meeting, to_person=True, sent=True)
    person = ParticipantFactory(meeting=meeting, email=invitation.email, protected=True)

    mails.hide_earlier(person)

    invitation.refresh_from_db()
    assert (invitation.hides_name, invitation.addressee) == (True, "Named person")


def test_nobody_else_is_hidden(meeting):
    country, person = InvitationFactory(meeting=meeting), InvitationFactory(meeting=meeting, to_person=True)

    hide_name(meeting=meeting, email="")

    assert not Invitation.objects.filter(hides_name=True, pk__in=[country.pk, person.pk]).exists()
