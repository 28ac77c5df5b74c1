"""Each page about one person leaves a trace of who opened it; lists do not, but a search that finds few does."""

import pytest
from django.db import OperationalError

from accounts.models import Look
from participants.admin.listing import FEW
from participants.models import Journey, Needs
from tests.factories import MessageFactory
from tests.participants.admin.conftest import LIST


@pytest.fixture
def seen():
    """What was seen of whom, in the order of the looks."""
    return lambda: list(Look.objects.order_by("pk").values_list("what", "reference"))


def test_a_persons_page(office, registration, seen):
    office.get(f"{LIST}{registration.pk}/change/")

    assert seen() == [("participant_page", registration.reference)]


def test_a_page_with_a_journey(office, registration, seen):
    Journey.objects.create(participant=registration, hotel="Orangers")

    office.get(f"{LIST}{registration.pk}/change/")

    assert seen() == [("participant_page", registration.reference), ("journey", registration.reference)]


def test_a_page_with_needs(office, registration, seen):
    Needs.objects.create(participant=registration, diet="vegan")

    office.get(f"{LIST}{registration.pk}/change/")

    assert seen() == [("participant_page", registration.reference), ("needs", registration.reference)]


def test_needs_that_are_not_shown_are_not_noted(client_of, auditor, registration, seen):
    Needs.objects.create(participant=registration, diet="vegan")

    client_of(auditor).get(f"{LIST}{registration.pk}/change/")

    assert seen() == [("participant_page", registration.reference)]


def test_a_form_sent_back_with_errors_was_seen_too(office, registration, seen):
    office.post(f"{LIST}{registration.pk}/change/", {"family_name": ""})

    assert seen() == [("participant_page", registration.reference)]


def test_a_masked_page_is_an_ordinary_look(office, protected_registration, seen):
    office.get(f"{LIST}{protected_registration.pk}/change/")

    assert seen() == [("participant_page", protected_registration.reference)]


def test_a_page_with_a_protected_name(office, protected_registration, seen):
    office.post(f"{LIST}{protected_registration.pk}/reveal/", {"reason": "The police of the host asked."})
    office.get(f"{LIST}{protected_registration.pk}/change/")

    assert seen() == [("protected_name", protected_registration.reference)]


def test_needs_are_not_shown_when_the_look_cannot_be_noted(office, registration, monkeypatch):
    Needs.objects.create(participant=registration, diet="vegan")

    def refuse(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Look.objects, "bulk_create", refuse)
    office.raise_request_exception = False

    assert office.get(f"{LIST}{registration.pk}/change/").status_code == 503


def test_the_change_history(office, registration, seen):
    office.get(f"{LIST}{registration.pk}/history/")

    assert seen() == [("history", registration.reference)]


def test_whoever_may_not_see_the_history_left_no_look(client_of, desk, registration, seen):
    assert client_of(desk).get(f"{LIST}{registration.pk}/history/").status_code == 403
    assert seen() == []


def test_the_list_is_not_noted(office, registration, seen):
    office.get(LIST)

    assert seen() == []


def test_a_search_that_finds_few(office, registration, person, seen):
    person("Brandt")

    office.get(f"{LIST}?q=orrin")

    assert seen() == [("search", registration.reference)]


def test_a_search_that_finds_more_is_a_list(office, person, seen):
    for number in range(FEW + 1):
        person(f"Orrin{number}")

    office.get(f"{LIST}?q=orrin")

    assert seen() == []


def test_what_was_typed_is_not_kept(office, registration):
    office.get(f"{LIST}?q=orrin")

    assert "orrin" not in str(Look.objects.values()).lower()


def test_a_mail(office, registration, seen):
    message = MessageFactory(reference=registration.reference)

    office.get(f"/admin/correspondence/message/{message.pk}/change/")

    assert seen() == [("message", registration.reference)]


def test_a_mail_whose_address_is_hidden_shows_nobody(office, protected_registration, seen):
    message = MessageFactory(reference=protected_registration.reference, hides_address=True)

    office.get(f"/admin/correspondence/message/{message.pk}/change/")

    assert seen() == []


def test_an_account(office, auditor):
    office.get(f"/admin/accounts/user/{auditor.pk}/change/")

    assert list(Look.objects.values_list("what", "key")) == [("user_page", f"accounts.user:{auditor.pk}")]
