"""Doors that are knocked at too often answer 429, whoever is known there; nobody is locked out by somebody else."""

import json
import re
from dataclasses import replace

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import Tally, User
from correspondence.models import Message
from pompidou.doors import DOORS, ELSEWHERE, WHO
from tests.factories import UserFactory
from tests.pompidou.test_log_lines import lines, written

__all__ = ["written"]

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
SIGN_IN, ASK_CODE, ENTER_CODE, RESET = (
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/login/code/confirm/",
    "/accounts/password/reset/",
)


@pytest.fixture
def secretary(db):
    return UserFactory(email="secretary@secretariat.example", is_staff=True, password=make_password(PASSWORD))


def sign_in(login="secretary@secretariat.example", password="wrong", network="192.0.2.1", path=SIGN_IN):
    return Client(REMOTE_ADDR=network).post(path, {"login": login, "password": password})


def ask_code(email, network="192.0.2.1"):
    return Client(REMOTE_ADDR=network).post(ASK_CODE, {"email": email})


def statuses(responses):
    return [response.status_code for response in responses]


def masked(response):
    """The page without what differs from one request to the next."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1…", response.content.decode())


@pytest.fixture
def narrow_doors(monkeypatch):
    """A tenth of what each door of more than fifty lets through, so that reaching the end takes less time."""
    for name, door in DOORS.items():
        fewer = {
            way: tuple(replace(rule, amount=-(-rule.amount // 10)) if rule.amount > 50 else rule for rule in getattr(door, way))
            for way in ("send", "ask")
        }
        monkeypatch.setitem(DOORS, name, replace(door, **fewer))


# --- the table ---


def url_names(patterns=None, prefix=""):
    """Every URL name of the site."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from url_names(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def test_every_door_of_the_table_is_in_the_house():
    assert set(DOORS) - set(url_names()) == set()


def test_every_form_of_the_sign_in_library_has_its_own_line():
    harmless = {
        "account_logout",
        "account_signed_out",
        "account_inactive",
        "account_signup",  # closed
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_second_factor",  # takes no form
        "account_sessions",  # ends one's own sessions
    }
    names = {name for name in url_names() if name.startswith(("account_", "mfa_")) and name not in harmless}
    of_signed_in = {name for name in names - set(DOORS) if name.startswith("mfa_")}

    assert names - set(DOORS) == of_signed_in
    assert {name for name in of_signed_in if "login" in name or "authenticate" in name} == set()


def test_every_rule_knows_whom_it_counts():
    rules = [rule for door in [*DOORS.values(), ELSEWHERE] for rule in door.send + door.ask]

    assert {word for rule in rules for word in rule.per} <= set(WHO)
    assert all(rule.amount > 0 and 60 <= rule.seconds <= 3600 for rule in rules)


# --- signing in with a password ---


def test_somebody_who_guesses_passwords_is_stopped(secretary):
    assert statuses(sign_in() for _ in range(6)) == [200] * 5 + [429]


def test_even_the_right_password_waits_then(secretary):
    for _ in range(5):
        sign_in()

    assert sign_in(password=PASSWORD).status_code == 429


def test_the_owner_of_the_address_still_gets_in_from_elsewhere(secretary):
    for _ in range(50):
        sign_in()

    assert sign_in(password=PASSWORD, network="198.51.100.9").status_code == 302


def test_many_networks_together_are_stopped_at_one_address(secretary, narrow_doors):
    answers = statuses(sign_in(network=f"203.0.113.{n // 5}") for n in range(61))

    assert answers == [200] * 60 + [429]


def test_one_network_is_stopped_at_many_addresses(narrow_doors):
    answers = statuses(sign_in(login=f"{n}@police.example") for n in range(11))

    assert answers == [200] * 10 + [429]


def test_an_address_is_the_same_however_it_is_typed(secretary):
    typed = ["Secretary@Secretariat.example", " secretary@secretariat.example", "SECRETARY@SECRETARIAT.EXAMPLE"] * 2

    assert statuses(sign_in(login=login) for login in typed) == [200] * 5 + [429]


def test_the_french_page_is_the_same_door(secretary):
    for _ in range(5):
        sign_in()

    assert sign_in(path="/fr/accounts/login/").status_code == 429


def test_time_heals(secretary):
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False) as clock:
        for _ in range(6):
            sign_in()
        clock.shift(299)
        assert sign_in(password=PASSWORD).status_code == 429
        clock.shift(1)
        assert sign_in(password=PASSWORD).status_code == 302


def test_one_network_of_ipv6_is_what_one_customer_gets(secretary):
    neighbours = statuses(sign_in(network=f"2001:db8:1:2:{n}::1") for n in range(6))

    assert neighbours == [200] * 5 + [429]
    assert sign_in(network="2001:db8:1:3::1").status_code == 200


def test_ipv4_written_as_ipv6_is_the_same_network(secretary):
    for _ in range(5):
        sign_in(network="192.0.2.1")

    assert sign_in(network="::ffff:192.0.2.1").status_code == 429


# --- codes by e-mail ---


