"""The page behind the link in a nominee's mail."""

import re

import pytest

from correspondence.models import Message
from delegations.models import Nomination, NominationLink
from participants import services
from participants.models import Participant
from participants.views.nominee import DECLINED
from tests.factories import (
    BodyFactory,
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    NominationFactory,
    ParticipantFactory,
    SectorFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def nomination(meeting):
    invitation = InvitationFactory(meeting=meeting, sent=True, country=CountryFactory(code="IE", member=True))
    return NominationFactory(invitation=invitation, family_name="Brennock", email="aoife@garda.example", sector="police")


@pytest.fixture
def token(nomination):
    return NominationLink.issue(nomination, at=in_days(0), expires_at=in_days(20))


@pytest.fixture
def said(typed):
    """What the nominee sends; the page asks for no address."""
    return lambda **changes: typed(**{"email": None, "given_name": "Aoife", "family_name": "Brennock", **changes})


def everything():
    models = (Participant, Nomination, NominationLink, Message)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("more", ["", "decline/"])
def test_opening_the_link_changes_nothing(client, token, method, more):
    before = everything()

    for _time in range(2):
        getattr(client, method)(f"/nominations/{token}/{more}")

    assert everything() == before


def test_the_form_is_filled_with_what_is_known(client, token, nomination):
    page = client.get(f"/nominations/{token}/")

    initial = page.context["form"].initial
    assert {name: initial[name] for name in ("given_name", "family_name", "function", "service", "organisation", "country")} == {
        "given_name": "Aoife",
        "family_name": "Brennock",
        "function": "Detective Sergeant",
        "service": "Cybercrime Bureau",
        "organisation": "An Garda Síochána",
        "country": "IE",
    }
    assert "email" not in page.context["form"].fields
    assert "Your address is aoife@garda.example." in text_of(page)
    assert list(page.context["form"].fields["country"].rows) == ["IE"]


def test_check_then_send_then_a_place(client, token, said):
    check = client.post(f"/nominations/{token}/", said())
    sent = client.post(f"/nominations/{token}/", said(step="send"))
    result = client.get(sent["Location"])

    assert (check.status_code, sent.status_code, result.status_code) == (200, 303, 200)
    assert f'action="/nominations/{token}/"' in check.content.decode()
    assert token not in sent["Location"]
    assert "Your registration is complete You have a place. You can book your journey." in text_of(result)
    assert "Those who put you forward see where your registration stands." in text_of(result)
    person = Participant.objects.get()
    assert (person.email, person.state, person.category) == ("aoife@garda.example", "confirmed", "member_state")


def test_an_address_that_is_sent_along_is_not_read(client, token, said):
    client.post(f"/nominations/{token}/", said(step="send", email="somebody.else@elsewhere.example"))

    assert Participant.objects.get().email == "aoife@garda.example"
    assert list(Message.objects.values_list("to", flat=True).distinct()) == ["aoife@garda.example"]


def test_another_country_is_refused_with_the_reason(client, token, said):
    CountryFactory(code="IT")

    page = client.post(f"/nominations/{token}/", said(step="send", country="IT"))

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["country"])
    assert "Your authorities put you forward for this country. For another, write to the secretariat." in text_of(page)
    assert not Participant.objects.exists()


def test_the_sector_can_be_changed_on_the_way_and_the_answers_stay(client, token, said):
    asked = client.post(f"/nominations/{token}/", said(focus="sector"))
    changed = client.post(f"/nominations/{token}/", said(sector="prosecutor", step="change"))

    assert (asked.status_code, changed.status_code) == (200, 200)
    assert (changed.context["form"].sector.code, changed.context["form"].initial["family_name"]) == ("prosecutor", "Brennock")


def test_where_the_sector_is_not_known_it_is_asked_and_the_rest_stays(client, token, nomination):
    Nomination.objects.update(sector="")

    page = client.get(f"/nominations/{token}/")
    form = client.post(f"/nominations/{token}/", {**dict(page.context["kept"]), "step": "change", "sector": "police"})

    assert form.context["form"].initial["family_name"] == "Brennock"


def test_the_page_speaks_french(client, token):
    page = client.get(f"/fr/nominations/{token}/")

    assert page.status_code == 200
    assert f'action="/fr/nominations/{token}/"' in page.content.decode()


def test_the_second_time_the_page_says_where_the_registration_stands(client, token, said):
    client.post(f"/nominations/{token}/", said(step="send"))

    page = client.get(f"/nominations/{token}/")

    assert (page.status_code, "You have a place." in text_of(page)) == (200, True)


