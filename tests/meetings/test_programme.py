import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from meetings.audiences import Category, Family
from meetings.languages import Wording
from meetings.models import Session
from meetings.programme import Eyes, Item, Known, Seats, Voice, by_day, item_of, items_of, running_at, venue_clock
from tests.factories import MeetingFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db

DUBLIN = ZoneInfo("Europe/Dublin")
JUDGE = Eyes(frozenset({Family.JUDICIARY}), Category.MEMBER_STATE)


@pytest.fixture
def closed_session(meeting):
    return SessionFactory(
        meeting=meeting,
        kind=Session.Kind.CLOSED,
        title_en="Lessons of AlphaBay",
        abstract_en="How the servers were found.",
        families=[Family.LAW_ENFORCEMENT, Family.JUDICIARY],
        is_chatham_house=True,
    )


def known_of(session):
    """A speaker and seats of a session, as an app above hands them in."""
    return Known({session.pk: (Voice("Bo Ek"),)}, {session.pk: Seats(30, 12)})


def test_visitor_sees_what_is_open(meeting):
    room = RoomFactory(meeting=meeting, name_en="Main hall", has_interpretation=True)
    session = SessionFactory(meeting=meeting, room=room, title_en="State of play", abstract_en="Markets.", speakers="Typed long ago")

    item = item_of(session, known=Known({session.pk: (Voice("Bo Ek", "INTERPOL", "Moderator"), Voice("Ann Lee"))}))

    assert item.title == Wording("State of play", "en")
    assert item.abstract == Wording("Markets.", "en")
    assert item.speakers == ("Bo Ek, INTERPOL (Moderator)", "Ann Lee")
    assert item.room == Wording("Main hall", "en")
    assert (item.has_interpretation, item.is_masked) == (True, False)


@pytest.mark.parametrize("families", [(), (Family.PRIVATE,), (Family.ACADEMIA, Family.PUBLIC)])
def test_closed_session_shows_its_hours_and_nothing_else(closed_session, families):
    item = item_of(closed_session, Eyes(frozenset(families)), known_of(closed_session))

    assert item.title == Wording("Closed session", "en")
    assert item == Item(
        closed_session.pk,
        Session.Kind.CLOSED,
        closed_session.starts_at,
        closed_session.ends_at,
        title=Wording("Closed session", "en"),
        is_masked=True,
    )


def test_closed_session_opens_to_its_families(closed_session):
    item = item_of(closed_session, JUDGE)

    assert (item.title, item.is_masked, item.is_closed) == (Wording("Lessons of AlphaBay", "en"), False, True)


def test_closed_session_without_families_opens_to_nobody(meeting):
    session = SessionFactory(meeting=meeting, kind=Session.Kind.CLOSED, families=[])

    assert item_of(session, Eyes(frozenset(Family))).is_masked is True


def test_category_counts_beside_the_family(meeting):
    session = SessionFactory(meeting=meeting, kind="closed", families=[Family.JUDICIARY], categories=[Category.HOST])

    assert item_of(session, JUDGE).is_masked is True
    assert item_of(session, replace(JUDGE, category=Category.HOST)).is_masked is False


@pytest.mark.parametrize("eyes", [Eyes(sees_all=True), Eyes(admitted=frozenset({1}))])
def test_staff_and_those_let_in_by_name_see_a_closed_session(meeting, eyes):
    session = SessionFactory(meeting=meeting, pk=1, kind="closed", title_en="Lessons of AlphaBay")

    assert item_of(session, eyes).title.text == "Lessons of AlphaBay"


def test_admission_by_name_opens_no_other_session(closed_session):
    assert item_of(closed_session, Eyes(admitted=frozenset({closed_session.pk + 1}))).is_masked is True


def test_seats_are_those_handed_in(meeting):
    session = SessionFactory(meeting=meeting)

    assert item_of(session, known=known_of(session)).seats == Seats(30, 12)


@pytest.mark.parametrize(
    ("languages", "is_interpreted", "booths", "told"),
    [([], False, True, True), ([], False, False, False), (["en"], False, True, False), (["en"], True, False, True)],
)
def test_interpretation_is_as_the_session_says_or_else_its_room(meeting, languages, is_interpreted, booths, told):
    room = RoomFactory(meeting=meeting, has_interpretation=booths)

    item = item_of(SessionFactory(meeting=meeting, room=room, languages=languages, is_interpreted=is_interpreted))

    assert (item.languages, item.has_interpretation) == (tuple(languages), told)


def test_nobody_learns_who_speaks_under_the_chatham_house_rule(meeting, closed_session):
    workshop = SessionFactory(meeting=meeting, kind=Session.Kind.WORKSHOP, is_chatham_house=True)
    item = item_of(workshop, known=known_of(workshop))

    assert (item.speakers, item.is_chatham_house) == ((), True)
    assert item_of(closed_session, JUDGE, known_of(closed_session)).voices == ()


def test_title_is_in_the_language_of_the_page(meeting):
    session = SessionFactory(meeting=meeting, title_en="Opening", title_fr="Ouverture")
    english_only = SessionFactory(meeting=meeting, title_en="Closing", title_fr="")

    with override("fr"):
        titles = [item_of(session).title, item_of(english_only).title]

    assert titles == [Wording("Ouverture", "fr"), Wording("Closing", "en")]


