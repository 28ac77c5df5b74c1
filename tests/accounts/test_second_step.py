"""The second factor of staff, on the library's pages in our frame."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def with_app(secretariat):
    """The secretariat, with an app set up."""
    TOTP.activate(secretariat, SECRET)
    RecoveryCodes.activate(secretariat)
    return secretariat


@pytest.fixture
def confirmed(client_of):
    """A browser whose owner has just shown once more that it is them."""

    def confirm(user):
        browser = client_of(user)
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
        return browser

    return confirm


@pytest.fixture
def at_second_step(with_app):
    """A browser that has passed the password."""
    browser = Client()
    browser.post("/accounts/login/?next=/admin/", {"login": with_app.email, "password": PASSWORD, "next": "/admin/"})
    return browser


def test_after_the_password_comes_the_second_step(at_second_step):
    html = at_second_step.get("/accounts/2fa/authenticate/").content.decode()

    assert "<h1>Second step</h1>" in html
    assert "_auth_user_id" not in at_second_step.session


def test_the_code_of_the_app_opens_the_back_office(at_second_step):
    response = at_second_step.post("/accounts/2fa/authenticate/", {"code": code_now()})

    assert response.headers["Location"] == "/admin/"


def test_a_recovery_code_opens_it_once(at_second_step, with_app):
    code = Authenticator.objects.get(user=with_app, type="recovery_codes").wrap().get_unused_codes()[0]

    first = at_second_step.post("/accounts/2fa/authenticate/", {"code": code})
    at_second_step.post("/accounts/logout/")
    at_second_step.post("/accounts/login/", {"login": with_app.email, "password": PASSWORD})
    second = at_second_step.post("/accounts/2fa/authenticate/", {"code": code})

    assert (first.status_code, second.status_code) == (302, 200)


def test_a_wrong_code_is_an_error_beside_its_field(at_second_step):
    response = at_second_step.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert list(response.context["form"].errors) == ["code"]


def test_the_picture_to_scan_is_drawn_in_the_page(confirmed, secretariat):
    html = confirmed(secretariat).get("/accounts/2fa/totp/activate/").content.decode()

    assert "<svg" in html
    assert "data:" not in html  # which the policy refuses
    assert re.search(r"\sstyle=", html) is None


def test_setting_up_an_app_asks_once_more_who_it_is(client_of, secretariat):
    response = client_of(secretariat, minutes=11).get("/accounts/2fa/totp/activate/")

    assert response.headers["Location"].startswith("/accounts/reauthenticate/?next=")


def test_an_app_is_set_up_with_its_first_code(confirmed, secretariat):
    browser = confirmed(secretariat)
    secret = browser.get("/accounts/2fa/totp/activate/").context["form"].secret

    browser.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})

    assert set(Authenticator.objects.filter(user=secretariat).values_list("type", flat=True)) == {"totp", "recovery_codes"}


@pytest.mark.parametrize(("page", "heading"), [("edit", "Rename the key"), ("remove", "Remove the key “Blue key”?")])
def test_each_page_of_a_key_stands_in_our_frame(confirmed, secretariat, page, heading):
    key = Authenticator.objects.create(user=secretariat, type="webauthn", data={"name": "Blue key", "credential": {}})

    html = confirmed(secretariat).get(f"/accounts/2fa/webauthn/keys/{key.pk}/{page}/").content.decode()

    assert f"<h1>{heading}</h1>" in html


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("", "Security"),
        ("totp/deactivate/", "Take the app off?"),
        ("recovery-codes/", "Recovery codes"),
        ("recovery-codes/generate/", "Make new recovery codes?"),
        ("webauthn/", "Security keys and passkeys"),
        ("webauthn/add/", "Add a passkey"),
        ("reauthenticate/", "Confirm that it is you"),
    ],
)
def test_each_page_of_the_second_step_stands_in_our_frame(confirmed, with_app, path, heading):
    html = confirmed(with_app).get(f"/accounts/2fa/{path}").content.decode()

    assert re.search("<h1>(.*?)</h1>", html, re.DOTALL)[1].strip() == heading
    assert 'class="pg-footer"' in html
