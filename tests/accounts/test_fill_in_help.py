"""Fields of signing in say what belongs in them, so that browsers and password keepers fill them in (WCAG 1.3.5, 3.3.8)."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.accounts.test_second_step import SECRET
from tests.factories import PASSWORD

FIELD = re.compile(r"<input (?=[^>]*type=\"(?:text|email|password|number|tel)\")[^>]*>")


def purposes(response):
    """Each field that is typed into on the page, with what it says belongs there."""
    fields = FIELD.findall(response.content.decode())
    return {re.search(r'name="([^"]+)"', field)[1]: (re.search(r'autocomplete="([^"]+)"', field) or ["", ""])[1] for field in fields}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/accounts/login/", {"email": "email", "login": "email", "password": "current-password"}),
        ("/accounts/password/reset/", {"email": "email"}),
    ],
)
def test_the_ways_in(client, db, path, fields):
    assert purposes(client.get(path)) == fields


def test_the_code_by_mail(client, expert):
    client.post("/accounts/login/code/", {"email": expert.email})

    assert purposes(client.get("/accounts/login/code/confirm/")) == {"code": "one-time-code"}


def test_the_second_step(secretariat):
    TOTP.activate(secretariat, SECRET)
    RecoveryCodes.activate(secretariat)
    browser = Client()
    browser.post("/accounts/login/", {"login": secretariat.email, "password": PASSWORD})

    assert purposes(browser.get("/accounts/2fa/authenticate/")) == {"code": "one-time-code"}


def test_confirming_who_one_is(client_of, secretariat):
    assert purposes(client_of(secretariat).get("/accounts/reauthenticate/")) == {"password": "current-password"}


def test_a_new_password(client_of, secretariat):
    page = client_of(secretariat).get("/accounts/password/change/")

    assert purposes(page) == {"oldpassword": "current-password", "password1": "new-password", "password2": "new-password"}
