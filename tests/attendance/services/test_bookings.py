"""Seats are taken, changed and given up; what comes free goes to the next in the queue."""

import datetime as dt

import pytest

from attendance.models import Booking
from attendance.refusals import BookingClosed, NoBooking, NotAdmitted, NothingToBook, Overlap, SessionFull
from attendance.seats import position_of
from attendance.services.bookings import assign_seat, give_up, join_queue, swap, take_seat
from attendance.services.queues import fill_from_queue
from correspondence.models import Message
from participants import services
from tests.factories import AdmissionFactory, MeetingFactory, ParticipantFactory, SectorFactory, SessionFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def now(meeting):
    """A month before the meeting."""
    return meeting.begins_at - dt.timedelta(days=30)


@pytest.fixture
def workshop(meeting):
    """Two seats, from nine to ten."""
    return SessionFactory(meeting=meeting, kind="workshop", title_en="Parcels", booking="seats", seats=2)


@pytest.fixture
def beside(workshop):
    """Runs half an hour later in another room."""
    start = workshop.starts_at + HOUR / 2
    return SessionFactory(meeting=workshop.meeting, title_en="Tokens", booking="seats", seats=2, starts_at=start)


@pytest.fixture
def person(meeting):
    """Makes somebody of a sector who has a place."""
    return lambda sector="police", **more: ParticipantFactory(meeting=meeting, confirmed=True, sector=SectorFactory(code=sector), **more)


def states_of(session):
    return list(session.bookings.order_by("pk").values_list("state", flat=True))


def test_a_seat_is_taken(workshop, person, now):
    maeve = person()

    booking = take_seat(session=workshop, participant=maeve, by=maeve.user, at=now)

    assert (booking.state, booking.origin, booking.decided_at) == ("seat", "person", now)
    assert booking.history.get().history_user == maeve.user


def test_taking_it_again_changes_nothing(workshop, person, now):
    maeve = person()
    first = take_seat(session=workshop, participant=maeve, by=None, at=now)

    assert take_seat(session=workshop, participant=maeve, by=None, at=now + HOUR) == first
    assert first.history.count() == 1


def test_a_full_session_is_refused_and_has_a_queue(workshop, person, now):
    for _ in range(2):
        take_seat(session=workshop, participant=person(), by=None, at=now)
    third, fourth = person(), person()

    with pytest.raises(SessionFull, match=r"All seats are taken\. The next place in the queue is number 1."):
        take_seat(session=workshop, participant=third, by=None, at=now)
    queued = [join_queue(session=workshop, participant=one, by=None, at=now) for one in (third, fourth)]

    assert [position_of(booking) for booking in queued] == [1, 2]


def test_joining_the_queue_of_a_session_with_seats_gives_one(workshop, person, now):
    assert join_queue(session=workshop, participant=person(), by=None, at=now).state == "seat"


def test_a_seat_given_up_goes_to_the_next_who_is_told(workshop, person, now):
    first, second, third = person(), person(), person(email="third@garda.example")
    for one in (first, second):
        take_seat(session=workshop, participant=one, by=None, at=now)
    waiting = join_queue(session=workshop, participant=third, by=None, at=now)

    give_up(session=workshop, participant=first, by=first.user, at=now)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.origin) == ("seat", "queue")
    assert Message.objects.get(kind="seat_moved_up").to == "third@garda.example"


def test_who_withdraws_from_the_meeting_frees_the_seat(workshop, person, now):
    first, second, third = person(), person(), person()
    for one in (first, second):
        take_seat(session=workshop, participant=one, by=None, at=now)
    join_queue(session=workshop, participant=third, by=None, at=now)

    services.withdraw(participant=first, by=first.user, at=now)

    assert states_of(workshop) == ["given_up", "seat", "seat"]


def test_there_is_nothing_to_give_up_without_a_booking(workshop, person, now):
    with pytest.raises(NoBooking):
        give_up(session=workshop, participant=person(), by=None, at=now)


def test_two_seats_at_the_same_hour_are_refused_and_the_other_named(workshop, beside, person, now):
    maeve = person()
    take_seat(session=workshop, participant=maeve, by=None, at=now)

    with pytest.raises(Overlap, match=r"You have a seat in “Parcels” \(09:00–10:00\) at that time"):
        take_seat(session=beside, participant=maeve, by=None, at=now)


def test_sessions_one_after_the_other_do_not_overlap(workshop, person, now):
    maeve = person()
    later = SessionFactory(meeting=workshop.meeting, booking="seats", seats=2, starts_at=workshop.ends_at)
    take_seat(session=workshop, participant=maeve, by=None, at=now)

    assert take_seat(session=later, participant=maeve, by=None, at=now).state == "seat"


def test_a_seat_is_changed_for_one_at_the_same_hour(workshop, beside, person, now):
    maeve = person()
    take_seat(session=workshop, participant=maeve, by=None, at=now)

    swap(old=workshop, new=beside, participant=maeve, by=maeve.user, at=now)

    assert (states_of(workshop), states_of(beside)) == (["given_up"], ["seat"])


