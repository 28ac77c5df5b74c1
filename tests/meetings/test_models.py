"""Meetings, rooms, sessions and changes of dates."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from meetings.models import DateChange, Meeting
from tests.factories import MeetingFactory, RoomFactory, SessionFactory

OPENS = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def edition(**fields):
    """Three days in October 2026 in Strasbourg, not stored."""
    days = {"starts_on": dt.date(2026, 10, 13), "ends_on": dt.date(2026, 10, 15)}
    return MeetingFactory.build(**{**days, "registration_opens_at": OPENS, "registration_closes_at": CLOSES, **fields})


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (OPENS - SECOND, "announced"),
        (OPENS, "open"),
        (CLOSES - SECOND, "open"),
        (CLOSES, "closed"),
        (dt.datetime(2026, 10, 12, 21, 59, 59, tzinfo=dt.UTC), "closed"),
        (dt.datetime(2026, 10, 12, 22, 0, tzinfo=dt.UTC), "running"),  # midnight in Strasbourg, two hours ahead
        (dt.datetime(2026, 10, 15, 21, 59, 59, tzinfo=dt.UTC), "running"),
        (dt.datetime(2026, 10, 15, 22, 0, tzinfo=dt.UTC), "over"),
    ],
)
def test_phase(moment, phase):
    assert edition().phase(moment) == phase


def test_a_meeting_without_opening_time_takes_no_registrations():
    meeting = edition(registration_opens_at=None, registration_closes_at=None)

    assert not meeting.registration_is_open(OPENS)
    assert meeting.phase(OPENS) == Meeting.Phase.ANNOUNCED


def test_a_meeting_without_closing_time_stays_open():
    assert edition(registration_closes_at=None).registration_is_open(CLOSES)


@pytest.mark.parametrize(
    ("frozen_on", "moment", "frozen"),
    [
        (dt.date(2026, 9, 20), dt.datetime(2026, 9, 19, 21, 59, tzinfo=dt.UTC), False),
        (dt.date(2026, 9, 20), dt.datetime(2026, 9, 19, 22, 0, tzinfo=dt.UTC), True),
        (None, dt.datetime(2026, 10, 12, 21, 59, tzinfo=dt.UTC), False),
        (None, dt.datetime(2026, 10, 12, 22, 0, tzinfo=dt.UTC), True),
    ],
)
def test_answers_are_frozen_from_the_freeze_date_or_else_the_first_day(frozen_on, moment, frozen):
    assert edition(frozen_on=frozen_on).answers_are_frozen(moment) is frozen


def test_the_day_is_that_of_the_venue():
    moment = dt.datetime(2026, 10, 13, 23, 30, tzinfo=dt.UTC)

    assert edition(timezone="Europe/Dublin").today(moment) == dt.date(2026, 10, 14)
    assert edition(timezone="America/New_York").today(moment) == dt.date(2026, 10, 13)


def test_the_days_of_a_meeting_include_both_ends():
    assert edition().days == [dt.date(2026, 10, 13), dt.date(2026, 10, 14), dt.date(2026, 10, 15)]


def test_a_meeting_is_postponed_when_it_is_not_on_the_days_first_planned():
    assert not edition().is_postponed
    assert edition(planned_starts_on=dt.date(2026, 5, 5), planned_ends_on=dt.date(2026, 5, 7)).is_postponed


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../etc/passwd", "Europe/Dublin\x00"])
def test_a_time_zone_is_one_of_the_database(db, name):
    meeting = edition(timezone=name)

    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()

    assert list(refused.value.error_dict) == ["timezone"]


def test_a_meeting_is_named_by_its_city_and_edition():
    assert str(edition(city_en="Dublin", year=2017)) == "Dublin 2017"


def test_its_address_is_its_slug():
    assert edition(slug="dublin-2017").get_absolute_url() == "/meetings/dublin-2017/"


def test_a_missing_translation_shows_the_other_language_marked():
    meeting = edition(city_en="Lisbon", city_fr="")

    assert meeting.city == ("Lisbon", "en")


# --- what the database refuses, whoever writes ---


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends_on": dt.date(2026, 10, 12)}, "meeting_ends_after_start"),
        ({"planned_ends_on": dt.date(2026, 10, 12)}, "meeting_planned_ends_after_start"),
        ({"registration_closes_at": OPENS}, "meeting_registration_closes_after_opening"),
    ],
)
def test_time_does_not_run_backwards(db, fields, constraint):
    meeting = MeetingFactory(starts_on=dt.date(2026, 10, 13), registration_opens_at=OPENS, registration_closes_at=CLOSES)

    with pytest.raises(IntegrityError, match=constraint):
        Meeting.objects.filter(pk=meeting.pk).update(**fields)


@pytest.mark.parametrize("field", ["slug", "code", "ordinal"])
def test_an_edition_is_named_once(db, field):
    first = MeetingFactory()

    with pytest.raises(IntegrityError):
        MeetingFactory(**{field: getattr(first, field)})


def test_a_constraint_speaks_to_people(db):
    meeting = edition(ends_on=dt.date(2026, 10, 12), planned_ends_on=dt.date(2026, 10, 14))

    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()

    assert refused.value.messages == ["The last day is before the first."]


def test_a_meeting_without_planned_days_was_planned_for_the_days_it_has(db):
    meeting = edition(planned_starts_on=None, planned_ends_on=None)

    meeting.clean()

    assert (meeting.planned_starts_on, meeting.planned_ends_on) == (meeting.starts_on, meeting.ends_on)


# --- questions about many ---


def test_coming_and_past_meetings(db):
    on = dt.date(2026, 10, 15)
    first = MeetingFactory(starts_on=dt.date(2016, 9, 6))
    second = MeetingFactory(starts_on=dt.date(2017, 12, 12))
    running = MeetingFactory(starts_on=dt.date(2026, 10, 13))
    later = MeetingFactory(starts_on=dt.date(2027, 10, 12))

    assert list(Meeting.objects.coming(on)) == [running, later]
    assert list(Meeting.objects.past(on)) == [second, first]


def test_a_draft_is_not_published(meeting, draft_meeting):
    assert list(Meeting.objects.published()) == [meeting]


# --- programme ---


def test_a_session_ends_after_it_starts(db):
    session = SessionFactory()

    with pytest.raises(IntegrityError, match="session_ends_after_start"):
        type(session).objects.filter(pk=session.pk).update(ends_at=session.starts_at)


def test_a_room_belongs_to_the_meeting_of_its_session(db):
    session = SessionFactory()
    session.room = RoomFactory()

    with pytest.raises(ValidationError) as refused:
        session.full_clean()

    assert list(refused.value.error_dict) == ["room"]


def test_a_closed_session_names_known_families(db):
    session = SessionFactory(families=["law_enforcement", "wizards"])

    with pytest.raises(ValidationError) as refused:
        session.full_clean()

    assert refused.value.message_dict == {"families": ["Unknown family: wizards."]}


@pytest.mark.parametrize(
    ("kind", "families", "readers", "is_open"),
    [
        ("plenary", [], [], True),
        ("closed", ["law_enforcement"], ["law_enforcement"], True),
        ("closed", ["law_enforcement", "judiciary"], ["judiciary"], True),
        ("closed", ["law_enforcement"], ["private"], False),
        ("closed", ["law_enforcement"], [], False),
        ("closed", [], ["law_enforcement"], False),
    ],
)
def test_who_may_know_what_a_session_is_about(kind, families, readers, is_open):
    assert SessionFactory.build(kind=kind, families=families, meeting=edition(), room=None).is_open_to(readers) is is_open


def test_a_session_is_told_on_the_venues_clock(db):
    session = SessionFactory(
        meeting=MeetingFactory(timezone="Europe/Dublin"),
        starts_at=dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.UTC),
    )

    assert (session.local_start().strftime("%H:%M"), session.local_end().strftime("%H:%M")) == ("09:30", "11:00")


def test_a_room_is_named_once_in_a_meeting(db):
    room = RoomFactory()

    with pytest.raises(IntegrityError):
        RoomFactory(meeting=room.meeting, name_en=room.name_en)


def test_sessions_come_by_time_then_room(db):
    meeting = MeetingFactory()
    nine = dt.datetime(2026, 10, 13, 9, tzinfo=dt.UTC)
    hour = dt.timedelta(hours=1)
    late = SessionFactory(meeting=meeting, starts_at=nine + hour)
    b = SessionFactory(meeting=meeting, starts_at=nine, room__name_en="B")
    a = SessionFactory(meeting=meeting, starts_at=nine, room__name_en="A")

    assert list(meeting.sessions.in_order()) == [a, b, late]


def test_a_change_of_dates_does_not_run_backwards(meeting):
    with pytest.raises(IntegrityError, match="date_change_ends_after_start"):
        DateChange.objects.create(
            meeting=meeting,
            old_starts_on=dt.date(2017, 5, 2),
            old_ends_on=dt.date(2017, 5, 4),
            new_starts_on=dt.date(2017, 12, 14),
            new_ends_on=dt.date(2017, 12, 12),
            reason_en="The venue was not free.",
        )
