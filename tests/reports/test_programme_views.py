"""The programme as a page and as a calendar file: who sees what of a closed session."""

import re

import pytest
from icalendar import Calendar

from meetings.audiences import Family
from participants.models import Participant
from tests.factories import MeetingFactory, ParticipantFactory, SectorFactory, SessionFactory

pytestmark = pytest.mark.django_db

PAGE, FILE = "/meetings/strasbourg-2026/programme/", "/meetings/strasbourg-2026/programme.ics"


@pytest.fixture
def closed_session(meeting):
    return SessionFactory(
        meeting=meeting,
        kind="closed",
        title_en="Lessons of AlphaBay",
        title_fr="Les leçons d’AlphaBay",
        abstract_en="Canary abstract",
        speakers="Canary speaker",
        families=[Family.LAW_ENFORCEMENT],
    )


def titles(response):
    return re.findall(r"<h3>([^<]+)</h3>", response.text)


def summaries(response):
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).events]


def test_programme_names_the_clock(client, meeting):
    SessionFactory(meeting=meeting)

    response = client.get(PAGE)

    assert "Times are on the venue’s clock: Strasbourg time." in response.text
    assert re.findall(r'pg-day-clock">(Strasbourg time, UTC\+[12])<', response.text) != []


def test_programme_without_sessions_says_what_will_be_here(client, meeting):
    response = client.get(PAGE)

    assert (response.status_code, "The programme is not ready yet" in response.text) == (200, True)


def test_visitor_reads_that_a_session_is_closed_and_nothing_of_it(client, closed_session):
    page, file = client.get(PAGE), client.get(FILE)

    assert (titles(page), summaries(file)) == (["Closed session"], ["Closed session"])
    assert ["Canary" in response.text for response in (page, file)] == [False, False]


def test_participant_of_the_family_reads_it(client_of, expert, closed_session):
    page, file = client_of(expert).get(PAGE), client_of(expert).get(FILE)

    assert (titles(page), summaries(file)) == (["Lessons of AlphaBay"], ["Lessons of AlphaBay"])
    assert "You see closed sessions" in page.text


@pytest.mark.parametrize("state", [state for state in Participant.State if state not in {"confirmed", "unconfirmed"}])
def test_registration_without_a_place_opens_nothing(client_of, expert, registration, closed_session, state):
    Participant.objects.filter(pk=registration.pk).update(state=state)

    assert titles(client_of(expert).get(PAGE)) == ["Closed session"]


def test_participant_of_another_family_reads_nothing_of_it(client_of, meeting, closed_session):
    academic = ParticipantFactory(meeting=meeting, sector=SectorFactory(code="academia")).user

    assert titles(client_of(academic).get(PAGE)) == ["Closed session"]
    assert summaries(client_of(academic).get(FILE)) == ["Closed session"]


def test_place_at_another_meeting_opens_nothing(client_of, closed_session):
    officer = ParticipantFactory(meeting=MeetingFactory()).user

    assert titles(client_of(officer).get(PAGE)) == ["Closed session"]


def test_chatham_house_session_names_nobody_to_anybody(client, client_of, expert, meeting):
    SessionFactory(meeting=meeting, title_en="Open talk", speakers="Canary speaker", is_chatham_house=True)

    for reader in (client, client_of(expert)):
        assert titles(reader.get(PAGE)) == ["Open talk"]
        assert "Canary" not in reader.get(PAGE).text + reader.get(FILE).text


def test_file_is_a_calendar_to_keep(client, meeting):
    SessionFactory(meeting=meeting)

    response = client.get(FILE)

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="strasbourg-2026.ics"'
    assert response.headers["Cache-Control"] == "no-store"


def test_french_twins_are_french(client, meeting):
    SessionFactory(meeting=meeting, title_en="Opening", title_fr="Ouverture")

    assert titles(client.get("/fr/meetings/strasbourg-2026/programme/")) == ["Ouverture"]
    assert summaries(client.get("/fr/meetings/strasbourg-2026/programme.ics")) == ["Ouverture"]


def test_file_of_a_draft_is_not_there(client, client_of, secretariat, draft_meeting):
    assert client.get("/meetings/lisbon-2027/programme.ics").status_code == 404
    assert client_of(secretariat).get("/meetings/lisbon-2027/programme.ics").status_code == 200


def test_hostile_title_stays_text(client, meeting):
    SessionFactory(meeting=meeting, title_en="<script>alert(1)</script>")

    assert titles(client.get(PAGE)) == ["&lt;script&gt;alert(1)&lt;/script&gt;"]


@pytest.mark.parametrize("sessions", [1, 3])
def test_page_takes_five_queries_and_the_file_six(client, meeting, sessions, django_assert_num_queries):
    SessionFactory.create_batch(sessions, meeting=meeting)

    with django_assert_num_queries(5):
        client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(FILE)