def test_a_change_into_a_full_session_leaves_the_old_seat(workshop, beside, person, now):
    for _ in range(2):
        take_seat(session=beside, participant=person(), by=None, at=now)
    maeve = person()
    take_seat(session=workshop, participant=maeve, by=None, at=now)

    with pytest.raises(SessionFull):
        swap(old=workshop, new=beside, participant=maeve, by=None, at=now)

    assert states_of(workshop) == ["seat"]


def test_a_seat_leaves_what_one_waits_for_at_the_same_hour(workshop, beside, person, now):
    for _ in range(2):
        take_seat(session=workshop, participant=person(), by=None, at=now)
    maeve = person()
    queued = join_queue(session=workshop, participant=maeve, by=None, at=now)

    take_seat(session=beside, participant=maeve, by=None, at=now)

    queued.refresh_from_db()
    assert queued.state == "queue"


def test_a_seat_assigned_by_the_secretariat_is_told_and_ends_what_one_waits_for(workshop, beside, person, now, secretariat):
    for _ in range(2):
        take_seat(session=workshop, participant=person(), by=None, at=now)
    maeve = person(email="maeve@garda.example")
    queued = join_queue(session=workshop, participant=maeve, by=None, at=now)

    booking = assign_seat(session=beside, participant=maeve, by=secretariat, at=now)

    queued.refresh_from_db()
    assert (booking.origin, queued.state) == ("staff", "given_up")
    assert Message.objects.get(kind="seat_given").to == "maeve@garda.example"


@pytest.mark.parametrize(
    ("change", "sector", "reason"),
    [
        ({"families": ["judiciary"]}, "police", "This session is for: Judiciary."),
        ({"categories": ["academia"]}, "police", "This session is for: Academia."),
        ({"kind": "closed", "families": ["judiciary"]}, "police", "This session is closed."),
    ],
)
def test_a_session_for_others_is_refused_with_the_reason(workshop, person, now, change, sector, reason):
    for name, value in change.items():
        setattr(workshop, name, value)
    workshop.save()

    with pytest.raises(NotAdmitted) as refusal:
        take_seat(session=workshop, participant=person(sector), by=None, at=now)

    assert str(refusal.value) == reason


def test_whoever_is_let_in_by_name_has_a_seat(workshop, person, now):
    workshop.families = ["judiciary"]
    workshop.save()
    maeve = person()
    AdmissionFactory(session=workshop, participant=maeve)

    assert take_seat(session=workshop, participant=maeve, by=None, at=now).state == "seat"


def test_only_those_with_a_place_at_the_meeting_book(workshop, meeting, now):
    with pytest.raises(NotAdmitted, match="Only those who have a place"):
        take_seat(session=workshop, participant=ParticipantFactory(meeting=meeting, pending=True), by=None, at=now)


def test_a_session_without_booking_has_no_seats_to_take(workshop, person, now):
    workshop.booking = "none"
    workshop.save()

    with pytest.raises(NothingToBook):
        take_seat(session=workshop, participant=person(), by=None, at=now)


@pytest.mark.parametrize(("opens", "closes"), [(1, None), (None, -1)])
def test_outside_its_hours_booking_is_closed(workshop, person, now, opens, closes):
    workshop.booking_opens_at = opens and now + opens * HOUR
    workshop.booking_closes_at = closes and now + closes * HOUR
    workshop.save()

    with pytest.raises(BookingClosed):
        take_seat(session=workshop, participant=person(), by=None, at=now)


def test_seats_kept_for_industry_are_not_for_the_police_until_their_date(workshop, person, now):
    workshop.enforcement_seats, workshop.industry_seats, workshop.shares_until = 1, 1, now + HOUR
    workshop.save()
    take_seat(session=workshop, participant=person(), by=None, at=now)
    waiting = join_queue(session=workshop, participant=person(), by=None, at=now)
    assert waiting.state == "queue"

    fill_from_queue(session=workshop, by=None, at=now + HOUR)

    waiting.refresh_from_db()
    assert waiting.state == "seat"


def test_industry_passes_the_police_in_the_queue_to_its_own_seats(workshop, person, now):
    workshop.enforcement_seats, workshop.industry_seats, workshop.shares_until = 1, 1, now + HOUR
    workshop.save()
    take_seat(session=workshop, participant=person(), by=None, at=now)
    join_queue(session=workshop, participant=person(), by=None, at=now)

    assert take_seat(session=workshop, participant=person("industry"), by=None, at=now).state == "seat"


def test_seats_lowered_under_the_bookings_take_nothing_from_anybody(workshop, person, now):
    for _ in range(2):
        take_seat(session=workshop, participant=person(), by=None, at=now)
    workshop.seats = 1
    workshop.save()

    fill_from_queue(session=workshop, by=None, at=now)

    assert states_of(workshop) == ["seat", "seat"]


def test_seats_added_go_to_those_who_wait(workshop, person, now):
    for _ in range(2):
        take_seat(session=workshop, participant=person(), by=None, at=now)
    for _ in range(2):
        join_queue(session=workshop, participant=person(), by=None, at=now)
    workshop.seats = 3
    workshop.save()

    moved = fill_from_queue(session=workshop, by=None, at=now)

    assert [booking.pk for booking in moved] == [Booking.objects.filter(session=workshop).order_by("pk")[2].pk]
