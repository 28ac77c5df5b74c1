"""Who sees what of the list and of a person's page."""

import pytest

from tests.factories import ParticipantFactory
from tests.participants.admin.conftest import LIST

NARROW_COLUMNS = ["person", "from_where", "category_name", "status"]
SECRETS = ("maeve.orrin@garda.example", "+353 1 555 0100", "Detective Inspector", "Cybercrime Unit", "Allergic to minutes")


@pytest.fixture
def full(registration):
    """Maeve Orrin with every field filled."""
    registration.phone, registration.notes = "+353 1 555 0100", "Allergic to minutes"
    registration.save()
    return registration


@pytest.mark.parametrize("role", ["host_liaison", "desk", "auditor"])
def test_those_who_only_look_have_few_columns(request, client_of, full, role):
    page = client_of(request.getfixturevalue(role)).get(LIST)

    assert [name for name in page.context["cl"].list_display if name != "action_checkbox"] == NARROW_COLUMNS


@pytest.mark.parametrize("role", ["host_liaison", "desk", "auditor"])
@pytest.mark.parametrize("page", ["", "{pk}/change/"])
def test_those_who_only_look_see_no_details(request, client_of, full, role, page):
    text = client_of(request.getfixturevalue(role)).get(LIST + page.format(pk=full.pk)).text

    assert [secret for secret in SECRETS if secret in text] == []


def test_the_history_shown_to_an_auditor_has_no_details(client_of, auditor, full):
    text = client_of(auditor).get(f"{LIST}{full.pk}/history/").text

    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("role", ["host_liaison", "desk"])
def test_host_and_desk_see_neither_history_nor_those_without_a_place(request, client_of, full, role):
    client = client_of(request.getfixturevalue(role))
    waiting = ParticipantFactory(waitlisted=True, meeting=full.meeting)

    assert client.get(f"{LIST}{full.pk}/history/").status_code == 403
    assert client.get(f"{LIST}{waiting.pk}/change/").status_code == 302
    assert "What happened" not in client.get(f"{LIST}{full.pk}/change/").text


@pytest.mark.parametrize("role", ["host_liaison", "desk", "auditor"])
def test_those_who_only_look_see_who(request, client_of, full, role):
    form = client_of(request.getfixturevalue(role)).get(f"{LIST}{full.pk}/change/").context["adminform"]

    shown = [field.field["name"] for fieldset in form for line in fieldset for field in line]
    assert shown == ["shown_name", "organisation", "country", "body", "category", "sector"]


@pytest.mark.parametrize("role", ["host_liaison", "desk", "auditor"])
def test_those_who_only_look_change_nothing(request, client_of, full, role):
    browser = client_of(request.getfixturevalue(role))

    answers = [browser.post(f"{LIST}{page}").status_code for page in (f"{full.pk}/change/", "add/", f"{full.pk}/delete/")]

    assert answers == [403, 403, 403]


def test_those_who_only_look_cannot_filter_by_protection(client_of, auditor, full):
    assert client_of(auditor).get(f"{LIST}?protection=asked").status_code == 400


@pytest.mark.parametrize("query", ["state__exact=unconfirmed", "q=unproven&state__exact=unconfirmed"])
def test_those_who_only_look_see_registrations_only(client_of, host_liaison, person, shown, query):
    unproven = person("Unproven", unconfirmed=True)
    browser = client_of(host_liaison)

    assert shown(query, browser) == []
    assert [option.people for option in browser.get(f"{LIST}?{query}").context["cl"].states.options][-1] == 0
    assert browser.get(f"{LIST}{unproven.pk}/change/").status_code == 302


@pytest.mark.parametrize(("role", "told"), [("secretariat", True), ("host_liaison", False)])
def test_wish_for_protection_is_told_to_those_who_decide(request, client_of, person, role, told):
    person("Asks", asks_protection=True)

    assert ("asks for protection" in client_of(request.getfixturevalue(role)).get(LIST).text) is told


def test_rapporteur_sees_nobody(client_of, rapporteur, full):
    browser = client_of(rapporteur)

    assert [browser.get(f"{LIST}{page}").status_code for page in ("", f"{full.pk}/change/", f"{full.pk}/history/")] == [403, 403, 403]


def test_mails_are_shown_to_those_who_may_read_the_outbox(client_of, desk, auditor, full):
    page = f"{LIST}{full.pk}/change/"

    assert (client_of(desk).get(page).context["mails"], client_of(auditor).get(page).context["mails"]) == (None, [])
