"""The pages of seats in the back office."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import Booking
from attendance.services import wishes
from attendance.services.queues import settle_queues
from correspondence.models import Message
from participants.models import ExportRecord
from tests.factories import BookingFactory, MeetingFactory, ParticipantFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db
SEATS = "/admin/attendance/booking/seats/"
ALLOCATION = "/admin/attendance/booking/allocation/"


@pytest.fixture
def meeting():
    return MeetingFactory(slug="strasbourg-2026")


@pytest.fixture
def workshop(meeting):
    return SessionFactory(meeting=meeting, kind="workshop", title_en="Parcels", booking="seats", seats=1)


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def person(meeting, **more):
    return ParticipantFactory(meeting=meeting, confirmed=True, **more)


def test_seats_and_listeners_are_counted_by_session(office, meeting, workshop):
    BookingFactory(session=workshop, participant=person(meeting, listening_language="fr"))

    [(_day, [row])] = office.get(SEATS).context["lines"]

    assert (row["room"].total, row["room"].taken_in_all, row["line"].english, row["line"].french) == (1, 1, 0, 1)


def test_a_session_without_booking_counts_all_who_may_come(office, meeting):
    SessionFactory(meeting=meeting)
    person(meeting, listening_language="en"), person(meeting, listening_language="fr")

    [(_day, [row])] = office.get(SEATS).context["lines"]

    assert (row["line"].english, row["line"].french, row["room"]) == (1, 1, None)


def test_each_room_says_the_most_who_listen_in_each_language(office, meeting):
    room = RoomFactory(meeting=meeting, name_en="Agora G02")
    sessions = [SessionFactory(meeting=meeting, booking="seats", room=room) for _ in range(2)]
    SessionFactory(meeting=meeting, booking="seats", room=room, is_cancelled=True)
    for session, languages in zip(sessions, (["en", "en"], ["en", "fr"]), strict=True):
        for language in languages:
            BookingFactory(session=session, participant=person(meeting, listening_language=language))

    [row] = office.get(SEATS).context["rooms"]

    assert (row.room, row.english, row.french, row.without) == (room, 2, 1, 1)


def test_pages_of_seats_are_reached_from_the_list_of_bookings(office, meeting, workshop):
    page = office.get("/admin/attendance/booking/").text

    assert [f'href="{address}"' in page for address in (SEATS, ALLOCATION)] == [True, True]
    assert f'href="{SEATS}?meeting={meeting.pk}"' in office.get(f"/admin/meetings/session/{workshop.pk}/change/").text


def test_figures_lead_to_the_bookings_they_count(office, meeting, workshop):
    mine = BookingFactory(session=workshop)
    BookingFactory(session=SessionFactory(meeting=meeting, booking="seats"))

    listed = office.get(f"/admin/attendance/booking/?session__id__exact={workshop.pk}&state__exact=seat").context["cl"]

    assert list(listed.queryset) == [mine]


def test_the_secretariat_gives_a_seat_by_reference(office, meeting, workshop):
    maeve = person(meeting)

    office.post(SEATS, {"session": workshop.pk, "reference": maeve.reference.lower()})

    assert list(Booking.objects.values_list("participant", "origin", "state")) == [(maeve.pk, "staff", "seat")]


def test_a_full_session_is_said_on_the_form(office, meeting, workshop):
    BookingFactory(session=workshop, participant=person(meeting))

    response = office.post(SEATS, {"session": workshop.pk, "reference": person(meeting).reference})

    assert response.context["form"].non_field_errors() == ["All seats are taken. The next place in the queue is number 1."]


def test_a_seat_taken_back_is_told(office, meeting, workshop):
    booking = BookingFactory(session=workshop, participant=person(meeting, email="maeve@garda.example"))

    office.post("/admin/attendance/booking/", {"action": "take_back", "_selected_action": [booking.pk]})

    booking.refresh_from_db()
    assert (booking.state, Message.objects.get(kind="seat_taken_back").to) == ("taken_back", "maeve@garda.example")


def test_an_allocation_is_shown_then_applied(office, meeting):
    workshop = SessionFactory(meeting=meeting, kind="workshop", booking="wishes", seats=1)
    maeve = person(meeting)
    wishes.rank(participant=maeve, ranks={workshop: 1})
    drawn = office.get(f"{ALLOCATION}?meeting={meeting.pk}&seed=2026").context["drawn"]
    assert Booking.objects.count() == 0

    office.post(f"{ALLOCATION}?meeting={meeting.pk}", {"seed": "2026", "digest": drawn.digest})

    assert list(Booking.objects.values_list("participant", "session", "origin")) == [(maeve.pk, workshop.pk, "allocation")]


def test_after_an_allocation_one_button_opens_what_is_left(office, meeting):
    workshop = SessionFactory(meeting=meeting, kind="workshop", title_en="Parcels", booking="wishes", seats=3)
    wishes.rank(participant=person(meeting), ranks={workshop: 1})
    drawn = office.get(f"{ALLOCATION}?meeting={meeting.pk}&seed=2026").context["drawn"]
    applied = office.post(f"{ALLOCATION}?meeting={meeting.pk}", {"seed": "2026", "digest": drawn.digest}, follow=True)
    assert [(one.session, one.room.free) for one in applied.context["left_over"]] == [(workshop, 2)]
    assert "2 of 3 seats are left" in office.get(SEATS).text

    response = office.post(f"/admin/attendance/booking/open/?meeting={meeting.pk}", follow=True)

    workshop.refresh_from_db()
    assert (workshop.booking, response.context["left_over"]) == ("seats", [])
    assert [str(message) for message in response.context["messages"]] == ["1 session is open to direct booking."]


def test_seats_lowered_under_the_bookings_are_told_and_nobody_loses_theirs(office, meeting, workshop):
    BookingFactory.create_batch(3, session=workshop)

    text = office.get(SEATS).text

    assert "2 over" in text
    assert Booking.objects.seated().count() == 3


def test_the_page_asks_as_much_for_twenty_sessions_as_for_two(office, meeting):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            office.get(SEATS)
        return len(asked)

    for _ in range(2):
        BookingFactory(session=SessionFactory(meeting=meeting, booking="seats", seats=3))
    office.get(SEATS)
    of_two = queries()
    for _ in range(18):
        BookingFactory(session=SessionFactory(meeting=meeting, booking="seats", seats=3))

    assert queries() <= of_two  # signing in writes its last use once


def test_a_room_too_small_gives_no_more_seats(office, meeting):
    big, small = RoomFactory(meeting=meeting, seats=3), RoomFactory(meeting=meeting, seats=1)
    workshop = SessionFactory(meeting=meeting, booking="seats", room=big)
    BookingFactory.create_batch(2, session=workshop)
    waiting = BookingFactory(session=workshop, state="queue")
    workshop.room = small
    workshop.save()

    assert settle_queues() == 0
    waiting.refresh_from_db()
    assert (waiting.state, "1 over" in office.get(SEATS).text) == ("queue", True)


def test_listeners_leave_as_a_file_with_a_row_in_the_ledger(office, meeting, workshop):
    BookingFactory(session=workshop, participant=person(meeting, listening_language="fr"))

    response = office.post(f"{SEATS}head-count.csv?meeting={meeting.pk}")

    assert response.content.decode("utf-8-sig").splitlines()[1].split(",")[-3:] == ["0", "1", "1"]
    assert ExportRecord.objects.get().purpose == "listeners"


def test_a_protected_person_is_masked_in_the_list(office, meeting, workshop):
    BookingFactory(session=workshop, participant=person(meeting, protected=True, family_name="Canary"))

    assert "Canary" not in office.get("/admin/attendance/booking/").text
