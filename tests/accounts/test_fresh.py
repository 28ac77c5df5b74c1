"""What is asked of somebody again before something important."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from accounts.models import User
from correspondence.models import Message
from participants.models import ExportRecord, Reveal
from tests.factories import PASSWORD, in_days
from tests.filled import filled

EXPORT = "/admin/participants/participant/export.csv"
USERS = "/admin/accounts/user/"


@pytest.fixture
def stale(client_of):
    """A browser whose owner signed in eleven minutes ago."""
    return lambda user: client_of(user, minutes=11)


def asked_again(response):
    return response.status_code == 302 and response.headers["Location"].startswith("/accounts/reauthenticate/?next=")


def test_ten_minutes_are_enough(client_of, secretariat):
    assert client_of(secretariat, minutes=9).get(EXPORT).status_code == 200


def test_exporting_asks_again(stale, secretariat):
    assert stale(secretariat).get(f"{EXPORT}?state__exact=confirmed").headers["Location"] == (
        "/accounts/reauthenticate/?next=%2Fadmin%2Fparticipants%2Fparticipant%2Fexport.csv%3Fstate__exact%3Dconfirmed"
    )


def test_an_export_sent_with_a_stale_proof_is_refused(stale, secretariat, registration):
    browser = stale(secretariat)

    response = browser.post(EXPORT, {"purpose": "full", "format": "csv", "delimiter": "comma", "language": "en"})

    assert asked_again(response)
    assert not ExportRecord.objects.exists()


def test_the_person_is_told_that_nothing_was_done(stale, secretariat):
    response = stale(secretariat).post(EXPORT, {}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Nothing was done yet. Confirm that it is you, then do it once more."
    ]


def test_the_password_leads_back_and_counts_for_ten_minutes(stale, secretariat):
    browser = stale(secretariat)
    way = browser.get(EXPORT).headers["Location"]

    response = browser.post(way, {"password": PASSWORD, "next": EXPORT})

    assert response.headers["Location"] == EXPORT
    assert browser.get(EXPORT).status_code == 200
    with time_machine.travel(in_days(11 / 24 / 60)):
        assert asked_again(browser.get(EXPORT))


def test_a_wrong_password_does_not_count(stale, secretariat):
    browser = stale(secretariat)

    browser.post("/accounts/reauthenticate/", {"password": "wrong", "next": EXPORT})

    assert asked_again(browser.get(EXPORT))


@pytest.mark.parametrize("method", ["get", "post"])
def test_revealing_a_name_asks_again(stale, secretariat, protected_registration, method):
    browser = stale(secretariat)

    response = getattr(browser, method)(f"/admin/participants/participant/{protected_registration.pk}/reveal/", {"reason": "Visa"})

    assert asked_again(response)
    assert not Reveal.objects.exists()


def test_forgetting_a_second_factor_asks_again(stale, administrator, rapporteur):
    Authenticator.objects.create(user=rapporteur, type="totp", data={})

    response = stale(administrator).post(USERS, {"action": "forget_second_factor", "_selected_action": [rapporteur.pk]})

    assert asked_again(response)
    assert Authenticator.objects.count() == 1


def test_changing_rights_and_address_asks_again(client_of, administrator, stranger):
    page = f"{USERS}{stranger.pk}/change/"
    group = Group.objects.get(name="Rapporteur")
    form = filled(client_of(administrator).get(page), "user_form", email="new@post.example", is_staff="on", groups=[str(group.pk)])

    response = client_of(administrator, minutes=11).post(page, form)

    unchanged = User.objects.get(pk=stranger.pk)
    assert asked_again(response)
    assert (unchanged.email, unchanged.is_staff, unchanged.groups.count()) == ("stranger@elsewhere.example", False, 0)


@pytest.mark.parametrize("path", ["add/", "{pk}/password/"])
def test_adding_people_and_giving_them_passwords_asks_again(stale, administrator, stranger, path):
    assert asked_again(stale(administrator).post(USERS + path.format(pk=stranger.pk), {"email": "new@post.example"}))


def test_readers_of_the_users_are_not_asked(stale, auditor, rapporteur):
    assert stale(auditor).get(f"{USERS}{rapporteur.pk}/change/").status_code == 200


def test_an_expert_confirms_with_a_new_code_and_comes_back(stale, expert):
    browser = stale(expert)
    way = browser.get("/accounts/2fa/totp/activate/").headers["Location"]
    to_code = browser.post(way, {"next": "/accounts/2fa/totp/activate/"}).headers["Location"]
    code = re.search(r"\b[A-Z0-9-]{6,9}\b", Message.objects.get(kind="sign_in_code").body)[0]

    response = browser.post(to_code, {"code": code, "next": "/accounts/2fa/totp/activate/"})

    assert way == "/accounts/reauthenticate/code/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    assert response.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_looking_at_that_page_mails_nothing(stale, expert):
    html = stale(expert).get("/accounts/reauthenticate/code/?next=/my/").content.decode()

    assert "maeve.orrin@garda.example" in html
    assert not Message.objects.exists()


def test_another_site_is_no_way_back(stale, expert):
    browser = stale(expert)

    response = browser.post("/accounts/reauthenticate/code/", {"next": "https://evil.example/"})

    assert "evil" not in response.headers["Location"]
