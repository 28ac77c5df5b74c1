"""What programs find at agreed addresses: which pages they may fetch, and whom to tell of a hole."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from pompidou.checks import security_contact_is_looked_at
from tests.project.test_addresses import ANONYMOUS

SECURITY = "/.well-known/security.txt"
PUBLIC = {"home", "meetings", "meeting", "programme", "programme_ics", "programme_pdf", "programme_docx", "session_ics"}
PUBLIC |= {"privacy", "privacy_version", "accessibility"}


def rules(client) -> list[tuple[str, str]]:
    """What the file allows and disallows to everybody."""
    agent, *lines = client.get("/robots.txt").content.decode().splitlines()
    assert agent == "User-agent: *"
    return [tuple(line.split(": ")) for line in lines]


def may_fetch(found: list[tuple[str, str]], path: str) -> bool:
    """As RFC 9309 has it: of the rules that fit from the start, the longest counts."""
    fitting = [(len(rule), verb) for verb, rule in found if re.match(re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$"), path)]
    return max(fitting)[1] == "Allow"


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_crawlers_may_fetch_public_pages_and_nothing_else(client, prefix):
    found = rules(client)

    assert {name for name, (path, _) in ANONYMOUS.items() if may_fetch(found, prefix + path)} == PUBLIC


@pytest.mark.parametrize("path", ["/admin/", "/fr/admin/", "/my/x/", "/static-not/", "/demo/", "/nowhere"])
def test_crawlers_may_not_fetch_what_no_line_names(client, path):
    assert not may_fetch(rules(client), path)


def test_crawlers_may_fetch_what_public_pages_are_drawn_with(client):
    assert may_fetch(rules(client), "/static/css/site.css")


def test_what_crawlers_are_forbidden_is_no_list_of_doors(client):
    assert [rule for verb, rule in rules(client) if verb == "Disallow"] == ["/meetings/*/register/", "/fr/meetings/*/register/", "/"]


@pytest.fixture
def contact(settings) -> None:
    settings.BASE_URL = "https://meetings.example.org"
    settings.SECURITY_CONTACT = ["mailto:security@example.org", "https://example.org/report"]
    settings.SECURITY_EXPIRES = dt.datetime(2099, 7, 1, tzinfo=dt.UTC)


def test_whom_to_tell_of_a_hole(client, contact):
    answer = client.get(SECURITY)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:security@example.org",
        "Contact: https://example.org/report",
        "Expires: 2099-07-01T00:00:00Z",
        "Preferred-Languages: en, fr",
        "Canonical: https://meetings.example.org/.well-known/security.txt",
    ]


def test_a_contact_whose_day_is_over_is_not_given(client, db, contact, settings):
    settings.SECURITY_EXPIRES = timezone.now()

    assert client.get(SECURITY).status_code == 404


def test_without_a_contact_there_is_no_file(client, db, contact, settings):
    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = [], None

    assert client.get(SECURITY).status_code == 404


@pytest.mark.parametrize(
    ("days", "warnings"), [(-1, ["pompidou.W001"]), (29, ["pompidou.W001"]), (31, []), (365, []), (400, ["pompidou.W002"])]
)
def test_whoever_deploys_is_told_to_look_at_the_contact_again(contact, settings, days, warnings):
    settings.SECURITY_EXPIRES = timezone.now() + dt.timedelta(days=days)

    assert [warning.id for warning in security_contact_is_looked_at()] == warnings


def test_whoever_deploys_without_a_contact_is_told_nothing(settings):
    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = [], None

    assert security_contact_is_looked_at() == []
