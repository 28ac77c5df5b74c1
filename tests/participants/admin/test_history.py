"""The change history: old and new, in words, as far as the reader may see."""

import pytest

from participants import services
from tests.participants.admin.conftest import LIST


def changes(browser, participant):
    """What the page lists as changed: (field, old, new), the latest first."""
    records = browser.get(f"{LIST}{participant.pk}/history/").context["page_obj"]
    return [(c["field"], c["old"], c["new"]) for record in records for c in getattr(record, "history_delta_changes", [])]


@pytest.fixture
def corrected(registration, secretariat):
    """Maeve Orrin's registration after two corrections."""
    services.correct_by_hand(participant=registration, changes={"function": "Superintendent", "is_first_timer": False}, by=secretariat)
    services.decline(participant=registration, by=secretariat, reason="No place.")
    return registration


def test_old_and_new_are_in_words(office, corrected):
    assert changes(office, corrected) == [
        ("Status", "Confirmed", "Declined"),
        ("Reason", "–", "No place."),
        ("Function", "Detective Inspector", "Superintendent"),
        ("First time", "yes", "no"),
    ]


def test_each_change_says_who_and_why(office, corrected):
    records = office.get(f"{LIST}{corrected.pk}/history/").context["page_obj"]

    assert [(str(record.history_user or ""), record.history_change_reason) for record in records] == [
        ("Secretariat", "No place."),
        ("Secretariat", "Corrected by the secretariat"),
        ("", ""),
    ]


def test_what_was_protected_is_only_said_to_have_changed(office, protected_registration, secretariat):
    services.correct_by_hand(
        participant=protected_registration, changes={"family_name": "Canary-Moss", "alias": "Expert L."}, by=secretariat
    )

    assert changes(office, protected_registration) == [
        ("Family name", "(not shown)", "(not shown)"),
        ("Alias", "Expert K.", "Expert L."),
    ]


def test_name_given_before_it_was_protected_is_masked_too(office, registration, secretariat):
    services.correct_by_hand(participant=registration, changes={"family_name": "Orrin-Moss"}, by=secretariat)
    services.correct_by_hand(participant=registration, changes={"is_protected": True}, by=secretariat)

    assert changes(office, registration) == [("Protected", "no", "yes"), ("Family name", "(not shown)", "(not shown)")]


def test_revealed_name_is_shown_in_its_history(office, protected_registration, secretariat):
    services.correct_by_hand(participant=protected_registration, changes={"family_name": "Canary-Moss"}, by=secretariat)
    office.post(f"{LIST}{protected_registration.pk}/reveal/", {"reason": "A complaint."})

    assert changes(office, protected_registration) == [("Family name", "Canary", "Canary-Moss")]


def test_auditor_reads_decisions_but_no_answers(client_of, auditor, corrected):
    assert changes(client_of(auditor), corrected) == [
        ("Status", "Confirmed", "Declined"),
        ("Reason", "(not shown)", "(not shown)"),
        ("Function", "(not shown)", "(not shown)"),
        ("First time", "(not shown)", "(not shown)"),
    ]


def test_typed_reasons_are_kept_from_those_who_only_look(client_of, auditor, corrected):
    assert "No place." not in client_of(auditor).get(f"{LIST}{corrected.pk}/history/").text


def test_old_version_cannot_be_put_back(office, corrected):
    version = corrected.history.last().pk

    assert office.post(f"{LIST}{corrected.pk}/history/{version}/", {"_save": "1"}).status_code in {302, 404}
    assert corrected.history.count() == 3


def test_history_of_nobody(office, meeting):
    assert office.get(f"{LIST}999/history/").status_code == 404


def test_queries_do_not_grow_with_the_changes(office, corrected, secretariat, django_assert_max_num_queries):
    for number in range(5):
        services.correct_by_hand(participant=corrected, changes={"function": f"Rank {number}"}, by=secretariat)

    with django_assert_max_num_queries(13):  # three of them keep the trace of this look
        office.get(f"{LIST}{corrected.pk}/history/")
