"""Where somebody is signed in, and how it ends."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.sessions import device, sweep
from tests.factories import PASSWORD, in_days
from tests.filled import filled

PAGE = "/accounts/sessions/"
AGENTS = {
    "Firefox, Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Edge, Windows": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Chrome, Android": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Safari, iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
    "Safari, Mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
    "Unknown device": "<script>alert(1)</script>",
}


def seen(client_of, user, device="Firefox, Windows", **options):
    """A browser that has opened a page, so that its session is listed."""
    browser = client_of(user, **options)
    session = browser.session
    session["session_seen"] = 0 if not user.is_staff else session["session_seen"] - 61
    session.save()
    browser.get("/accounts/logout/")
    browser.get("/accounts/second-factor/", headers={"user-agent": AGENTS[device]})
    return browser


def rows(browser):
    return [(session.device, session.session_key == browser.session.session_key) for session in browser.get(PAGE).context["sessions"]]


@pytest.mark.parametrize("words", AGENTS)
def test_a_device_in_words(words):
    assert device(AGENTS[words]) == words


def test_each_session_is_listed_and_this_one_marked(client_of, expert, other_expert):
    telephone = seen(client_of, expert, "Safari, iPhone")
    here = seen(client_of, expert)
    seen(client_of, other_expert)

    html = here.get(PAGE).content.decode()

    assert set(rows(here)) == {("Firefox, Windows", True), ("Safari, iPhone", False)}
    assert html.count("Here, now") == 1
    assert telephone.session.session_key not in html


def test_one_other_session_is_ended(client_of, expert):
    telephone, here = seen(client_of, expert, "Safari, iPhone"), seen(client_of, expert)
    chosen = UserSession.objects.get(session_key=telephone.session.session_key)

    here.post(PAGE, {"session": chosen.pk})

    assert telephone.get("/my/").status_code == 302
    assert here.get("/my/").status_code == 200


def test_all_others_are_ended(client_of, expert):
    others = [seen(client_of, expert) for _ in range(2)]
    here = seen(client_of, expert)

    here.post(PAGE)

    assert [browser.get("/my/").status_code for browser in (*others, here)] == [302, 302, 200]


def test_nobody_ends_the_session_of_somebody_else(client_of, expert, other_expert):
    theirs, here = seen(client_of, other_expert), seen(client_of, expert)
    chosen = UserSession.objects.get(session_key=theirs.session.session_key)

    here.post(PAGE, {"session": chosen.pk})

    assert theirs.get("/my/").status_code == 200


def test_nonsense_ends_nothing_but_the_others_when_asked(client_of, expert):
    other, here = seen(client_of, expert), seen(client_of, expert)

    here.post(PAGE, {"session": "9" * 40})

    assert other.get("/my/").status_code == 200


def test_signing_in_gives_a_new_session(secretariat):
    browser = Client()
    browser.get("/accounts/login/")
    session = browser.session
    session["left"] = "before"
    session.save()
    browser.cookies["__Host-sessionid"] = session.session_key

    browser.post("/accounts/login/", {"login": secretariat.email, "password": PASSWORD})

    assert browser.cookies["__Host-sessionid"].value != session.session_key


def test_whoever_is_switched_off_is_out_at_the_next_page(client_of, administrator, expert):
    browser = seen(client_of, expert)
    expert.is_active = False
    expert.save()

    assert browser.get("/my/").headers["Location"] == "/accounts/login/?next=/my/"


def test_a_new_password_ends_the_other_sessions(client_of, secretariat):
    other, here = seen(client_of, secretariat), seen(client_of, secretariat)

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "x y z " * 4, "password2": "x y z " * 4})

    assert (other.get("/admin/").status_code, here.get("/admin/").status_code) == (302, 200)


def test_removing_a_factor_ends_the_other_sessions(client_of, secretariat):
    for name in ("totp", "webauthn"):
        Authenticator.objects.create(user=secretariat, type=name, data={"name": name, "secret": "x"})
    other, here = seen(client_of, secretariat), seen(client_of, secretariat)

    here.post("/accounts/2fa/totp/deactivate/")

    assert (other.get("/admin/").status_code, here.get("/admin/").status_code) == (302, 200)


@pytest.mark.parametrize("action", ["forget_second_factor", "end_sessions"])
def test_an_administrator_signs_somebody_out_everywhere(client_of, administrator, rapporteur, action):
    Authenticator.objects.create(user=rapporteur, type="totp", data={})
    browser = seen(client_of, rapporteur)

    client_of(administrator).post("/admin/accounts/user/", {"action": action, "_selected_action": [rapporteur.pk]})

    assert browser.get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"


def test_what_is_over_is_forgotten(client_of, expert):
    over, here = seen(client_of, expert), seen(client_of, expert)
    UserSession.objects.filter(session_key=over.session.session_key).update(created_at=in_days(-0.6))

    sweep()

    assert [row.session_key for row in UserSession.objects.all()] == [here.session.session_key]
    assert over.get("/my/").status_code == 302


def test_sessions_that_have_expired_leave_the_database(client_of, expert):
    key = client_of(expert).session.session_key
    Session.objects.filter(pk=key).update(expire_date=in_days(-1))

    sweep()

    assert not Session.objects.filter(pk=key).exists()


def test_nobody_forgets_their_own_second_factor_there(client_of, administrator):
    Authenticator.objects.create(user=administrator, type="totp", data={})

    client_of(administrator).post("/admin/accounts/user/", {"action": "forget_second_factor", "_selected_action": [administrator.pk]})

    assert Authenticator.objects.count() == 1


@pytest.fixture
def events(caplog):
    """The names of the events in the security log so far."""
    caplog.set_level(logging.INFO, "pompidou.security")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "pompidou.security"]


def test_the_security_log_tells_of_coming_and_going(events, secretariat):
    browser = Client()
    browser.post("/accounts/login/", {"login": secretariat.email, "password": "wrong"})
    browser.post("/accounts/login/", {"login": secretariat.email, "password": PASSWORD})
    browser.post("/accounts/logout/")

    assert events() == ["sign_in_failed", "sign_in", "sign_out"]


def test_it_tells_of_new_passwords_and_rights(events, client_of, administrator, secretariat):
    client_of(secretariat).post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "x y z " * 4, "password2": "x y z " * 4}
    )
    admin, page = client_of(administrator), f"/admin/accounts/user/{secretariat.pk}/change/"

    admin.post(page, filled(admin.get(page), "user_form", groups=[]))

    assert events() == ["password_changed", "role_change"]


def test_it_tells_of_sessions_ended_from_afar(events, client_of, expert):
    seen(client_of, expert)
    here = seen(client_of, expert)

    here.post(PAGE)

    assert events() == ["session_ended"]
