"""Sessions that nobody uses, or that have lasted too long, end and say so."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
ADMIN = "/admin/meetings/meeting/"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def minutes(n):
    return NOON + dt.timedelta(minutes=n)


@pytest.fixture
def office(clock, client_of, secretariat):
    return client_of(secretariat)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_after_half_an_hour_without_a_page_staff_are_signed_out_and_told_why(office, clock):
    clock.move_to(minutes(30))

    response = office.get(ADMIN, follow=True)

    assert response.redirect_chain == [(f"/accounts/login/?next={ADMIN}", 302)]
    assert messages_of(response) == ["You were signed out, because you did nothing here for 30 minutes."]
    assert "_auth_user_id" not in office.session


def test_a_page_in_between_keeps_the_session(office, clock):
    for n in (29, 58, 87):
        clock.move_to(minutes(n))
        assert office.get(ADMIN).status_code == 200


def test_the_old_cookie_is_dead_afterwards(office, clock, secretariat):
    cookie = office.cookies["__Host-sessionid"].value
    clock.move_to(minutes(31))
    office.get(ADMIN)

    assert not Session.objects.filter(session_key=cookie).exists()


def test_what_was_sent_too_late_is_said_to_be_lost(office, clock):
    clock.move_to(minutes(31))

    response = office.post("/admin/meetings/meeting/add/", {"year": "2030"}, follow=True)

    assert response.redirect_chain == [("/accounts/login/", 302)]
    assert messages_of(response)[0].endswith("What you sent was not saved.")


def test_twelve_hours_end_it_however_busy(office, clock):
    for n in range(0, 720, 20):
        clock.move_to(minutes(n))
        assert office.get(ADMIN).status_code == 200
    clock.move_to(minutes(720))

    assert messages_of(office.get(ADMIN, follow=True)) == ["You were signed out, as happens after 12 hours."]


def test_an_expert_may_think_for_hours(clock, client_of, expert):
    browser = client_of(expert)
    clock.move_to(minutes(700))

    assert browser.get("/my/").status_code == 200


def test_an_experts_session_ends_after_twelve_hours_too(clock, client_of, expert):
    browser = client_of(expert)
    clock.move_to(minutes(700))
    browser.get("/my/")
    clock.move_to(minutes(721))

    assert browser.get("/my/").headers["Location"] == "/accounts/login/?next=/my/"


def test_both_times_are_settings(office, clock, settings):
    settings.STAFF_IDLE_SECONDS = 60
    clock.move_to(minutes(1))

    assert messages_of(office.get(ADMIN, follow=True)) == ["You were signed out, because you did nothing here for 1 minute."]


def test_the_way_out_is_always_open(office, clock):
    clock.move_to(minutes(31))

    assert office.post("/accounts/logout/").headers["Location"] == "/accounts/signed-out/"


def writes_of(browser):
    with CaptureQueriesContext(connection) as queries:
        browser.get("/accounts/2fa/")
    return [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_activity_is_written_once_a_minute(office, clock):
    clock.move_to(minutes(1))
    first = writes_of(office)
    clock.shift(59)
    second = writes_of(office)
    clock.shift(1)
    third = writes_of(office)

    assert [bool(first), bool(second), bool(third)] == [True, False, True]
