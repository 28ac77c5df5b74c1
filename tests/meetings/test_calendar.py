import datetime as dt

import pytest
from django.utils.translation import override
from icalendar import Calendar

from meetings.audiences import Family
from meetings.calendar import calendar_of
from meetings.models import Session
from meetings.programme import UNKNOWN, Eyes, Known, Voice, items_of
from tests.factories import MeetingFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
HOSTILE = 'Laundering; mixers, \\coins\\\r\nEND:VEVENT\r\nBEGIN:VALARM\nEND:VCALENDAR: "quoted" ' + "é" * 100


def speaking_in(session):
    """Somebody who speaks in it, as an app above hands them in."""
    return Known({session.pk: (Voice("Ann Lee", "Europol"),)})


def read(meeting, families=(), known=UNKNOWN):
    return Calendar.from_ical(calendar_of(meeting, items_of(meeting.sessions.in_order(), Eyes(frozenset(families)), known), at=NOW))


def event(meeting, families=(), known=UNKNOWN):
    (only,) = read(meeting, families, known).events
    return only


def test_file_is_a_published_programme_with_the_venue_clock(past_meeting):
    SessionFactory(meeting=past_meeting)

    calendar = read(past_meeting)

    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert str(calendar["X-WR-CALNAME"]) == "Annual meeting on drug-related cybercrime – Dublin 2017"
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["Europe/Dublin"]
    assert calendar.get_missing_tzids() == set()


def test_event_says_when_what_and_where(past_meeting):
    room = RoomFactory(meeting=past_meeting, name_en="Main hall")
    session = SessionFactory(meeting=past_meeting, room=room, title_en="State of play", abstract_en="Markets.\nCoins.")

    found = event(past_meeting, known=speaking_in(session))

    assert found.start == dt.datetime(2017, 12, 12, 9, tzinfo=past_meeting.zone)
    assert found.end == dt.datetime(2017, 12, 12, 10, tzinfo=past_meeting.zone)
    assert found["DTSTART"].params["TZID"] == "Europe/Dublin"
    assert str(found["SUMMARY"]) == "State of play"
    assert str(found["DESCRIPTION"]) == "Markets.\nCoins.\n\nAnn Lee, Europol"
    assert str(found["LOCATION"]) == "Main hall, Agora Building, Dublin"
    assert str(found["URL"]) == f"http://testserver/meetings/dublin-2017/programme/#session-{session.pk}"
    assert found["DTSTAMP"].dt == NOW


def test_event_keeps_its_name_and_counts_its_changes(past_meeting):
    session = SessionFactory(meeting=past_meeting)
    made = event(past_meeting)

    session.starts_at += dt.timedelta(minutes=30)
    session.save()
    moved = event(past_meeting)

    assert str(made["UID"]) == str(moved["UID"]) == f"session-{session.pk}@cyb17.meetings.pompidou"
    assert (made["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved["LAST-MODIFIED"].dt == session.history.latest().history_date.replace(microsecond=0)


def test_event_keeps_its_name_when_the_site_moves(past_meeting, settings):
    SessionFactory(meeting=past_meeting)
    before = event(past_meeting)

    settings.BASE_URL = "https://meetings.example.org"
    after = event(past_meeting)

    assert str(before["UID"]) == str(after["UID"])
    assert str(before["URL"]) != str(after["URL"])


def test_event_without_history_starts_at_nought(past_meeting):
    Session.objects.bulk_create([SessionFactory.build(meeting=past_meeting, room=None)])

    assert event(past_meeting)["SEQUENCE"] == 0


def test_closed_session_is_masked_for_visitors(past_meeting):
    session = SessionFactory(
        meeting=past_meeting,
        kind=Session.Kind.CLOSED,
        title_en="Lessons of AlphaBay",
        abstract_en="Servers",
        families=[Family.LAW_ENFORCEMENT],
    )

    found = event(past_meeting, known=speaking_in(session))

    assert str(found["SUMMARY"]) == "Closed session"
    assert str(found["LOCATION"]) == "Agora Building, Dublin"
    assert (found.get("DESCRIPTION"), found["CLASS"]) == (None, "PUBLIC")


def test_closed_session_is_confidential_to_its_families(past_meeting):
    SessionFactory(meeting=past_meeting, kind=Session.Kind.CLOSED, title_en="Lessons of AlphaBay", families=[Family.LAW_ENFORCEMENT])

    found = event(past_meeting, [Family.LAW_ENFORCEMENT])

    assert (str(found["SUMMARY"]), found["CLASS"]) == ("Lessons of AlphaBay", "CONFIDENTIAL")


def test_chatham_house_session_names_the_rule_and_nobody(past_meeting):
    session = SessionFactory(meeting=past_meeting, abstract_en="Undercover work.", is_chatham_house=True)

    assert str(event(past_meeting, known=speaking_in(session))["DESCRIPTION"]) == "Undercover work.\n\nHeld under the Chatham House Rule."


def test_hostile_words_stay_in_their_property(past_meeting):
    SessionFactory(meeting=past_meeting, title_en=HOSTILE, abstract_en=HOSTILE)

    calendar = read(past_meeting)

    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    assert [str(calendar.events[0][name]) for name in ("SUMMARY", "DESCRIPTION")] == [HOSTILE.replace("\r\n", "\n")] * 2


def test_lines_are_folded_at_75_octets_between_characters(past_meeting):
    SessionFactory(meeting=past_meeting, title_en="é" * 150)

    lines = calendar_of(past_meeting, items_of(past_meeting.sessions.in_order()), at=NOW).split(b"\r\n")

    assert max(len(line) for line in lines) <= 75
    assert f"SUMMARY;LANGUAGE=en:{'é' * 150}" in "\n".join(line.decode() for line in lines).replace("\n ", "").splitlines()


def test_french_file_is_french(past_meeting):
    SessionFactory(meeting=past_meeting, title_en="Opening", title_fr="Ouverture")

    with override("fr"):
        found = event(past_meeting)

    assert (str(found["SUMMARY"]), found["SUMMARY"].params["LANGUAGE"]) == ("Ouverture", "fr")
    assert str(found["URL"]).startswith("http://testserver/fr/meetings/dublin-2017/programme/#session-")


def test_hours_across_the_change_of_clocks_are_right():
    meeting = MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 3, 28), ends_on=dt.date(2026, 3, 29))
    for day in (28, 29):
        SessionFactory(meeting=meeting, starts_at=dt.datetime(2026, 3, day, 9, tzinfo=meeting.zone))

    first, second = read(meeting).events

    assert second.start.astimezone(dt.UTC) - first.start.astimezone(dt.UTC) == dt.timedelta(hours=23)


@pytest.mark.parametrize("sessions", [1, 3])
def test_file_takes_two_queries(past_meeting, sessions, django_assert_num_queries):
    SessionFactory.create_batch(sessions, meeting=past_meeting)

    with django_assert_num_queries(2):
        calendar = read(past_meeting)

    assert len(calendar.events) == sessions
