"""What happened to an account is kept as a row for the auditor, beside its line in the log."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError

from accounts import security_log
from accounts.models import SecurityEvent
from tests.factories import UserFactory


@pytest.fixture
def request_of(rf):
    def make(user, **kwargs):
        request = rf.get("/")
        request.user = user
        request.resolver_match = SimpleNamespace(view_name="admin:participants_participant_reveal", kwargs=kwargs)
        return request

    return make


def rows():
    return list(SecurityEvent.objects.values_list("event", "by", "about", "facts"))


def test_an_event_of_an_account_is_a_row(db):
    clerk, expert = UserFactory(), UserFactory()

    security_log.record("role_change", by=clerk, about=expert, changed=["groups"])

    assert rows() == [("role_change", clerk.pk, expert.pk, {"changed": ["groups"]})]


def test_what_was_asked_for_is_kept_by_its_key(db, request_of):
    clerk = UserFactory()

    security_log.record("denied", request=request_of(clerk, participant_id=17), why="not allowed")

    assert rows() == [("denied", clerk.pk, None, {"page": "admin:participants_participant_reveal", "row": "17", "why": "not allowed"})]


def test_whoever_has_no_account_fills_no_table(db, request_of):
    security_log.record("denied", request=request_of(AnonymousUser()), why="form without its token")

    assert rows() == []


def test_other_events_are_lines_only(db):
    security_log.record("limited", per="address")

    assert rows() == []


def test_the_page_is_made_though_the_row_cannot_be_written(db, monkeypatch, caplog):
    monkeypatch.setattr(SecurityEvent.objects, "create", lambda **_: (_ for _ in ()).throw(OperationalError("locked")))

    security_log.record("sign_in", by=UserFactory())

    assert caplog.records[-1].message == "The event was not kept as a row: sign_in"
