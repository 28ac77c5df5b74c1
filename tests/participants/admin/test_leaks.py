"""A protected person's name, address, telephone, function and service are on no page of the back office."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from correspondence.models import Message
from participants import mails, services
from participants.models import Participant
from tests.factories import MessageFactory
from tests.participants.admin.conftest import LIST, NOTHING_APART

# Not the country Bolivia, and not the time zone of the Canary Islands.
CANARIES = (r"\bLivia\b", r"(?<!Atlantic/)Canary(?! *</option>)", "livia.canary", r"06 555 01", "Undercover", "Special operations")


@pytest.fixture
def protected(protected_registration, secretariat):
    """Livia Canary with a history, mails and a place on the waiting list."""
    protected_registration.phone = "+39 06 555 0100"
    protected_registration.family_name = "Canary-Before"
    protected_registration.save()
    services.correct_by_hand(
        participant=protected_registration,
        changes={"phone": "+39 06 555 0199", "family_name": "Canary", "email": "livia.canary@roma.example"},
        by=secretariat,
    )
    protected_registration.refresh_from_db()
    mails.tell_confirmed(protected_registration)
    services.withdraw(participant=protected_registration, by=protected_registration.user)
    services.reopen(participant=protected_registration, by=secretariat)
    return Participant.objects.get(pk=protected_registration.pk)


def pages(protected):
    """Every page about participants, with and without filters and search."""
    own = f"{LIST}{protected.pk}/"
    return [
        LIST,
        f"{LIST}?meeting__id__exact=all",
        f"{LIST}?state__exact=pending&protection=protected",
        f"{LIST}?_popup=1",
        f"{own}change/",
        f"{own}history/",
        f"{own}delete/",
        f"{own}reveal/",
        f"{LIST}add/",
        f"{LIST}export.csv",
        "/admin/participants/reveal/",
        "/admin/participants/exportrecord/",
        f"/admin/meetings/meeting/{protected.meeting_id}/change/",
        f"/admin/meetings/meeting/{protected.meeting_id}/delete/",
        f"/admin/delegations/country/{protected.country_id}/delete/",
        "/admin/",
        "/admin/participants/",
    ]


def found_in(text):
    return [canary for canary in CANARIES if re.search(canary, text)]


@pytest.mark.parametrize("role", ["administrator", "secretariat", "host_liaison", "desk", "rapporteur", "auditor"])
def test_no_page_tells(request, client_of, protected, role):
    browser = client_of(request.getfixturevalue(role))

    leaks = {page: found_in(browser.get(page).text) for page in pages(protected)}

    assert {page: found for page, found in leaks.items() if found} == {}


def test_no_page_in_french_tells(office, protected):
    leaks = {page: found_in(office.get(f"/fr{page}").text) for page in pages(protected)}

    assert {page: found for page, found in leaks.items() if found} == {}


@pytest.mark.parametrize("key", ["approve", "waitlist", "decline", "withdraw", "reopen"])
def test_no_decision_tells(office, protected, key):
    asking = office.post(f"{LIST}decide/{key}/", {"people": protected.pk}, follow=True)
    after = office.post(f"{LIST}decide/{key}/", {"people": protected.pk, "asked": 1, "reason": "No place."}, follow=True)

    assert (found_in(asking.text), found_in(after.text)) == ([], [])


def test_what_the_browser_keeps_does_not_tell(office, protected):
    response = office.post(f"{LIST}decide/reopen/", {"people": protected.pk})

    assert found_in(str([str(message) for message in get_messages(response.wsgi_request)]) + str(response.cookies)) == []


def test_suggestions_name_the_reference(office, protected):
    query = {"app_label": "participants", "model_name": "reveal", "field_name": "participant", "term": protected.reference}

    response = office.get("/admin/autocomplete/", query)

    assert response.json()["results"] == [{"id": str(protected.pk), "text": protected.reference}]


def test_suggestions_find_nobody_by_a_protected_name(office, protected):
    query = {"app_label": "participants", "model_name": "reveal", "field_name": "participant", "term": "canary"}

    assert office.get("/admin/autocomplete/", query).json()["results"] == []


@pytest.mark.parametrize("query", ["to__startswith=l", "body__contains=Canary", "subject__contains=Canary", "problem__contains=livia"])
def test_hidden_address_cannot_be_guessed_in_the_outbox(client_of, auditor, protected, query):
    assert client_of(auditor).get(f"/admin/correspondence/message/?{query}").status_code == 400


def test_trail_names_the_reference(office, protected):
    page = f"{LIST}{protected.pk}/change/"
    form = office.get(page).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}

    office.post(page, {**data, "alias": "Expert L.", **NOTHING_APART})

    line = LogEntry.objects.get()
    assert (line.object_repr, found_in(line.change_message)) == (protected.reference, [])


def test_mails_on_the_page_hide_the_address(office, protected):
    mail = office.get(f"{LIST}{protected.pk}/change/").context["mails"][-1]

    assert (mail["to"], Message.objects.get(pk=mail["pk"]).to) == ("", "livia.canary@roma.example")


def test_mails_from_before_somebody_was_protected_hide_the_address_too(office, registration):
    MessageFactory(reference=registration.reference, to=registration.email)
    MessageFactory(reference="CYB26-OTHER")
    page = f"{LIST}{registration.pk}/change/"
    form = office.get(page).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}

    office.post(page, {**data, "is_protected": "on", **NOTHING_APART})

    assert dict(Message.objects.values_list("reference", "hides_address")) == {registration.reference: True, "CYB26-OTHER": False}


def test_page_of_somebody_open_does_show_the_name(office, registration):
    """The search for canaries above can fail."""
    assert "maeve.orrin@garda.example" in office.get(f"{LIST}{registration.pk}/change/").text
