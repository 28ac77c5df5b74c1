"""The board "Who comes": what was asked of whom, and what came of it."""

import csv
import datetime as dt
import io
import re

import pytest
from django.utils import timezone

from delegations.models import Body, Country, CountryStatus
from meetings.audiences import Category
from participants import board
from participants.models import ExportRecord
from tests.factories import (
    BodyFactory,
    CorrespondentFactory,
    CountryFactory,
    InvitationFactory,
    NominationFactory,
    ParticipantFactory,
)

BOARD = "/admin/delegations/invitation/board/"
MEMBERS = ("AT", "BE", "BG", "CH", "CY", "CZ", "EE", "FI")


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def lines(meeting):
    return {line.name: line for line in board.lines_of(meeting, at=timezone.now())}


def numbers(line):
    return (line.quota, line.nominated, line.registered, line.confirmed)


def test_a_country_with_its_quota_and_who_came_of_it(meeting):
    ireland = InvitationFactory(meeting=meeting, nominates=True, quota=4)
    NominationFactory.create_batch(3, invitation=ireland)
    NominationFactory(invitation=ireland, withdrawn=True)
    for state in ("confirmed", "pending", "waitlisted", "withdrawn", "declined", "unconfirmed"):
        ParticipantFactory(meeting=meeting, **{state: True})

    assert numbers(lines(meeting)["Ireland"]) == (4, 3, 3, 1)


def test_of_a_country_only_its_authorities_count_and_protected_people_count(meeting):
    ParticipantFactory(meeting=meeting, protected=True)
    ParticipantFactory(meeting=meeting, category=Category.PRIVATE_SECTOR)
    ParticipantFactory(meeting=meeting, category=Category.HOST)

    assert numbers(lines(meeting)["Ireland"]) == (None, 0, 2, 2)


def test_an_organisation_counts_those_it_sends(meeting):
    body = BodyFactory(contact_email="office@ieo.example")
    InvitationFactory(meeting=meeting, to_body=True, body=body, sent=True, quota=2)
    ParticipantFactory(meeting=meeting, body=body, category=Category.INTERNATIONAL_ORGANISATION)

    line = lines(meeting)[str(body)]

    assert (line.group, numbers(line), line.can_be_written_to) == ("bodies", (2, 0, 1, 1), True)


def test_a_person_is_known_by_the_address(meeting):
    invitation = InvitationFactory(meeting=meeting, to_person=True, nominates=True, family_name="Marchetti")
    ParticipantFactory(meeting=meeting, email=invitation.email, category=Category.PRIVATE_SECTOR)

    assert numbers(lines(meeting)["Odile Marchetti"]) == (1, 0, 1, 1)


def test_every_member_and_observer_is_there_invited_or_not(meeting):
    every = board.lines_of(meeting, at=timezone.now())
    members = set(Country.objects.members(meeting.starts_on).values_list("pk", flat=True))

    assert {line.country for line in every if line.group == "members"} == members
    assert not any(line.is_invited for line in every)
    assert {line.group for line in every} == {"members", "observers", "bodies"}


def test_another_country_is_there_once_somebody_comes(meeting):
    ParticipantFactory(meeting=meeting, country=CountryFactory(code="DE"), category=Category.OTHER_STATE)

    assert lines(meeting)["Germany"].group == "others"


@pytest.mark.parametrize(
    ("traits", "shown"),
    [
        ({"sent": True}, {"silent", "nobody"}),
        ({"sent": True, "deadline": dt.date(2020, 1, 1)}, {"silent", "late", "nobody"}),
        ({"regrets": True}, {"regrets", "nobody"}),
        ({"nominates": True}, {"promised", "nobody"}),
        ({}, {"uninvited", "nobody"}),
        ({"withdrawn": True}, {"uninvited", "nobody"}),
    ],
)
def test_what_a_line_is_shown_under(meeting, traits, shown):
    CorrespondentFactory()
    InvitationFactory(meeting=meeting, **traits)

    line = lines(meeting)["Ireland"]

    assert {key for key in board.SHOWN if line.shows(key)} == shown


def test_who_nominated_is_not_silent_and_who_has_no_correspondent_is_named(meeting):
    line = NominationFactory(invitation=InvitationFactory(meeting=meeting, sent=True)) and lines(meeting)["Ireland"]

    assert (line.is_silent, line.shows("unreachable")) == (False, True)


def test_chips_count_what_they_would_show(meeting):
    InvitationFactory(meeting=meeting, sent=True)
    InvitationFactory(meeting=meeting, to_person=True, sent=True)
    every = board.lines_of(meeting, at=timezone.now())

    groups, shown = board.options(every, group="members", shown="silent")

    assert {key: number for key, number in groups.items() if number} == {"": 2, "members": 1, "people": 1}
    assert shown["silent"] == len(board.filtered(every, group="members", shown="silent")) == 1
    assert shown[""] == len(board.filtered(every, group="members"))


# --- the page ---


def test_the_page_shows_the_coming_meeting_and_its_chips(office, meeting, past_meeting):
    InvitationFactory(meeting=meeting, sent=True)

    response = office.get(f"{BOARD}?group=members&show=silent")

    assert [row.line.name for row in response.context["rows"]] == ["Ireland"]
    assert response.context["meeting"] == meeting
    assert [chip.label for chip in response.context["groups"] if chip.is_chosen] == ["Members"]


