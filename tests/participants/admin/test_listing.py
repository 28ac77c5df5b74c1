"""The list: search, order, columns, what it costs, and what it hands to the export."""

import datetime as dt

import pytest
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.audiences import Category
from participants.admin import listing
from participants.models import Participant
from tests.factories import CountryFactory
from tests.participants.admin.conftest import LIST, ask


@pytest.mark.parametrize("words", ["ni bhriain", "NÍ BHRIAIN", "bhriain siobhan", "siobhan@garda", "o'connor", "o’connor"])
def test_search_leaves_accents_case_and_order_aside(person, shown, words):
    person("Ní Bhriain-O'Connor", given_name="Siobhán", email="siobhan@garda.example")
    person("Brandt")

    assert shown(f"q={words}") == ["Siobhán Ní Bhriain-O'Connor"]


def test_search_finds_a_reference(person, shown):
    sought = person("Sought")
    person("Other")

    assert shown(f"q={sought.reference.lower()}") == ["Sought"]


@pytest.mark.parametrize("words", ["canary", "CANÁRY", "livia.canary@polizia.example", "undercover"])
def test_protected_people_are_found_by_real_name_by_nobody(protected_registration, shown, words):
    assert shown(f"q={words}") == []


def test_an_address_finds_nobody_for_those_who_do_not_see_addresses(registration, shown, client_of, desk):
    assert shown(f"q={registration.email}", client_of(desk)) == []


def test_protected_people_are_found_by_their_alias(protected_registration, shown, client_of, auditor):
    assert shown("q=expert k", client_of(auditor)) == ["Expert K."]


def test_search_that_finds_very_many_is_the_same(person, shown, monkeypatch):
    monkeypatch.setattr("participants.admin.filters.MOST_FOUND", 1)
    for name in ("Zorrin", "Zorlov", "Brandt"):
        person(name)

    assert shown("q=zor") == ["Zorlov", "Zorrin"]


def test_names_are_in_order_with_accents_aside(person, shown):
    for name in ("Zeller", "Ångström", "Ó Briain", "adams", "Orrin"):
        person(name)

    assert shown() == ["adams", "Ångström", "Ó Briain", "Orrin", "Zeller"]


def test_order_does_not_tell_a_protected_name(person, shown):
    person("Aalto")
    person("Zuse")
    person("Moreno", is_protected=True, alias="")

    assert shown() == ["Representative", "Aalto", "Zuse"]


def test_waiting_list_is_in_the_order_of_the_line(person, shown):
    now = timezone.now()
    person("Merchant", waitlisted=True, category=Category.PRIVATE_SECTOR, registered_at=now - dt.timedelta(days=3))
    person("Second", waitlisted=True, registered_at=now - dt.timedelta(days=1))
    person("First", waitlisted=True, registered_at=now - dt.timedelta(days=2))

    assert shown("state__exact=waitlisted") == ["First", "Second", "Merchant"]


def test_those_who_wait_longest_for_a_decision_come_first(person, shown):
    now = timezone.now()
    person("Today", pending=True, registered_at=now)
    person("Last week", pending=True, registered_at=now - dt.timedelta(days=7))

    assert shown("state__exact=pending") == ["Last week", "Today"]


@pytest.mark.parametrize("column", range(1, 8))
def test_columns_can_be_sorted(person, shown, column):
    person("Adams")
    person("Zeller")

    assert sorted(shown(f"o=-{column}")) == ["Adams", "Zeller"]


def test_row_shows_eight_columns_at_most(office, person):
    person("Orrin", given_name="Maeve", country=CountryFactory(code="IE"))

    page = office.get(f"{LIST}?meeting__id__exact=all")

    assert page.context["cl"].list_display == [
        "action_checkbox",
        *("person", "from_where", "sector_name", "category_name", "status", "registered", "reference", "meeting_name"),
    ]


def test_meeting_is_no_column_when_it_is_the_same_in_all_rows(office, person):
    person("Orrin")

    assert "meeting_name" not in office.get(LIST).context["cl"].list_display


@pytest.mark.parametrize(
    "query", ["", "q=person", "family=law_enforcement&membership=member", "meeting__id__exact=all&state__exact=confirmed"]
)
def test_queries_do_not_grow_with_the_rows(office, person, query):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            office.get(f"{LIST}?{query}")
        return len(captured)

    office.get(LIST)  # content types are read once per process
    person("Person 1", country=CountryFactory(code="IE"))
    one = queries()
    person("Person 2", country=CountryFactory(code="DE"))
    person("Person 3", country=CountryFactory(code="PT"))

    assert queries() == one
    assert one <= (21 if query.startswith("q=") else 18)  # of a search that finds few a trace is kept: three statements


def test_counts_of_a_long_list_are_kept_some_seconds(office, person, monkeypatch):
    monkeypatch.setattr(listing, "LONG_LIST", 1)
    person("One")
    before = office.get(LIST).context["cl"].states.options[0].people
    person("Two")

    assert (before, office.get(LIST).context["cl"].states.options[0].people) == (1, 1)


def test_each_chosen_filter_can_be_taken_away(office, person):
    person("Orrin", pending=True)

    cl = office.get(f"{LIST}?family=law_enforcement&q=orrin&state__exact=pending").context["cl"]

    assert [(choice.chosen, choice.address_without) for choice in cl.set_choices] == [
        ("Awaiting approval", "?family=law_enforcement&q=orrin"),
        ("Law enforcement", "?q=orrin&state__exact=pending"),
    ]
    assert cl.address_without_search == "?family=law_enforcement&state__exact=pending"


def test_empty_list_says_what_to_do(office, meeting):
    assert "Registrations appear here once people have confirmed their address." in office.get(LIST).text


def test_list_without_a_match_offers_everybody(office, person):
    person("Orrin")

    assert "Take a filter away, or show everybody." in office.get(f"{LIST}?q=nobody").text


def test_export_button_carries_the_filters(office, person):
    person("Orrin")

    assert f'href="{LIST}export.csv?family=law_enforcement"' in office.get(f"{LIST}?family=law_enforcement").text


def test_export_button_is_there_for_those_who_may(client_of, desk, person):
    person("Orrin")

    assert "export.csv" not in client_of(desk).get(LIST).text


def test_filtered_queryset_is_what_the_filters_show_on_all_pages(secretariat, person, monkeypatch):
    office = admin.site._registry[Participant]
    monkeypatch.setattr(office, "list_per_page", 2)
    for name in ("A", "B", "C"):
        person(name, pending=True)
    person("D")

    rows = office.filtered_queryset(ask(secretariat, "state__exact=pending"))

    assert sorted(rows.values_list("family_name", flat=True)) == ["A", "B", "C"]


def test_filter_that_is_not_known_exports_nobody(secretariat, person):
    with pytest.raises(BadRequest):
        admin.site._registry[Participant].filtered_queryset(ask(secretariat, "state__exact=nonsense"))


def test_filter_summary_says_what_is_shown(secretariat, person):
    person("Orrin")

    summary = admin.site._registry[Participant].filter_summary(ask(secretariat, "family=law_enforcement&q=orrin"))

    assert summary == {
        "Meeting": "Strasbourg 2026",
        "Status": "All but those whose address is not confirmed",
        "Family of sectors": "Law enforcement",
        "Search": "orrin",
    }
