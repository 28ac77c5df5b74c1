"""No page of ours sends anybody on to somebody else's."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from correspondence.models import Message
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\\/evil.example/",
    "https:evil.example",
    "https:/evil.example/",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\t//evil.example/",
    " //evil.example/",
    "/my/\r\nLocation: https://evil.example/",
    "/%0d%0aLocation:%20https://evil.example/",
    "//evil%E3%80%82example/",
    "ftp://evil.example/",
    "http://testserver:80@evil.example/",
    "https://[evil.example/",  # not an address at all
    "//[",
]


@pytest.fixture
def person(db):
    """Somebody with a password and no second factor."""
    return UserFactory(email="person@police.example", password=make_password(PASSWORD))


def assert_stays(response):
    """The answer leads nowhere, or to a page of ours; and no link or form of it leads elsewhere."""
    assert response.status_code < 500
    location = response.headers.get("Location", "/")
    # As browsers read it: backslashes are slashes, and tabs and line breaks are not there.
    read = re.sub(r"[\t\r\n]", "", location).replace("\\", "/").strip()
    assert urlsplit(read)._replace(path="", query="", fragment="").geturl() == "", location
    assert read.startswith("/")
    assert not read.startswith("//")
    targets = re.findall(r'(?:href|action|src)="([^"]*)"', response.content.decode()) if not response.streaming else []
    assert [target for target in targets if re.match(r"\s*(?:https?:)?[/\\]{2}(?!testserver)|\s*(?:javascript|data):", target, re.I)] == []


@pytest.mark.parametrize("target", ELSEWHERE)
class TestNext:
    def test_after_the_password(self, person, target):
        for form in ({"next": target}, {}):
            browser = Client()
            shown = browser.get("/accounts/login/", {"next": target})
            sent = browser.post(
                "/accounts/login/", {"login": person.email, "password": PASSWORD, **form}, query_params={} if form else {"next": target}
            )

            assert_stays(shown)
            assert sent.status_code == 302
            assert_stays(sent)

    def test_after_the_code(self, person, target):
        browser = Client()
        asked = browser.post("/accounts/login/code/", {"email": person.email, "next": target})
        code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", Message.objects.latest("pk").body)[0]
        assert_stays(asked)
        assert_stays(browser.get("/accounts/login/code/confirm/", {"next": target}))
        entered = browser.post("/accounts/login/code/confirm/", {"code": code, "next": target})

        assert "_auth_user_id" in browser.session
        assert_stays(entered)

    def test_for_somebody_who_is_signed_in(self, person, target):
        browser = Client()
        browser.force_login(person)

        for path in ("/accounts/login/", "/accounts/login/code/", "/accounts/signup/", "/accounts/2fa/webauthn/login/"):
            assert_stays(browser.get(path, {"next": target}))
        for path in ("/accounts/reauthenticate/", "/accounts/reauthenticate/code/", "/accounts/password/change/", "/accounts/logout/"):
            assert_stays(browser.get(path, {"next": target}))
        assert_stays(browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": target}))
        assert_stays(browser.post("/accounts/reauthenticate/code/", {"next": target}))
        browser.force_login(person)
        assert_stays(browser.post("/accounts/logout/", {"next": target}))

    def test_for_staff(self, client_of, secretariat, target):
        browser = client_of(secretariat)

        for path in ("/admin/login/", "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/", "/accounts/second-factor/"):
            assert_stays(browser.get(path, {"next": target}))

    def test_for_staff_without_second_factor(self, secretariat, target):
        browser = Client()
        browser.force_login(secretariat)

        for path in ("/admin/", "/accounts/second-factor/", "/accounts/2fa/totp/activate/"):
            assert_stays(browser.get(path, {"next": target}))

    def test_for_visitors_and_in_the_switch_of_language(self, target):
        for path in ("/", "/my/", "/admin/", "/meetings/", "/fr/meetings/", "/nowhere/", "/accounts/password/reset/"):
            assert_stays(Client().get(path, {"next": target}))


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/",
        "///evil.example/meetings",
        "/\\evil.example",
        "//evil.example/%2e%2e/meetings",
        "/fr//evil.example",
    ],
)
def test_an_address_that_looks_like_a_host_leads_nowhere_else(path):
    """A slash is put at the end of an address, and the other language's twin is linked: neither may become a host."""
    assert_stays(Client().generic("GET", path))
