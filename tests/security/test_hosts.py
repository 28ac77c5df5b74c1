"""What a client says of itself, of its proxy and of our name is not believed, unless the configuration says so."""

import re
import runpy

import pytest
from django.test import Client, RequestFactory
from gunicorn.config import Config

from accounts.networks import UNKNOWN, network_of
from correspondence import kinds
from correspondence.models import Message
from correspondence.wording import wording_of
from tests.factories import InvitationFactory
from tests.participants.conftest import last_link, typed
from tests.project import source

__all__ = ["last_link", "typed"]

HOST = "meetings.example.org"
BASE_URL = f"https://{HOST}"
EVIL = "evil.example"
SPOOFED = [
    {"HTTP_X_FORWARDED_FOR": "203.0.113.66"},
    {"HTTP_X_FORWARDED_FOR": "203.0.113.66, 203.0.113.67"},
    {"HTTP_FORWARDED": "for=203.0.113.66;host=evil.example;proto=http"},
    {"HTTP_X_REAL_IP": "203.0.113.66"},
    {"HTTP_CLIENT_IP": "203.0.113.66"},
    {"HTTP_TRUE_CLIENT_IP": "203.0.113.66"},
    {"HTTP_CF_CONNECTING_IP": "203.0.113.66"},
]
LINK = re.compile(r"[a-z]+://\S+")


@pytest.fixture
def production(settings):
    """The site under its own name, over https, with no proxy that is trusted."""
    settings.BASE_URL = BASE_URL
    settings.ALLOWED_HOSTS = [HOST]
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    settings.SECURE_PROXY_SSL_HEADER = None
    return settings


def come(path="/", **extra):
    return Client(SERVER_NAME=HOST, raise_request_exception=False).get(path, secure=extra.pop("secure", True), **extra)


# --- who asks ---


@pytest.mark.parametrize("headers", SPOOFED)
def test_the_network_is_the_one_that_connects(production, headers):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", **headers)) == "192.0.2.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.66, 198.51.100.1", "198.51.100.1"),  # the client's own word stands to the left
        (2, "203.0.113.66, 198.51.100.1, 192.0.2.9", "198.51.100.1"),
        (2, "198.51.100.1", UNKNOWN),  # it did not come by way of both
        (1, "nonsense", UNKNOWN),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_a_trusted_proxy_says_where_a_request_came_from(production, proxies, forwarded, network):
    production.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert network_of(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)) == network


@pytest.mark.parametrize("headers", SPOOFED[:3])
def test_another_word_each_time_does_not_open_the_door_again(production, db, headers):
    address = {"login": "maeve@police.example", "password": "wrong"}
    name, value = next(iter(headers.items()))
    answers = [
        Client(SERVER_NAME=HOST, **{name: value.replace("66", str(number))}).post("/accounts/login/", address, secure=True).status_code
        for number in range(6)
    ]

    assert answers == [200] * 5 + [429]


def test_the_web_server_drops_headers_that_pass_for_others():
    """X_Forwarded_For with underscores would reach the program under the same name as the real one."""
    configured = runpy.run_path(str(source.ROOT / "gunicorn.conf.py"))

    assert configured.get("header_map", Config().settings["header_map"].get()) == "drop"
    assert configured["secure_scheme_headers"] == {}  # https is what SECURE_PROXY_SSL_HEADER says, and nothing else
    assert Config().settings["forwarder_headers"].validator(configured["forwarder_headers"]) == []  # not from a proxy either


# --- by which scheme ---


@pytest.mark.parametrize(
    "headers", [{"HTTP_X_FORWARDED_PROTO": "https"}, {"HTTP_X_FORWARDED_SSL": "on"}, {"HTTP_FORWARDED": "proto=https"}]
)
def test_nobody_calls_plain_http_secure(production, db, headers):
    response = come(secure=False, **headers)

    assert (response.status_code, response.headers["Location"]) == (301, f"{BASE_URL}/")


def test_a_trusted_proxy_says_that_a_request_came_by_https(production, db):
    production.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert come(secure=False, HTTP_X_FORWARDED_PROTO="https").status_code == 200
    assert come(secure=False, HTTP_X_FORWARDED_PROTO="http").status_code == 301


# --- by which name ---


@pytest.mark.parametrize(
    "host",
    [
        EVIL,
        f"{HOST}.{EVIL}",
        f"{EVIL}:443",
        f"{HOST}@{EVIL}",
        f"{HOST}:80@{EVIL}",
        f"{HOST}/{EVIL}",
        f"{HOST}, {EVIL}",
        f"{HOST}#{EVIL}",
        f"{HOST} {EVIL}",
        f"{HOST}\t",
        f"x{HOST}",
        "127.0.0.1",
        "localhost",
        "[::1]",
    ],
)
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nowhere/", "/admin/"])
def test_a_foreign_name_is_refused(production, db, host, path):
    response = come(path, HTTP_HOST=host)

    assert response.status_code == 400
    assert EVIL not in response.content.decode()


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_X_HOST", "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL", "HTTP_FORWARDED"])
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nowhere/"])
def test_another_name_beside_the_host_is_not_read(production, db, header, path):
    response = come(path, **{header: f"host={EVIL}" if header == "HTTP_FORWARDED" else EVIL})

    assert response.status_code == (404 if path == "/nowhere/" else 200)
    assert EVIL not in response.content.decode() + str(response.headers)


def test_the_way_to_https_leads_to_our_own_name(production, db):
    response = come("/meetings/", secure=False, HTTP_X_FORWARDED_HOST=EVIL)

    assert response.headers["Location"] == f"{BASE_URL}/meetings/"


# --- links in mails ---


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("key", [kind.key for kind in kinds.with_templates()])
def test_links_in_every_mail_start_with_the_configured_name(production, registration, key, language):
    kind = kinds.get(key)
    InvitationFactory()
    values = kind.sample(language)
    if values is None:
        pytest.fail(f"{key} has no sample, so nothing is shown")

    subject, body = (kinds.fill(text, values) for text in wording_of(key, language))

    assert [link for link in LINK.findall(f"{subject} {body}") if not link.startswith(f"{BASE_URL}/")] == []


def test_links_in_mails_do_not_follow_the_request(production, meeting, expert, typed):
    """Asked for under another name of the site, with every header that names a host."""
    production.ALLOWED_HOSTS = [HOST, "other.example.org"]
    headers = {"HTTP_HOST": "other.example.org", "HTTP_X_FORWARDED_HOST": EVIL, "HTTP_ORIGIN": "https://other.example.org"}
    forms = [
        ("/accounts/login/code/", {"email": expert.email}),
        ("/accounts/login/code/", {"email": "unknown@police.example"}),
        ("/accounts/password/reset/", {"email": expert.email}),
        ("/meetings/strasbourg-2026/register/", typed(step="send")),
        ("/meetings/strasbourg-2026/register/", typed(step="send", email=expert.email)),
    ]

    for path, data in forms:
        assert Client().post(path, data, secure=True, **headers).status_code in {302, 303}

    bodies = list(Message.objects.values_list("body", flat=True))
    assert len(bodies) == len(forms)
    links = [link for body in bodies for link in LINK.findall(body)]
    assert len(links) >= 4
    assert [link for link in links if not link.startswith(f"{BASE_URL}/")] == []
