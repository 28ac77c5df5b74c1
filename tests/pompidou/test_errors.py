"""Pages for what went wrong."""

import logging

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from pompidou.urls import handler400, handler403, handler404, handler500
from pompidou.urls import urlpatterns as site
from tests.pompidou.test_log_lines import lines, written

__all__ = ["handler400", "handler403", "handler404", "handler500", "written"]


def fails(request):
    raise RuntimeError("secret detail")


def waits(request):
    raise OperationalError("database is locked")


def suspects(request):
    raise SuspiciousOperation("secret detail")


def takes_a_form(request):
    return HttpResponse("taken")


urlpatterns = [path("fails/", fails), path("waits/", waits), path("suspects/", suspects), path("form/", takes_a_form), *site]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor():
    """A browser that shows the page instead of raising."""
    return Client(raise_request_exception=False)


def test_a_fault_of_ours_is_told_without_its_detail(visitor):
    response = visitor.get("/fails/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "secret detail" not in response.content.decode()


def test_the_number_on_the_page_is_in_the_log(visitor, caplog):
    with caplog.at_level(logging.ERROR, logger="pompidou.errors"):
        html = visitor.get("/fails/").content.decode()

    [line] = [record.getMessage() for record in caplog.records if record.name == "pompidou.errors"]
    assert f"<strong>{line.rpartition(' ')[2]}</strong>" in html


def test_a_database_that_does_not_answer_is_busy_not_broken(visitor):
    response = visitor.get("/waits/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "The site is busy" in response.content.decode()


def test_a_request_no_browser_sends_is_answered_in_the_frame(visitor):
    response = visitor.get("/suspects/")

    assert response.status_code == 400
    assert "We did not understand that" in response.content.decode()
    assert 'class="pg-footer"' in response.content.decode()


def test_a_form_without_its_token_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/form/")

    assert response.status_code == 403
    assert "Please send the form again" in response.content.decode()
    assert "<title>Error: " in response.content.decode()


def test_an_unknown_page_shows_where_to_go(visitor):
    response = visitor.get("/nowhere/")

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()
    assert "/accounts/login/code/" in response.content.decode()


def test_a_page_for_others_names_the_account(client_of, stranger):
    response = client_of(stranger).get("/admin/", follow=True)

    assert response.status_code == 403
    assert "You are signed in as Stranger" in response.content.decode()


@pytest.mark.parametrize(("address", "status"), [("/form/", 400), ("/nowhere/", 404)])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=" + "x" * 300, "multipart/form-data"])
def test_a_form_that_cannot_be_read_is_no_fault_of_ours(address, status, kind):
    browser, token = Client(enforce_csrf_checks=True, raise_request_exception=False), "a" * 32
    browser.cookies[settings.CSRF_COOKIE_NAME] = token

    response = browser.post(address, data=b"a=b", content_type=kind, headers={"X-CSRFToken": token})

    assert response.status_code == status
    assert 'class="pg-footer"' in response.content.decode()


def told(written):
    """What the security log says of refusals: page, reason and who."""
    return [(line["page"], line["why"], line["by"]) for line in lines(written) if line.get("event") == "denied"]


def test_a_page_that_is_not_for_somebody_is_in_the_security_log(client_of, stranger, written):
    client_of(stranger).get("/admin/", follow=True)

    assert told(written) == [("admin:login", "not allowed", stranger.pk)]


def test_a_form_without_its_token_is_in_the_security_log(written):
    Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "livia.canary@polizia.example"})

    assert told(written) == [("account_login", "form without its token", None)]
