"""A protected name is shown to who may see it, for a reason, for a while."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from participants.models import Participant, Reveal
from tests.participants.admin.conftest import LIST, NOTHING_APART

NAME = "Livia Canary"


@pytest.fixture
def page(protected_registration):
    return f"{LIST}{protected_registration.pk}/change/"


@pytest.fixture
def look(protected_registration):
    """Ask for the real name in a browser."""

    def act(browser, reason="The host asks who enters."):
        return browser.post(f"{LIST}{protected_registration.pk}/reveal/", {"reason": reason}, follow=True)

    return act


def test_page_shows_the_face(office, page):
    response = office.get(page)

    assert response.context["subtitle"] == "Expert K."
    assert NAME not in response.text


def test_real_name_is_shown_after_giving_a_reason(office, look, page):
    response = look(office)

    assert response.redirect_chain == [(page, 302)]
    assert response.context["subtitle"] == NAME


def test_look_is_written_to_the_ledger(office, look, secretariat, protected_registration):
    look(office, reason="The host asks who enters.")

    assert list(Reveal.objects.values_list("participant", "made_by", "reason")) == [
        (protected_registration.pk, secretariat.pk, "The host asks who enters.")
    ]


def test_ledger_does_not_keep_the_name_it_is_about(office, look):
    look(office, reason="Livia CANARY waits at the door")

    assert Reveal.objects.get().reason == "[…] […] waits at the door"


@pytest.mark.parametrize("reason", ["", "  ", "x\x00", "a" * 501])
def test_without_a_proper_reason_nothing_is_shown(office, look, reason):
    response = look(office, reason=reason)

    assert list(response.context["form"].errors) == ["reason"]
    assert NAME not in response.text
    assert not Reveal.objects.exists()


def test_page_that_asks_is_not_yet_a_look(office, protected_registration):
    response = office.get(f"{LIST}{protected_registration.pk}/reveal/")

    assert NAME not in response.text
    assert not Reveal.objects.exists()


def test_name_is_shown_in_the_list_too(office, look, shown):
    look(office)

    assert shown() == [NAME]


def test_one_look_shows_one_person(office, look, person, shown):
    person("Moreno", is_protected=True, alias="Expert M.")

    look(office)

    assert shown() == [NAME, "Expert M."]


def test_name_is_masked_again_after_a_quarter_of_an_hour(office, look, page):
    look(office)

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=14, seconds=50), tick=False):
        shortly_before = office.get(page).context["subtitle"]
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=15, seconds=1), tick=False):
        after = office.get(page).context["subtitle"]

    assert (shortly_before, after) == (NAME, "Expert K.")


def test_name_can_be_hidden_at_once(office, look, page, protected_registration):
    look(office)

    response = office.post(f"{LIST}{protected_registration.pk}/hide/", follow=True)

    assert response.context["subtitle"] == "Expert K."


def test_another_session_sees_nothing(office, look, page, client_of, secretariat):
    look(office)

    assert client_of(secretariat).get(page).context["subtitle"] == "Expert K."


def test_look_ends_with_the_permission(office, look, page, secretariat):
    look(office)
    secretariat.groups.clear()
    secretariat.user_permissions.set(secretariat.user_permissions.model.objects.filter(codename="view_participant"))

    assert office.get(page).context["subtitle"] == "Expert K."


@pytest.mark.parametrize("role", ["host_liaison", "desk", "rapporteur", "auditor", "expert"])
def test_others_cannot_look(request, client_of, look, role):
    response = look(client_of(request.getfixturevalue(role)))

    assert response.status_code == 403
    assert not Reveal.objects.exists()


def test_open_name_needs_no_look(office, registration):
    response = office.post(f"{LIST}{registration.pk}/reveal/", {"reason": "Curious."})

    assert response["Location"] == f"{LIST}{registration.pk}/change/"
    assert not Reveal.objects.exists()


def test_identity_cannot_be_written_unseen(office, page, protected_registration):
    """Fields that are not on the page are not read from what is posted, either."""
    form = {"language": "en", "category": "member_state", "sector": protected_registration.sector_id, "visibility": "full"}
    country = {"country": protected_registration.country_id, "listening_language": "en", "alias": "Expert L."}

    office.post(page, {**form, **country, "family_name": "Changed", "email": "changed@x.example", **NOTHING_APART})

    after = Participant.objects.get(pk=protected_registration.pk)
    assert (after.alias, after.family_name, after.email) == ("Expert L.", "Canary", "livia.canary@polizia.example")


def test_protection_cannot_be_lifted_unseen(office, page):
    fields = office.get(page).context["adminform"].form.fields

    assert {"is_protected", "asks_protection", "given_name", "family_name", "email", "phone", "function", "service"} & set(fields) == set()


def test_identity_can_be_corrected_once_seen(office, look, page):
    look(office)

    assert {"is_protected", "family_name", "email"} <= set(office.get(page).context["adminform"].form.fields)
