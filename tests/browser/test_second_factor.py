"""A member of staff sets up a passkey or an app in a real browser, and signs in with it afterwards."""

import pytest

from tests.accounts.test_second_step import code_now
from tests.browser.screen import findings, follow, press
from tests.factories import PASSWORD, UserFactory

MADE = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}


@pytest.fixture
def clerk(committed_db):
    return UserFactory(staff=True, is_superuser=True)


def sign_in(page, user):
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.press("#id_password", "Enter")


def with_key(page):
    """Plug in a key that is always touched at once; returns what switches its owner off and on."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**MADE, "automaticPresenceSimulation": True}})
    return lambda there: devtools.send("WebAuthn.setUserVerified", {**key, "isUserVerified": there})


def test_a_passkey_is_set_up_and_then_signs_in_alone(open_page, clerk):
    page = open_page("/admin/")
    owner_is_there = with_key(page)
    sign_in(page, clerk)
    assert page.url.endswith("/accounts/second-factor/?next=%2Fadmin%2F")
    follow(page, "Set up a passkey")
    press(page, "Add the passkey")
    assert page.locator("h1").inner_text() == "Recovery codes"
    assert page.locator(".pg-secret-codes li").count() == 10
    follow(page, "I have saved them: go on")
    assert page.url.endswith("/admin/")
    press(page, "Sign out")

    page.goto("/accounts/login/?next=/admin/meetings/meeting/")
    owner_is_there(False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("alert").filter(has_text="Nothing was confirmed").wait_for()
    assert findings(page) == {}
    owner_is_there(True)
    press(page, "Sign in with a passkey")

    assert page.url.endswith("/admin/meetings/meeting/")
    assert page.complaints == []


def test_an_app_is_set_up_and_its_code_is_asked_for(open_page, clerk):
    page = open_page("/admin/")
    sign_in(page, clerk)
    follow(page, "Set up an app")
    assert findings(page) == {}
    secret = page.locator(".pg-secret").inner_text()
    page.fill("#id_code", code_now(secret))
    press(page, "Set it up")
    assert findings(page) == {}
    follow(page, "I have saved them: go on")
    assert page.url.endswith("/admin/")

    other = open_page("/admin/", width=320)
    sign_in(other, clerk)
    other.fill("#id_code", code_now(secret))
    press(other, "Sign in")
    assert other.url.endswith("/admin/")
    other.goto("/accounts/sessions/")
    assert findings(other) == {}
    press(other, "Sign out everywhere else")
    page.reload()

    assert "/accounts/login/" in page.url


def test_the_enrolment_page_has_nothing_against_it(open_page, clerk):
    for width in (320, 1280):
        page = open_page("/admin/", width=width)
        sign_in(page, clerk)
        assert findings(page) == {}
        page.goto("/accounts/2fa/webauthn/add/")
        assert findings(page) == {}
