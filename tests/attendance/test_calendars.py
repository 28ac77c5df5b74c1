import datetime as dt

import pytest

from attendance.calendars import own_items, shared_items
from meetings.audiences import Category, Family
from meetings.models import Session
from tests.factories import AdmissionFactory, BookingFactory, MeetingFactory, PartFactory, ParticipantFactory, SessionFactory, publish

pytestmark = pytest.mark.django_db


def titles(items):
    return [item.title.text for item in items]


def become_closed(session, **fields):
    """As the secretariat would do it in the back office, with a row in the history."""
    session.kind = Session.Kind.CLOSED
    for name, value in fields.items():
        setattr(session, name, value)
    session.save()


def test_plenaries_and_evenings_stand_in_everybodys_calendar_and_breaks_do_not(meeting, registration):
    for kind in ("plenary", "break", "social", "workshop"):
        SessionFactory(meeting=meeting, kind=kind, title_en=kind)

    assert titles(own_items(registration)) == ["plenary", "social"]


def test_workshop_stands_in_it_with_a_seat_and_not_from_the_queue(meeting, registration):
    seated, waiting = (SessionFactory(meeting=meeting, kind="workshop", booking="seats", title_en=title) for title in ("Seat", "Queue"))
    BookingFactory(session=seated, participant=registration)
    BookingFactory(session=waiting, participant=registration, state="queue")

    assert titles(own_items(registration)) == ["Seat"]


def test_seat_of_somebody_else_changes_nothing(meeting, registration):
    BookingFactory(session=SessionFactory(meeting=meeting, kind="workshop", booking="seats"))

    assert own_items(registration) == []


def test_whoever_speaks_has_the_session_in_their_calendar(meeting, registration):
    PartFactory(session=SessionFactory(meeting=meeting, kind="workshop", title_en="My talk"), participant=registration)

    assert titles(own_items(registration)) == ["My talk"]


@pytest.mark.parametrize(
    ("fields", "attends"),
    [
        ({"families": [Family.LAW_ENFORCEMENT]}, True),
        ({"families": [Family.ACADEMIA]}, False),
        ({"categories": [Category.MEMBER_STATE]}, True),
        ({"categories": [Category.HOST]}, False),
        ({"kind": "closed", "families": [Family.LAW_ENFORCEMENT]}, True),
        ({"kind": "closed", "families": []}, False),
        ({"kind": "closed", "families": [Family.LAW_ENFORCEMENT], "categories": [Category.HOST]}, False),
        ({"booking": "seats"}, False),
    ],
)
def test_sessions_stand_in_it_that_one_may_attend_without_booking(meeting, registration, fields, attends):
    SessionFactory(meeting=meeting, **fields)

    assert len(own_items(registration)) == int(attends)


def test_admission_by_name_brings_a_closed_session_into_it(meeting, registration):
    AdmissionFactory(session=SessionFactory(meeting=meeting, kind="closed", title_en="Bitcoin tracing"), participant=registration)

    assert titles(own_items(registration)) == ["Bitcoin tracing"]


def test_shared_calendar_masks_every_closed_session_and_names_nobody(meeting, registration):
    SessionFactory(meeting=meeting, kind="closed", title_en="Bitcoin tracing", families=[Family.LAW_ENFORCEMENT])
    opening = PartFactory(session=SessionFactory(meeting=meeting, title_en="Opening"), participant=registration).session
    PartFactory(session=opening, guest=True)

    own, shared = own_items(registration), shared_items(registration)

    assert (titles(own), titles(shared)) == (["Bitcoin tracing", "Opening"], ["Closed session", "Opening"])
    assert [item.voices for item in shared] == [(), ()]
    assert len(own[1].voices) == 2


@pytest.mark.parametrize("families", [[], [Family.LAW_ENFORCEMENT]])
def test_session_that_becomes_closed_stays_as_a_closed_session(meeting, registration, families):
    session = SessionFactory(meeting=meeting, title_en="Canary")

    become_closed(session, families=families)

    assert [(item.pk, item.title.text) for item in shared_items(registration)] == [(session.pk, "Closed session")]


def test_session_that_was_closed_from_the_start_to_others_is_not_in_it(meeting, registration):
    SessionFactory(meeting=meeting, kind="closed", families=[Family.ACADEMIA])

    assert (own_items(registration), shared_items(registration)) == ([], [])


def test_seat_in_a_session_that_becomes_closed_to_me_tells_me_its_hours_only(meeting, registration):
    session = BookingFactory(session__meeting=meeting, session__kind="workshop", session__booking="seats", participant=registration).session

    become_closed(session, families=[Family.ACADEMIA])

    assert [(item.title.text, item.is_masked) for item in own_items(registration)] == [("Closed session", True)]


def test_deleted_session_is_gone_with_the_next_version(meeting, registration):
    session = SessionFactory(meeting=meeting)

    session.delete()
    publish(meeting)

    assert own_items(registration) == []


@pytest.mark.parametrize("number", [1, 4])
def test_calendar_takes_as_many_queries_for_one_session_as_for_four(meeting, registration, number, django_assert_num_queries):
    for _each in range(number):
        PartFactory(session__meeting=meeting, participant=registration)

    with django_assert_num_queries(8):
        items = own_items(registration)

    assert len(items) == number


def test_hours_are_right_on_the_days_the_clocks_change():
    meeting = MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 10, 24), ends_on=dt.date(2026, 10, 25))
    participant = ParticipantFactory(meeting=meeting)
    for day in meeting.days:
        SessionFactory(meeting=meeting, starts_at=dt.datetime.combine(day, dt.time(9), tzinfo=meeting.zone))

    items = own_items(participant)

    assert [(item.hours, item.starts.astimezone(dt.UTC).hour) for item in items] == [("09:00–10:00", 8), ("09:00–10:00", 9)]
