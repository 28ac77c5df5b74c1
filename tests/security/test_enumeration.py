"""Nobody learns from an answer whether an address is known: same words, status, headers, cookies, and the same work.

Time is compared as work: how often a password is hashed, which takes all the time there is to see, and how many statements
the database is sent. A stopwatch would tell as much and fail on a busy machine.
"""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participants import services
from tests.factories import ParticipantFactory, UserFactory
from tests.participants.conftest import typed

__all__ = ["typed"]

pytestmark = pytest.mark.django_db

STATEMENTS_APART = 2  # the row of a known account is read once on each of the two pages
BESIDE = re.compile(r'^(SAVEPOINT|RELEASE)|"accounts_tally"')  # a new row of tries takes more than an old one, whoever it is for
WHO = ["unknown", "expert", "staff", "inactive", "inactive staff", "unconfirmed", "protected", "no password", "merged"]
SETS_COOKIE = re.compile(r"^([^=]+)=[^;]*(.*)$")
PASSWORD = "correct horse battery staple"


@pytest.fixture
def address(request, meeting, expert, protected_expert):
    """The address of somebody of each kind."""

    def of(who):
        password = make_password(PASSWORD)
        if who == "expert":
            return expert.email
        if who == "protected":
            return protected_expert.email
        if who == "unconfirmed":
            return ParticipantFactory(meeting=meeting, unconfirmed=True).email
        if who == "merged":
            stays, goes = ParticipantFactory.create_batch(2, meeting=meeting)
            services.merge(survivor=stays, other=goes, by=UserFactory(staff=True))
            return goes.email
        if who == "unknown":
            return "unknown@police.example"
        name = who.replace(" ", "-")
        kinds = {
            "staff": {"is_staff": True, "password": password},
            "inactive": {"is_active": False},
            "inactive staff": {"is_active": False, "is_staff": True, "password": password},
            "no password": {"password": make_password(None)},
        }
        return UserFactory(email=f"{name}@police.example", **kinds[who]).email

    return of


@pytest.fixture
def hashes(monkeypatch):
    """Each time a password is hashed."""
    from django.contrib.auth import hashers

    done = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode
    monkeypatch.setattr(type(hasher), "encode", lambda self, *rest: done.append(1) or encode(self, *rest))
    return done


def seen(response, email):
    """All that a visitor sees of an answer, without what is new with each request."""
    cookies = sorted(SETS_COOKIE.sub(r"\1\2", morsel.OutputString()) for morsel in response.cookies.values())
    cookies = [re.sub(r"expires=[^;]+", "expires", cookie) for cookie in cookies]
    body = re.sub(r'(name="(?:csrfmiddlewaretoken|submission_key)" value=")[^"]+', r"\1…", response.content.decode())
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    headers.pop("Expires", None)
    csp = "Content-Security-Policy"
    headers[csp] = sorted(headers[csp].split("; "))
    if "/register/sent/" in headers.get("Location", ""):
        headers["Location"] = headers["Location"].rpartition("sent/")[0]
    return response.status_code, headers, cookies, body.replace(email, "ADDRESS")


def knock(browser, path, data, email, hashes):
    """Send one form and follow to the next page: what is seen, and the work it took."""
    browser.get(path)
    hashes.clear()
    with CaptureQueriesContext(connection) as queries:
        first = browser.post(path, data)
        second = browser.get(first.headers["Location"]) if first.status_code in (302, 303) else None
    answers = [seen(response, email) for response in (first, second) if response]
    return answers, len(hashes), [sql for query in queries if not BESIDE.search(sql := query["sql"])]


DOORS = {
    "/accounts/login/code/": lambda email: {"email": email},
    "/accounts/login/": lambda email: {"login": email, "password": "wrong"},
    "/accounts/password/reset/": lambda email: {"email": email},
    "/fr/accounts/login/code/": lambda email: {"email": email},
}


CODE = "/accounts/login/code/confirm/"


def compare(answers):
    """Nothing differs from what an unknown address is answered, and the work is alike."""
    unknown_seen, unknown_hashes, unknown_statements = answers["unknown"]
    for who, (told, hashed, statements) in answers.items():
        assert told == unknown_seen, who
        assert hashed == unknown_hashes, who
        assert abs(len(statements) - len(unknown_statements)) <= STATEMENTS_APART, (who, unknown_statements, statements)


@pytest.mark.parametrize("path", DOORS)
def test_an_answer_says_nothing_of_the_address(address, hashes, path):
    answers = {}
    for number, who in enumerate(WHO):
        email = address(who)
        answers[who] = knock(Client(REMOTE_ADDR=f"192.0.2.{number}"), path, DOORS[path](email), email, hashes)

    compare(answers)


@pytest.mark.parametrize("answer", [{"code": "WRNG-CDXX"}, {"action": "resend"}, {"code": ""}])
def test_the_page_for_the_code_says_nothing_of_the_address(address, hashes, answer):
    answers = {}
    for who in WHO:
        email, browser = address(who), Client()
        browser.post("/accounts/login/code/", {"email": email})
        answers[who] = knock(browser, CODE, answer, email, hashes)

    compare(answers)


def test_the_password_page_hashes_once_whoever_asks(address, hashes):
    """One hash is all the time there is to see."""
    counts = []
    for number, who in enumerate(WHO):
        email = address(who)
        counts.append(
            knock(Client(REMOTE_ADDR=f"192.0.2.{number}"), "/accounts/login/", DOORS["/accounts/login/"](email), email, hashes)[1]
        )

    assert counts == [1] * len(WHO)


REGISTER = "/meetings/strasbourg-2026/register/"


def test_a_registration_says_nothing_of_the_address(address, hashes, typed):
    answers = {}
    knock(Client(), REGISTER, typed(step="send", email="first@police.example"), "", hashes)  # reads what is then kept for a while
    for number, who in enumerate(WHO):
        email = address(who)
        form = typed(step="send", email=email, submission_key=f"{number}" * 32, diet="vegan")
        seen, *work = knock(Client(), REGISTER, form, email, hashes)
        answers[who] = [without_numbers(seen), *work]

    compare(answers)


def without_numbers(seen):
    """The page after sending, without the reference number that it was given and the address that holds it."""
    first, (status, headers, cookies, body) = seen
    reference = re.search(r"CYB26-\w{7}", body)[0]
    return [first, (status, headers, cookies, re.sub(r"sent/[^/\"]+/", "sent/RECEIPT/", body.replace(reference, "REFERENCE")))]
