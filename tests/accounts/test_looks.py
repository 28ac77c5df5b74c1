"""A look leaves a trace: once in ten minutes, never edited, and without one what is most sensitive stays closed."""

import datetime as dt

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import looks
from accounts.models import Look, SecurityEvent, Unchangeable
from tests.factories import UserFactory

KEY, REFERENCE = "participants.participant:17", "CYB26-H4KX7MP"


@pytest.fixture
def clerk(db):
    return UserFactory(staff=True)


@pytest.fixture
def request_of(clerk):
    request = RequestFactory().get("/")
    request.user = clerk
    return request


@pytest.fixture
def locked(monkeypatch):
    """The table of looks cannot be written."""

    def refuse(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Look.objects, "bulk_create", refuse)


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_a_look_says_who_saw_what_of_whom(request_of, clerk):
    looks.note(request_of, what="participant_page", key=KEY, reference=REFERENCE)

    assert list(Look.objects.values_list("by", "what", "key", "reference")) == [(clerk.pk, "participant_page", KEY, REFERENCE)]


def test_a_look_costs_one_statement(request_of):
    with CaptureQueriesContext(
        connection,
    ) as statements:
        looks.note_all(request_of, [("participant_page", KEY, REFERENCE), ("needs", KEY, REFERENCE)])

    assert [query["sql"].split()[0] for query in statements if "SAVEPOINT" not in query["sql"]] == ["INSERT"]


def test_the_same_page_opened_again_is_the_same_look(monkeypatch, request_of):
    for minutes in (0, 3, 9):
        at(monkeypatch, dt.datetime(2026, 11, 24, 10, minutes, tzinfo=dt.UTC))
        looks.note(request_of, what="participant_page", key=KEY, reference=REFERENCE)

    assert Look.objects.count() == 1


def test_ten_minutes_later_it_is_another(monkeypatch, request_of):
    for minutes in (9, 10):
        at(monkeypatch, dt.datetime(2026, 11, 24, 10, minutes, tzinfo=dt.UTC))
        looks.note(request_of, what="participant_page", key=KEY, reference=REFERENCE)

    assert Look.objects.count() == 2


def test_another_viewer_and_another_page_are_other_looks(request_of):
    looks.note(request_of, what="participant_page", key=KEY)
    looks.note(request_of, what="needs", key=KEY)
    request_of.user = UserFactory(staff=True)
    looks.note(request_of, what="participant_page", key=KEY)

    assert Look.objects.count() == 3


@pytest.mark.parametrize("what", ["participant_page", "history", "search", "message", "user_page"])
def test_a_page_opens_though_the_trace_cannot_be_written(request_of, locked, caplog, what):
    looks.note(request_of, what=what, key=KEY)

    assert [record.message for record in caplog.records] == [f"A look was not noted: {what} {KEY}"]


@pytest.mark.parametrize("what", ["protected_name", "needs", "journey", "passport"])
def test_the_most_sensitive_stays_closed_without_its_trace(request_of, locked, what):
    with pytest.raises(OperationalError):
        looks.note(request_of, what=what, key=KEY)


def test_a_trace_is_not_changed(request_of):
    looks.note(request_of, what="participant_page", key=KEY)
    look = Look.objects.get()

    for act in (
        look.save,
        look.delete,
        Look.objects.all().delete,
        lambda: Look.objects.update(key=""),
        lambda: Look.objects.bulk_update([], []),
    ):
        with pytest.raises(Unchangeable):
            act()


def test_a_trace_leaves_by_its_door_alone(request_of):
    looks.note(request_of, what="participant_page", key=KEY)
    looks.note(request_of, what="participant_page", key="participants.participant:18")

    assert Look.objects.about(KEY).let_go() == 1
    assert list(Look.objects.values_list("key", flat=True)) == ["participants.participant:18"]


def test_rows_of_a_deleted_account_stay_without_saying_whose_they_were(db):
    expert = UserFactory()
    SecurityEvent.objects.create(event="sign_in", by=expert, about=expert)

    expert.delete()

    assert list(SecurityEvent.objects.values_list("event", "by", "about")) == [("sign_in", None, None)]