def test_the_button_counts_only_drafts_that_can_go(office, meeting):
    """One can go; one has nobody to read it, one is past its deadline, one is sent."""
    for code, traits in (("AT", {}), ("CY", {"deadline": dt.date(2020, 1, 1)}), ("EE", {"sent": True})):
        CorrespondentFactory(country=CountryFactory(code=code))
        InvitationFactory(meeting=meeting, country=CountryFactory(code=code), **traits)
    InvitationFactory(meeting=meeting, country=CountryFactory(code="BE"))

    response = office.get(f"{BOARD}?meeting={meeting.pk}")

    assert re.findall(r"Send \d+ drafts?", response.content.decode()) == ["Send 1 draft"]


def test_an_unknown_filter_asks_for_nothing(office, meeting):
    response = office.get(f"{BOARD}?group=emperors&show=nonsense&meeting=x")

    assert len(response.context["rows"]) == len(board.lines_of(meeting, at=timezone.now()))


def test_numbers_lead_to_lists_that_show_as_many(office, meeting):
    InvitationFactory(meeting=meeting, sent=True)
    ParticipantFactory.create_batch(2, meeting=meeting)
    ParticipantFactory(meeting=meeting, pending=True)
    ParticipantFactory(meeting=meeting, category=Category.PRIVATE_SECTOR)

    row = next(row for row in office.get(BOARD).context["rows"] if row.line.name == "Ireland")
    lists = [office.get(address).context["cl"].result_count for address in (row.registered, row.confirmed)]

    assert (lists, row.line.registered, row.line.confirmed) == ([3, 2], 3, 2)


def test_no_name_of_a_participant_is_on_the_board(office, meeting):
    ParticipantFactory(meeting=meeting, family_name="Orrin", protected=True)

    assert "Orrin" not in office.get(BOARD).content.decode()


@pytest.mark.parametrize("reader", ["host_liaison", "desk", "rapporteur"])
def test_the_board_is_not_for_everybody(client_of, request, meeting, reader):
    assert client_of(request.getfixturevalue(reader)).get(BOARD).status_code == 403


def crowd(meeting, countries, each):
    """So many countries with an invitation, and so many people of each."""
    for number in range(countries):
        country = CountryFactory(code=f"{chr(65 + number // 10)}{number % 10}")
        CountryStatus.objects.create(country=country, status="member", starts_on=dt.date(1990, 1, 1))
        CorrespondentFactory(country=country)
        invitation = InvitationFactory(meeting=meeting, country=country, sent=True, number=number + 1)
        NominationFactory(invitation=invitation)
        ParticipantFactory.create_batch(each, meeting=meeting, country=country, user=None)


@pytest.mark.parametrize(("countries", "each"), [(3, 1), (60, 8)])
def test_at_most_twelve_queries_however_many(office, meeting, countries, each, django_assert_max_num_queries):
    crowd(meeting, countries, each)
    for number in range(10):
        InvitationFactory(meeting=meeting, to_person=True, sent=True, number=100 + number)
    office.get(BOARD)

    with django_assert_max_num_queries(12):
        response = office.get(BOARD)

    assert response.context["totals"].registered == countries * each


# --- the file ---


def file_of(browser, query=""):
    response = browser.post(f"{BOARD}export.csv{query}")
    return response, list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_holds_the_lines_shown(office, meeting):
    InvitationFactory(meeting=meeting, sent=True, number=12, deadline=dt.date(2031, 9, 1))

    response, rows = file_of(office, "?show=silent")

    assert rows == [
        ["Group", "Invited", "Reference", "Status", "Reply", "Deadline", "Places", "Reimbursed", "Nominated", "Registered", "Confirmed"],
        ["Members", "Ireland", "P-PG/Cyber (2026) Inv 12", "Sent", "", "2031-09-01", "2", "1", "0", "0", "0"],
    ]
    assert response.headers["Content-Disposition"].startswith('attachment; filename="who-comes-strasbourg-2026-')


def test_the_ledger_keeps_who_took_it(office, secretariat, meeting):
    InvitationFactory(meeting=meeting, sent=True)

    file_of(office, "?group=members&show=silent")

    record = ExportRecord.objects.get()
    assert (record.made_by, record.meeting, record.purpose, record.rows) == (secretariat, meeting, "invitations", 1)
    assert record.filters == {"group": "Members", "show": "Silent"}


def test_a_name_that_a_spreadsheet_would_run_is_text(office, meeting):
    InvitationFactory(meeting=meeting, to_person=True, sent=True, given_name="=1+1", family_name="X")

    _, rows = file_of(office, "?group=people")

    assert rows[1][1] == "'=1+1 X"


def test_the_file_asks_for_fresh_proof(office, meeting, settings):
    settings.FRESH_SIGN_IN_SECONDS = 0

    response = office.post(f"{BOARD}export.csv")

    assert (response.status_code, "/accounts/" in response.headers["Location"]) == (302, True)
    assert not ExportRecord.objects.exists()


def test_an_auditor_sees_the_board_and_takes_no_file(client_of, auditor, meeting):
    browser = client_of(auditor)

    assert (browser.get(BOARD).status_code, browser.post(f"{BOARD}export.csv").status_code) == (200, 403)


def test_an_organisation_is_reached_through_its_correspondent_or_its_contact(meeting):
    codes = ("spoken-for", "written-to", "neither")
    spoken_for, written_to, neither = (BodyFactory(code=code, name_en=code, acronym_en="") for code in codes)
    Body.objects.filter(pk=written_to.pk).update(contact_email="office@ieo.example")
    CorrespondentFactory(of_body=True, body=spoken_for)

    found = lines(meeting)

    assert [found[str(body)].can_be_written_to for body in (spoken_for, written_to, neither)] == [True, True, False]
