"""No way leads into the back office without a second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as configured
from django.test import Client
from django.urls import get_resolver

from accounts.second_factor import TO_ENROL
from correspondence.models import Message
from tests.accounts.test_second_step import SECRET, code_now
from tests.factories import PASSWORD, UserFactory
from tests.project.test_addresses import ANONYMOUS

ENROLMENT = "/accounts/second-factor/?next="


@pytest.fixture
def bare(client_of, secretariat):
    """A member of staff signed in without a second factor, as none is set up."""
    return client_of(secretariat, factor=False)


@pytest.fixture
def with_app(secretariat):
    """The secretariat, with an app set up whose recovery codes were seen."""
    TOTP.activate(secretariat, SECRET)
    RecoveryCodes.activate(secretariat).mark_as_viewed()
    return secretariat


def goes_to(response):
    return response.headers.get("Location", "").split("?")[0]


def sign_in_by_password(user, **more):
    browser = Client()
    return browser, browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD, **more})


# --- nothing set up ---


def test_the_password_alone_leads_to_the_enrolment(secretariat):
    browser, response = sign_in_by_password(secretariat, next="/admin/meetings/meeting/")

    assert browser.get(response.headers["Location"]).headers["Location"] == f"{ENROLMENT}%2Fadmin%2Fmeetings%2Fmeeting%2F"


def test_every_other_address_leads_to_the_enrolment(bare, meeting):
    open_to_them = {path: bare.get(path) for name, (path, _) in ANONYMOUS.items() if name not in TO_ENROL}

    assert {path for path, response in open_to_them.items() if goes_to(response) != "/accounts/second-factor/"} == set()


@pytest.mark.parametrize("path", ["", "participants/participant/", "participants/participant/export.csv", "password_change/"])
@pytest.mark.parametrize("language", ["", "/fr"])
def test_the_back_office_leads_to_the_enrolment(bare, language, path):
    assert goes_to(bare.get(f"{language}/admin/{path}")) == f"{language}/accounts/second-factor/"


def test_a_form_sent_without_a_second_factor_does_nothing(bare, secretariat):
    response = bare.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "x" * 20, "password2": "x" * 20})

    secretariat.refresh_from_db()
    assert goes_to(response) == "/accounts/second-factor/"
    assert secretariat.check_password(PASSWORD)


def test_what_is_needed_to_enrol_and_to_leave_is_open(bare):
    paths = ["/accounts/second-factor/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/logout/", "/livez"]

    assert [bare.get(path).status_code for path in paths] == [200] * len(paths)


def test_every_name_that_is_open_exists():
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}

    assert {name for name in TO_ENROL if ":" not in name} - names == set()


def test_the_enrolment_page_says_why_and_how(bare):
    html = bare.get("/accounts/second-factor/").content.decode()

    assert "people who may be at risk" in html
    assert 'href="/accounts/2fa/webauthn/add/"' in html
    assert 'href="/accounts/2fa/totp/activate/"' in html


def test_the_pages_of_the_enrolment_say_how_far_one_is(bare):
    html = bare.get("/accounts/2fa/totp/activate/").content.decode()

    assert '<li class="pg-step-current" aria-current="step">Set it up</li>' in html


@pytest.fixture
def enrolled(committed_db, bare):
    """A browser whose owner has just set up an app; the library says so only once that is committed."""
    secret = bare.get("/accounts/2fa/totp/activate/").context["form"].secret
    bare.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    return bare


def test_after_setting_up_the_recovery_codes_come_first(enrolled):
    assert goes_to(enrolled.get("/admin/")) == "/accounts/2fa/recovery-codes/"


def test_once_they_are_seen_the_back_office_is_open(enrolled):
    html = enrolled.get("/accounts/2fa/recovery-codes/").content.decode()

    assert "I have saved them: go on" in html
    assert enrolled.get("/admin/").status_code == 200


def test_codes_that_were_not_seen_are_shown_at_the_next_sign_in(enrolled, secretariat, client_of):
    browser = client_of(secretariat)
    session = browser.session
    del session["recovery_codes_seen"]
    session.save()

    assert goes_to(browser.get("/admin/")) == "/accounts/2fa/recovery-codes/"


def test_without_its_last_factor_the_session_is_back_at_the_enrolment(enrolled):
    enrolled.get("/accounts/2fa/recovery-codes/")
    enrolled.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert goes_to(enrolled.get("/admin/")) == "/accounts/second-factor/"


# --- set up, not shown ---


def test_a_session_without_record_is_asked_for_the_factor(with_app):
    browser = Client()
    browser.force_login(with_app)

    assert goes_to(browser.get("/admin/")) == "/accounts/2fa/reauthenticate/"


def test_the_password_once_more_is_no_second_factor(client_of, with_app):
    browser = client_of(with_app, factor=False)

    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert goes_to(browser.get("/admin/")) == "/accounts/2fa/reauthenticate/"


def test_showing_it_opens_the_back_office(client_of, with_app):
    browser = client_of(with_app, factor=False)

    browser.post("/accounts/2fa/reauthenticate/", {"code": code_now()})

    assert browser.get("/admin/").status_code == 200


def test_whoever_has_keys_only_is_asked_for_a_key(client_of, secretariat):
    Authenticator.objects.create(user=secretariat, type="webauthn", data={"name": "Blue key", "credential": {}})

    assert goes_to(client_of(secretariat, factor=False).get("/admin/")) == "/accounts/2fa/webauthn/reauthenticate/"


def test_the_record_of_somebody_else_does_not_count(client_of, with_app):
    browser = client_of(with_app)
    session = browser.session
    session["account_authentication_methods_user"] = str(with_app.pk + 1)
    session.save()

    assert goes_to(browser.get("/admin/")) == "/accounts/2fa/reauthenticate/"


def test_setting_up_another_factor_is_no_way_round_the_first(client_of, with_app):
    browser = client_of(with_app, factor=False)

    assert goes_to(browser.get("/accounts/2fa/webauthn/add/")) == "/accounts/2fa/reauthenticate/"


# --- other doors ---


def test_the_back_offices_own_sign_in_page_lets_nobody_in(secretariat):
    browser = Client()

    browser.post("/admin/login/", {"username": secretariat.email, "password": PASSWORD})

    assert "_auth_user_id" not in browser.session


def new_password(user):
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"/accounts/password/reset/key/\S+", Message.objects.get(kind="password_reset").body)[0]
    page = browser.get(link).headers["Location"]
    browser.post(page, {"password1": "another long sentence", "password2": "another long sentence"})
    return browser


def test_a_new_password_signs_nobody_in_and_leaves_the_factor(with_app):
    browser = new_password(with_app)

    with_app.refresh_from_db()
    assert with_app.check_password("another long sentence")
    assert "_auth_user_id" not in browser.session
    assert Authenticator.objects.filter(user=with_app).count() == 2


def test_after_a_new_password_the_factor_is_asked_for(with_app):
    browser = new_password(with_app)

    response = browser.post("/accounts/login/", {"login": with_app.email, "password": "another long sentence"})

    assert response.headers["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in browser.session


def test_staff_are_mailed_no_code(secretariat):
    Client().post("/accounts/login/code/", {"email": secretariat.email})

    assert not Message.objects.filter(kind="sign_in_code").exists()


def test_whoever_becomes_staff_is_stopped_at_the_next_page(client_of, stranger):
    browser = client_of(stranger)
    browser.get("/my/")
    stranger.is_staff = True
    stranger.save()

    assert goes_to(browser.get("/my/")) == "/accounts/second-factor/"


def test_without_a_password_they_first_choose_one(client_of, stranger):
    browser = client_of(stranger, minutes=11)
    stranger.is_staff = True
    stranger.save()
    to_confirm = browser.get("/accounts/2fa/totp/activate/").headers["Location"]

    response = browser.post(to_confirm)

    assert response.headers["Location"] == "/accounts/password/reset/"
    assert "_auth_user_id" not in browser.session


# --- those who need none ---


def test_an_expert_need_not_but_may(client_of, expert):
    browser = client_of(expert)

    assert browser.get("/my/").status_code == 200
    assert browser.get("/accounts/second-factor/").status_code == 200
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_whoever_has_a_factor_is_shown_it(client_of, with_app):
    assert client_of(with_app).get("/accounts/second-factor/").headers["Location"] == "/accounts/2fa/"


# --- the demo ---


def test_the_demo_may_waive_it_and_says_so(bare, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    html = bare.get("/admin/").content.decode()

    assert "In this demo staff need no second factor. In production every member of staff needs one." in html
    assert "In this demo staff need no second factor." in Client().get("/accounts/login/").content.decode()


def test_where_it_is_demanded_no_page_says_otherwise(client_of, secretariat):
    assert "need no second factor" not in client_of(secretariat).get("/admin/").content.decode()


def test_it_is_demanded_unless_told_otherwise():
    assert configured.SECOND_FACTOR_REQUIRED is True


# --- codes ---


def test_a_code_works_once_even_with_spaces_in_it(with_app):
    browser, _ = sign_in_by_password(with_app)
    code = code_now()
    browser.post("/accounts/2fa/authenticate/", {"code": code})

    again, _ = sign_in_by_password(with_app)
    again.post("/accounts/2fa/authenticate/", {"code": f"{code[:3]} {code[3:]}"})

    assert "_auth_user_id" not in again.session


def test_keys_get_a_number_as_their_first_name(bare, secretariat):
    Authenticator.objects.create(user=UserFactory(), type="webauthn", data={})

    assert bare.get("/accounts/2fa/webauthn/add/").context["form"]["name"].value() == "Passkey 1"