@pytest.mark.parametrize("sessions", [1, 3])
def test_programme_is_read_in_one_query(meeting, sessions, django_assert_num_queries):
    SessionFactory.create_batch(sessions, meeting=meeting)

    with django_assert_num_queries(1):
        items = items_of(meeting.sessions.in_order())

    assert len(items) == sessions


def test_sessions_stand_under_their_day_at_the_venue():
    tokyo = MeetingFactory(timezone="Asia/Tokyo", starts_on=dt.date(2026, 11, 24))
    late = SessionFactory(meeting=tokyo, starts_at=dt.datetime(2026, 11, 24, 23, tzinfo=dt.UTC))
    early = SessionFactory(meeting=tokyo, starts_at=dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC))

    days = by_day(items_of(tokyo.sessions.in_order()))

    assert [(day.date, [item.pk for item in day.items]) for day in days] == [
        (dt.date(2026, 11, 24), [early.pk]),
        (dt.date(2026, 11, 25), [late.pk]),
    ]
    assert [item.hours for day in days for item in day.items] == ["10:00–11:00", "08:00–09:00"]


def test_workshops_of_the_same_hours_stand_side_by_side(meeting):
    start = dt.datetime.combine(meeting.starts_on, dt.time(14), tzinfo=meeting.zone)
    together = [SessionFactory(meeting=meeting, starts_at=start) for _number in range(2)]
    longer = SessionFactory(meeting=meeting, starts_at=start, ends_at=start + dt.timedelta(hours=2))

    (day,) = by_day(items_of(meeting.sessions.in_order()))

    assert [[item.pk for item in slot.items] for slot in day.slots] == [[session.pk for session in together], [longer.pk]]
    assert [slot.hours for slot in day.slots] == ["14:00–15:00", "14:00–16:00"]


def test_day_the_clocks_change_says_both_offsets():
    meeting = MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 3, 28), ends_on=dt.date(2026, 3, 29))
    before = SessionFactory(
        meeting=meeting, starts_at=dt.datetime(2026, 3, 29, 0, 30, tzinfo=DUBLIN), ends_at=dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)
    )
    after = SessionFactory(meeting=meeting, starts_at=dt.datetime(2026, 3, 29, 9, tzinfo=DUBLIN))

    (day,) = by_day(items_of(meeting.sessions.in_order()))

    assert [(item.pk, item.hours) for item in day.items] == [(before.pk, "00:30–02:30"), (after.pk, "09:00–10:00")]
    assert day.offset == "UTC+0 → UTC+1"


def test_hour_that_comes_twice_is_two_slots():
    meeting = MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 10, 25), ends_on=dt.date(2026, 10, 25))
    for hour in (0, 1):  # 01:30 summer time, then 01:30 winter time
        SessionFactory(meeting=meeting, starts_at=dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC))

    (day,) = by_day(items_of(meeting.sessions.in_order()))

    assert [slot.hours for slot in day.slots] == ["01:30–01:30", "01:30–02:30"]


def test_meeting_without_sessions_has_no_days(meeting):
    assert by_day(items_of(meeting.sessions.in_order())) == []


def test_venue_clock_is_named(past_meeting):
    assert venue_clock(past_meeting) == "Dublin time"
    assert venue_clock(past_meeting, dt.datetime(2018, 7, 1, tzinfo=dt.UTC)) == "Dublin time, UTC+1"


def at_nine(meeting, hours):
    return dt.datetime.combine(meeting.starts_on, dt.time(9), tzinfo=meeting.zone) + dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("hours", "now", "after"),
    [(-1, [], [0, 1]), (0, [0, 1], [2]), (0.5, [0, 1], [2]), (1, [], [2]), (2, [2], []), (3, [], [])],
)
def test_what_runs_now_and_what_is_next(meeting, hours, now, after):
    sessions = [SessionFactory(meeting=meeting, starts_at=at_nine(meeting, start)).pk for start in (0, 0, 2)]

    running = running_at(items_of(meeting.sessions.in_order()), at_nine(meeting, hours))

    assert ([item.pk for item in running.now], [item.pk for item in running.next]) == (
        [sessions[number] for number in now],
        [sessions[number] for number in after],
    )


def test_what_runs_now_is_right_in_the_hour_that_comes_twice():
    meeting = MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 10, 25), ends_on=dt.date(2026, 10, 25))
    first, second = (SessionFactory(meeting=meeting, starts_at=dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)) for hour in (0, 1))

    running = running_at(items_of(meeting.sessions.in_order()), dt.datetime(2026, 10, 25, 1, 15, tzinfo=dt.UTC))

    assert ([item.pk for item in running.now], [item.pk for item in running.next]) == ([first.pk], [second.pk])


def test_working_languages_have_names(meeting):
    item = item_of(SessionFactory(meeting=meeting, languages=["en", "fr", "el"]))

    with override("fr"):
        assert item.language_words == "anglais, français, el"
    assert item.language_words == "English, French, el"