def test_who_is_registered_is_asked_and_nothing_of_the_registration_is_shown(client, token, nomination):
    person = ParticipantFactory(
        meeting=nomination.invitation.meeting, pending=True, email="aoife@garda.example", family_name="Canary", protected=True
    )

    page = client.get(f"/nominations/{token}/")

    assert "You are registered already" in text_of(page)
    assert [word in page.content.decode() for word in ("Canary", person.reference)] == [False, False]

    done = client.post(f"/nominations/{token}/")

    assert (done.status_code, Participant.objects.get().state) == (303, "confirmed")


def test_a_registration_for_another_country_stays_what_it_is(client, token, nomination):
    ParticipantFactory(meeting=nomination.invitation.meeting, email="aoife@garda.example", country=CountryFactory(code="IT"))

    page = client.post(f"/nominations/{token}/")

    assert page.status_code == 422
    assert "You are registered for this meeting for another delegation." in text_of(page)
    assert "Italy" not in text_of(page)
    assert Participant.objects.get().nomination is None


def test_who_cannot_come_for_this_delegation_is_told_at_once_and_finds_no_button(client, token, nomination):
    person = ParticipantFactory(meeting=nomination.invitation.meeting, email="aoife@garda.example", country=CountryFactory(code="IT"))

    elsewhere = client.get(f"/nominations/{token}/")
    Participant.objects.filter(pk=person.pk).update(country=nomination.invitation.country, state="declined")
    declined = client.get(f"/nominations/{token}/")

    assert [page.status_code for page in (elsewhere, declined)] == [200, 200]
    assert "You are registered for this meeting for another delegation." in text_of(elsewhere)
    assert "Your registration for this meeting was declined." in text_of(declined)
    assert ["I come for this delegation" in text_of(page) for page in (elsewhere, declined)] == [False, False]


def test_who_completed_is_not_asked_whether_they_can_come(client, token, said):
    client.post(f"/nominations/{token}/", said(step="send"))

    page = client.get(f"/nominations/{token}/decline/")

    assert (page.status_code, page["Location"]) == (303, f"/nominations/{token}/")


def test_saying_no(client, token):
    office = CorrespondentFactory()
    asked = client.get(f"/nominations/{token}/decline/")
    response = client.post(f"/nominations/{token}/decline/")
    page = client.get(response["Location"])

    assert (asked.status_code, response.status_code, page.status_code) == (200, 303, 200)
    assert token not in response["Location"]
    assert list(Message.objects.values_list("kind", "to")) == [("nominee_news", office.user.email)]
    assert client.get(f"/nominations/{token}/").status_code == 410


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (lambda nomination, token: "nonsense", 404),
        (lambda nomination, token: token[:-1], 404),
        (lambda nomination, token: NominationLink.issue(nomination, at=in_days(0), expires_at=in_days(-1)), 410),
        (lambda nomination, token: (NominationLink.issue(nomination, at=in_days(0), expires_at=in_days(1)), token)[1], 410),
        (lambda nomination, token: (services.withdraw_nomination(nomination=nomination, by=None), token)[1], 410),
    ],
)
def test_a_link_that_opens_nothing_says_why(client, nomination, token, said, make, status):
    link = f"/nominations/{make(nomination, token)}/"

    assert [client.get(link).status_code, client.post(link, said(step="send")).status_code] == [status] * 2
    assert [client.get(f"{link}decline/").status_code, client.post(f"{link}decline/").status_code] == [status] * 2
    assert not Participant.objects.exists()


def test_a_token_for_one_thing_opens_no_other(client, token, nomination):
    addresses = [f"/invitations/{token}/", f"/registrations/confirm/{token}/", f"/nominations/declined/{token}/"]

    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert client.get(f"/nominations/declined/{DECLINED.sign(str(nomination.pk))}/").status_code == 200


@pytest.fixture
def of_body(meeting):
    """Somebody whom an organisation put forward; the sector was left open."""
    SectorFactory(code="international", family="international")
    invitation = InvitationFactory(meeting=meeting, to_body=True, sent=True, body__code="ieo")
    return NominationFactory(invitation=invitation, family_name="Berg", email="a.berg@ieo.example")


def test_a_nominee_of_an_organisation_comes_for_it_and_for_no_other(client, of_body, said):
    BodyFactory(code="other")
    token = NominationLink.issue(of_body, at=in_days(0), expires_at=in_days(20))
    address = f"/nominations/{token}/"
    form = client.get(address).context["form"]
    mine = said(sector="international", family_name="Berg", country=None, body="ieo")

    refused = client.post(address, {**mine, "body": "other", "step": "send"})
    client.post(address, {**mine, "step": "send"})

    assert (form.sector.code, list(form.fields["body"].rows), form.initial["body"]) == ("international", ["ieo"], "ieo")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["body"])
    person = Participant.objects.get()
    assert (person.body, person.category, person.state) == (of_body.invitation.body, "international_organisation", "confirmed")