def test_a_code_is_asked_for_five_times_whoever_is_known(expert, secretary):
    inactive = UserFactory(email="inactive@police.example", is_active=False)
    asked = [expert.email, "nobody@police.example", secretary.email, inactive.email]

    answers = [[ask_code(email, network=f"192.0.2.{number}") for _ in range(6)] for number, email in enumerate(asked)]

    assert [statuses(each) for each in answers] == [[302] * 5 + [429]] * 4
    assert len({masked(each[-1]) for each in answers}) == 1


def test_nobody_is_flooded_with_codes_from_many_networks(expert):
    answers = statuses(ask_code(expert.email, network=f"203.0.113.{n}") for n in range(25))

    assert answers == [302] * 20 + [429] * 5
    assert Message.objects.filter(to=expert.email).count() == 20


def test_guesses_are_counted_beside_the_session(expert):
    """The session forgets a count when two guesses are made at once; here it forgets every one."""
    browser = Client()
    browser.post(ASK_CODE, {"email": expert.email})
    kept = browser.session["account_login"]
    answers = []

    for _ in range(6):
        answers.append(browser.post(ENTER_CODE, {"code": "WRNG-CDXX"}).status_code)
        session = browser.session
        session["account_login"] = kept
        session.save()

    assert answers == [200] * 5 + [429]


def test_a_new_code_may_be_tried_again(expert):
    browser = Client()
    for _ in range(2):
        browser.post(ASK_CODE, {"email": expert.email})
        answers = statuses(browser.post(ENTER_CODE, {"code": "WRNG-CDXX"}) for _ in range(3))
        assert answers == [200, 200, 302]


# --- other doors ---


def test_a_password_is_asked_anew_a_few_times(secretary):
    answers = [Client().post(RESET, {"email": secretary.email}) for _ in range(6)]

    assert statuses(answers) == [302] * 5 + [429]


def test_a_second_factor_is_guessed_ten_times_from_any_number_of_browsers(secretary, settings):
    """Whoever knows the password meets the limit of the account, not of a browser or a network."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(secretary, generate_totp_secret())
    answers = []
    for n in range(4):
        browser = Client(REMOTE_ADDR=f"203.0.113.{n}")
        browser.post(SIGN_IN, {"login": secretary.email, "password": PASSWORD})
        answers += statuses(browser.post("/accounts/2fa/authenticate/", {"code": "000000"}) for _ in range(3))

    assert answers[:10].count(429) == 0
    assert answers[10:] == [429, 429]


def test_links_are_not_tried_without_end(narrow_doors):
    browser = Client(REMOTE_ADDR="192.0.2.1")
    answers = statuses(browser.get(f"/registrations/confirm/{n}/") for n in range(31))

    assert answers == [404] * 30 + [429]
    assert Client(REMOTE_ADDR="192.0.2.2").get("/registrations/confirm/1/").status_code == 404


def test_reading_public_pages_counts_nothing(meeting):
    Client().get("/")
    Client().get(meeting.get_absolute_url())

    assert Tally.objects.count() == 0


def test_any_other_form_has_a_limit_of_its_own(client_of, expert):
    client_of(expert).post("/accounts/sessions/", {"session": "1"})

    assert Tally.objects.get().count == 1


# --- the answer ---


@pytest.mark.parametrize(("path", "said"), [(SIGN_IN, "You can try again in 5 minutes."), ("/fr/accounts/login/", '<html lang="fr"')])
def test_the_page_says_when_to_come_back(secretary, path, said):
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False):
        response = [sign_in(path=path) for _ in range(6)][-1]

    assert response.headers["Retry-After"] == "300"
    assert said in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"].count("default-src 'none'") == 1


def test_the_security_log_tells_it_once(secretary, written):
    for _ in range(30):
        sign_in()

    [line] = [line for line in lines(written) if line["message"] == "limited"]
    assert {name: line[name] for name in ("event", "page", "per", "tries", "by")} == {
        "event": "limited",
        "page": "account_login",
        "per": "address+network",
        "tries": 6,
        "by": None,
    }
    assert "secretary" not in json.dumps(line)


# --- when nothing can be counted ---


@pytest.fixture
def no_counting(monkeypatch):
    def fails(*_):
        raise OperationalError("database is locked")

    monkeypatch.setattr("accounts.limits.counted", fails)


def test_doors_that_open_accounts_stay_shut_while_nothing_is_counted(no_counting, secretary):
    response = sign_in(password=PASSWORD)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")


def test_other_doors_stand_open_then(no_counting, meeting):
    assert Client().get("/registrations/confirm/nothing/").status_code == 404
    assert Client().post(reverse("register", args=[meeting.slug]), {"step": "check"}).status_code == 422


def test_nothing_that_guards_is_counted_in_one_process(settings, secretary, monkeypatch):
    """The default cache may belong to one process; the sign-in library would count there."""
    from django.core.cache import cache

    touched = []
    for name in ("add", "set", "incr"):
        monkeypatch.setattr(cache, name, lambda key, *_, **__: touched.append(key))
    sign_in(password=PASSWORD)
    sign_in()
    ask_code("nobody@police.example")
    Client().post(RESET, {"email": secretary.email})

    assert touched == []
    assert User.objects.count() == 1
