"""Passports in the back office: those who write letters see them, each look leaves a trace, others do not know of them."""

import pytest
from django.contrib.admin.models import LogEntry

from accounts.models import Look
from participants import services
from participants.admin import reveals
from participants.models import Participant, Passport
from tests.factories import PassportFactory
from tests.participants.admin.conftest import LIST

WRITTEN = {"nationality": "IE", "number": "XK4477120", "birth_place": "Ballyvaughan"}
DAYS = {"issued_on": "2022-03-01", "expires_on": "2036-02-28", "born_on": "1984-07-09"}


@pytest.fixture
def visas(client_of, visa_officer):
    return client_of(visa_officer)


@pytest.fixture
def page(registration):
    return f"{LIST}{registration.pk}/passport/"


@pytest.fixture
def passport(registration):
    return PassportFactory(participant=registration, number="CANARY4477", birth_place="Canaryville")


def test_it_is_shown_and_the_look_is_kept(visas, page, passport, visa_officer, registration):
    text = visas.get(page).text

    assert "CANARY4477" in text
    assert list(Look.objects.values_list("by", "what", "reference")) == [(visa_officer.pk, "passport", registration.reference)]


def test_where_there_is_none_nothing_was_looked_at(visas, page):
    assert "Nothing was said." in visas.get(page).text
    assert not Look.objects.exists()


def test_without_a_fresh_proof_it_is_not_shown(visas, page, passport, settings):
    settings.FRESH_SIGN_IN_SECONDS = 0

    response = visas.get(page)

    assert (response.status_code, response["Location"].startswith("/accounts/")) == (302, True)
    assert not Look.objects.exists()


@pytest.mark.parametrize("role", ["secretariat", "host_liaison", "desk", "auditor", "rapporteur"])
@pytest.mark.parametrize("has_one", [True, False])
def test_others_do_not_even_learn_whether_there_is_one(request, client_of, registration, page, role, has_one):
    if has_one:
        PassportFactory(participant=registration, number="CANARY4477")
    browser = client_of(request.getfixturevalue(role))

    answers = [browser.get(page).status_code, browser.post(page, {"delete": "yes"}).status_code]

    assert answers == [403, 403]
    assert "assport" not in browser.get(f"{LIST}{registration.pk}/change/").text
    assert Passport.objects.exists() is has_one


def test_the_persons_page_leads_there_and_shows_nothing_of_it(visas, registration, page, passport):
    text = visas.get(f"{LIST}{registration.pk}/change/").text

    assert (page in text, "CANARY4477" in text) == (True, False)
    assert list(Look.objects.values_list("what", flat=True)) == ["participant_page"]


def test_it_is_entered_by_hand(visas, page, registration):
    response = visas.post(page, WRITTEN | DAYS)

    assert response["Location"] == f"{LIST}{registration.pk}/change/"
    assert Passport.objects.values_list("participant", "number").get() == (registration.pk, "XK4477120")


def test_it_is_deleted_by_hand(visas, page, passport):
    visas.post(page, {"delete": "yes"})

    assert not Passport.objects.exists()


def test_the_trail_says_that_and_not_what(visas, page, registration):
    visas.post(page, WRITTEN | DAYS)
    visas.post(page, {"delete": "yes"})

    trail = list(LogEntry.objects.order_by("pk").values_list("object_repr", "change_message"))
    assert trail == [(registration.reference, "Passport data entered."), (registration.reference, "Passport data deleted.")]
    assert "XK4477120" not in visas.get(f"{LIST}{registration.pk}/history/").text


def test_mistakes_come_back_beside_their_fields(visas, page):
    response = visas.post(page, WRITTEN | DAYS | {"expires_on": "2020-01-01"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["expires_on"])


def test_of_a_protected_person_it_needs_the_name_first(visas, protected_registration, visa_officer):
    PassportFactory(participant=protected_registration, number="CANARY4477")
    page = f"{LIST}{protected_registration.pk}/passport/"

    hidden = visas.get(page).status_code
    visas.post(f"{LIST}{protected_registration.pk}/reveal/", {"reason": "Her visa."})

    assert (hidden, "CANARY4477" in visas.get(page).text) == (403, True)
    assert reveals.PERMISSION in {f"participants.{p.codename}" for g in visa_officer.groups.all() for p in g.permissions.all()}


@pytest.mark.parametrize("step", [services.withdraw, services.decline])
def test_it_goes_with_the_place(registration, passport, secretariat, step):
    step(participant=registration, by=secretariat, reason="Asked.")

    assert Participant.objects.get(pk=registration.pk).state != "confirmed"
    assert not Passport.objects.exists()
