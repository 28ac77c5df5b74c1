"""Every answer carries every header, whatever the outcome; tests/security/test_access.py looks at every address and role."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from accounts.limits import Rule
from meetings.models import Meeting
from pompidou import doors
from tests.security.headers import weaknesses
from tests.security.observatory import score

pytestmark = [pytest.mark.urls("tests.pompidou.demo_urls"), pytest.mark.django_db]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_unusual_methods(method, meeting):
    for path in ("/", "/meetings/strasbourg-2026/", "/accounts/login/", "/admin/", "/nowhere/", "/livez"):
        response = Client(raise_request_exception=False).generic(method, path, secure=True)

        assert weaknesses(response) == []
        assert response.status_code < 500


def test_the_list_that_leaves(client_of, secretariat, registration):
    browser = client_of(secretariat)
    answers = {"meeting": registration.meeting_id, "purpose": "full", "format": "csv", "separator": ",", "language": "en"}
    response = browser.post("/admin/participants/participant/export.csv", answers, secure=True)

    assert response.streaming
    assert weaknesses(response) == []


# --- answers that no view gives ---


def over_http(path="/", **options):
    return Client(raise_request_exception=False).get(path, **options)


def test_the_way_to_https_and_a_foreign_host(settings):
    """Both are answered before most of what adds headers."""
    settings.SECURE_SSL_REDIRECT = True

    moved, foreign = over_http(), over_http(HTTP_HOST="evil.example")

    assert (moved.status_code, foreign.status_code) == (301, 400)
    assert [weaknesses(response, over_https=False) for response in (moved, foreign)] == [[], []]


def test_a_foreign_host_over_https():
    response = over_http(HTTP_HOST="evil.example", secure=True)

    assert (response.status_code, weaknesses(response)) == (400, [])


def test_a_form_without_its_token():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", secure=True)

    assert (response.status_code, weaknesses(response)) == (403, [])


def test_one_try_too_many(monkeypatch):
    monkeypatch.setitem(doors.DOORS, "account_login", doors.Door(send=(Rule(1, 60, doors.NETWORK),)))
    responses = [Client().post("/accounts/login/", secure=True) for _try in range(2)]

    assert responses[-1].status_code == 429
    assert weaknesses(responses[-1]) == []


@pytest.mark.parametrize(("error", "status"), [(RuntimeError("broken"), 500), (OperationalError("locked"), 503)])
def test_a_fault_of_ours(monkeypatch, error, status):
    def fail(*args):
        raise error

    monkeypatch.setattr(type(Meeting.objects.all()), "published", fail)
    response = over_http("/meetings/", secure=True)

    assert (response.status_code, weaknesses(response)) == (status, [])


def test_too_much_and_too_many_fields():
    browser, form = Client(raise_request_exception=False), "application/x-www-form-urlencoded"
    bodies = ["login=" + "x" * 1_100_000, "&".join(f"a{n}=" for n in range(5_100))]
    answers = [browser.generic("POST", "/accounts/login/", body, form, secure=True) for body in bodies]

    assert [response.status_code for response in answers] == [400, 400]
    assert [weaknesses(response) for response in answers] == [[], []]


@pytest.mark.parametrize("conditions", [{}, {"HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_static_files(settings, tmp_path, conditions):
    """The web server's part, which comes before sessions and pages. Files may be kept: they hold nothing of anybody."""
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "site.css").write_text("p { margin: 0 }")

    response = Client().get("/static/site.css", secure=True, **conditions)

    response.close()
    assert response.status_code == (304 if conditions else 200)
    assert [weak for weak in weaknesses(response) if not weak.startswith("Cache-Control: max-age=")] == []
    assert "public" in response.headers["Cache-Control"]


# --- cookies and signing out ---


def test_cookies_bind_themselves_to_this_host(client, settings):
    response = client.get("/accounts/login/", secure=True)

    assert (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME) == ("__Host-sessionid", "__Host-csrftoken")
    [cookie] = response.cookies.values()
    found = {name: cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")}
    assert found == {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": ""}


def test_a_message_for_the_next_page_travels_in_no_cookie(client_of, expert):
    """It may name somebody, and a cookie of its own would be readable and not bound to this host."""
    response = client_of(expert).post("/my/strasbourg-2026/withdraw/", secure=True)

    assert response.status_code == 303
    assert list(response.cookies) == ["__Host-sessionid"]


@pytest.mark.parametrize("path", ["/accounts/logout/", "/admin/logout/", "/fr/accounts/logout/"])
def test_signing_out_clears_what_the_browser_kept(client_of, secretariat, path):
    response = client_of(secretariat).post(path, secure=True)

    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


# --- the score itself ---


def answer(**headers):
    return HttpResponse(headers={name.replace("_", "-"): value for name, value in headers.items()})


GOOD = {"Content_Security_Policy": "default-src 'none'; frame-ancestors 'none'", "Strict_Transport_Security": "max-age=63072000"}
GOOD |= {"X_Content_Type_Options": "nosniff", "Referrer_Policy": "same-origin"}


@pytest.mark.parametrize(
    ("headers", "points"),
    [
        ({}, 30),
        (GOOD, 120),
        ({**GOOD, "Content_Security_Policy": "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'"}, 80),
        ({**GOOD, "Content_Security_Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}, 110),
        ({**GOOD, "Strict_Transport_Security": "max-age=60"}, 110),
        ({**GOOD, "Referrer_Policy": "unsafe-url"}, 110),
        ({**GOOD, "Access_Control_Allow_Origin": "*"}, 50),
        ({**GOOD, "Cross_Origin_Opener_Policy": "same-origin"}, 130),
    ],
)
def test_the_score_follows_the_table(headers, points):
    assert score(answer(**headers)) == points


def test_a_session_cookie_that_scripts_can_read_costs_thirty():
    response = answer(**GOOD)
    response.set_cookie("sessionid", "x", secure=True, samesite="Lax")

    assert score(response) == 70
