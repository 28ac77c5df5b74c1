"""What a request may do by itself: a page asked for changes nothing, a form without its token does nothing, and a field nobody
asked for is not read.
"""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.security import traces
from tests.security.canaries import undrawn
from tests.security.forms import NOT_ASKED, TOKEN, urlencoded
from tests.security.test_hostile_input import ADDRESSES, BACK_OFFICE, URLENCODED, Attacker
from tests.security.world import World

pytestmark = [pytest.mark.urls("tests.pompidou.demo_urls"), pytest.mark.django_db]

# Answered before anybody looks at a token: they change nothing, or there is nothing at that address.
NO_TOKEN_NEEDED = {"/livez", "/readyz", "/nowhere/", "/static/nothing.css", "/.git/config"}
FORMS = [address for address in BACK_OFFICE if address.endswith(("/add/", "/change/"))]
OWN_PAGES = [address for address in ADDRESSES if address.startswith(("/my/", "/accounts/", "/meetings/"))]


# --- asking ---


@pytest.mark.parametrize("role", ["administrator", "participant"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_asking_for_a_page_changes_nothing(role, method):
    """Programs that look at mails open every link in them; a look at somebody's data leaves its trace, and nothing else."""
    world = World()
    before = traces.state()
    with undrawn() if method == "head" else transaction.atomic():
        for address in ADDRESSES:
            response = getattr(world.client(role), method)(world.address(address))
            if response.streaming:
                b"".join(response.streaming_content)

    assert traces.changed(before, traces.state()) == []


# --- forms without their token, or from elsewhere ---


@pytest.mark.parametrize("role", ["visitor", "participant", "administrator"])
def test_a_form_without_its_token_is_refused_everywhere(role):
    world = World()
    with undrawn():
        answers = {
            address: world.ask(role, "POST", address, client=checked(world, role)).status_code
            for address in ADDRESSES
            if address.split("?")[0] not in NO_TOKEN_NEEDED
        }

    assert {address: status for address, status in answers.items() if status not in {403, 404}} == {}
    assert {address for address, status in answers.items() if status == 404} <= {"/admin/nowhere/"}


def checked(world, role):
    """A browser of that role whose forms need their token."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.cookies = world.client(role).cookies
    return browser


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {"HTTP_REFERER": "https://evil.example/"}, {"HTTP_REFERER": ""}],
)
def test_a_form_from_another_site_is_refused_with_its_token(headers, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://testserver"]
    browser = Client(enforce_csrf_checks=True)
    browser.get("/accounts/login/", secure=True)
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value

    answers = [
        browser.post("/accounts/login/", {TOKEN: token, "login": "a@b.example", "password": "x"}, secure=True, **sent).status_code
        for sent in ({"HTTP_REFERER": "https://testserver/accounts/login/"}, headers)
    ]

    assert answers == [200, 403]


# --- fields that nobody asked for ---


class Smuggler(Attacker):
    """Sends each form twice, once as it is and once with more in it, and compares what came of it."""

    def __init__(self, role, addresses):
        super().__init__(role, addresses)
        self.before = traces.state(left_out=traces.NEW_EACH_TIME)
        self.counted = counted()
        self.written = 0

    def attack(self, form, way):
        usual, smuggled = self.outcome(form, {}), self.outcome(form, NOT_ASKED)
        self.written += bool(usual)
        if usual != smuggled:
            tables = sorted(name for name in {*usual, *smuggled} if usual.get(name) != smuggled.get(name))
            self.found.append(f"{form.address}: {tables}")

    def outcome(self, form, more):
        """The tables that sending the form changes, each with what they hold then."""
        pairs = form.filled()
        known = {name for name, _value in pairs} | {control.name for control in form.controls}
        pairs += [(name, value) for name, value in more.items() if name not in known | READ_ON_PURPOSE]
        count_from(self.counted)
        with transaction.atomic(), undrawn():
            self.world.client(self.role).post(form.address, urlencoded(pairs), content_type=URLENCODED)
            after = traces.state(left_out=traces.NEW_EACH_TIME)
            transaction.set_rollback(True)
        cache.clear()
        return {name: after[name] for name in traces.changed(self.before, after)}


def counted():
    """How far each table has counted, on PostgreSQL, where what was counted stays counted when rows are taken back."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, coalesce(last_value, 1) FROM pg_sequences WHERE schemaname = current_schema()")
        return cursor.fetchall()


def count_from(numbers):
    """Let the same rows get the same keys each time; never from lower, or whoever comes next would be given keys that exist."""
    with connection.cursor() as cursor:
        for name, number in numbers:
            cursor.execute("SELECT setval(%s, %s)", [name, number])


# Where to go on, which every page checks, and how the back office closes a window: neither is written anywhere.
READ_ON_PURPOSE = {"next", "_popup", "_to_field", "_method"}


@pytest.mark.parametrize(
    ("role", "addresses", "least"), [("visitor", ADDRESSES, 2), ("participant", OWN_PAGES, 3), ("secretariat", FORMS, 8)]
)
def test_a_field_that_was_not_asked_for_changes_nothing(role, addresses, least):
    smuggler = Smuggler(role, addresses)

    assert smuggler.walk() == []
    assert smuggler.written >= least  # or it compared nothing with nothing
