"""Whoever has a seat waits for another at the same hour, and changes over when it comes free: never two seats, never none."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.models import Booking
from attendance.seats import position_of
from attendance.services.bookings import give_up, join_queue, swap
from attendance.services.queues import fill_from_queue
from correspondence.models import Message
from participants import services
from tests.factories import BookingFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def workshop(meeting):
    """One seat, from nine to ten."""
    return SessionFactory(meeting=meeting, kind="workshop", title_en="Parcels", title_fr="Colis", booking="seats", seats=1)


@pytest.fixture
def beside(workshop):
    """One seat, half an hour later."""
    start = workshop.starts_at + HOUR / 2
    return SessionFactory(meeting=workshop.meeting, title_en="Tokens", title_fr="Jetons", booking="seats", seats=1, starts_at=start)


@pytest.fixture
def now(workshop):
    return workshop.starts_at - dt.timedelta(days=30)


@pytest.fixture
def sitter(workshop):
    """Has the seat in Parcels."""
    return BookingFactory(session=workshop).participant


@pytest.fixture
def maeve(beside):
    """Has the seat in Tokens."""
    return BookingFactory(session=beside, participant=ParticipantFactory(meeting=beside.meeting, email="maeve@garda.example")).participant


def seated(session):
    return set(session.bookings.seated().values_list("participant", flat=True))


def states(person):
    return dict(Booking.objects.filter(participant=person).values_list("session__title_en", "state"))


def wait(session, person, at):
    return join_queue(session=session, participant=person, by=person.user, at=at)


def test_a_seat_hinders_nobody_from_waiting_for_another_at_the_same_hour(workshop, beside, sitter, maeve, now):
    booking = wait(workshop, maeve, now)

    assert (booking.state, position_of(booking)) == ("queue", 1)
    assert states(maeve) == {"Parcels": "queue", "Tokens": "seat"}


def test_when_the_seat_comes_free_the_other_is_left_and_the_mail_says_so(workshop, beside, sitter, maeve, now):
    wait(workshop, maeve, now)

    give_up(session=workshop, participant=sitter, by=None, at=now)

    assert states(maeve) == {"Parcels": "seat", "Tokens": "given_up"}
    mail = Message.objects.get()
    assert (mail.kind, mail.to) == ("seat_changed", "maeve@garda.example")
    assert "your seat there goes to somebody else: Tokens (09:30–10:30)." in mail.body


def test_the_seat_that_is_left_goes_to_the_next_there(workshop, beside, sitter, maeve, now):
    third = ParticipantFactory(meeting=workshop.meeting)
    wait(workshop, maeve, now)
    wait(beside, third, now)

    give_up(session=workshop, participant=sitter, by=None, at=now)

    assert (seated(workshop), seated(beside)) == ({maeve.pk}, {third.pk})


def test_seats_move_on_through_sessions_that_do_not_overlap_the_first(workshop, beside, sitter, maeve, now):
    later = SessionFactory(meeting=workshop.meeting, title_en="Later", booking="seats", seats=1, starts_at=beside.starts_at + HOUR / 2)
    third = BookingFactory(session=later).participant
    wait(workshop, maeve, now)
    wait(beside, third, now)

    give_up(session=workshop, participant=sitter, by=None, at=now)

    assert (seated(workshop), seated(beside), seated(later)) == ({maeve.pk}, {third.pk}, set())


def test_a_long_session_is_changed_to_from_two_short_ones(workshop, beside, maeve, now):
    long = SessionFactory(meeting=workshop.meeting, title_en="Long", booking="seats", seats=1, ends_at=workshop.starts_at + 3 * HOUR)
    second = SessionFactory(meeting=workshop.meeting, title_en="Second", booking="seats", starts_at=workshop.starts_at + 2 * HOUR)
    sitting = BookingFactory(session=long).participant
    BookingFactory(session=second, participant=maeve)
    wait(long, maeve, now)

    give_up(session=long, participant=sitting, by=None, at=now)

    assert states(maeve) == {"Long": "seat", "Tokens": "given_up", "Second": "given_up"}
    assert "Tokens (09:30–10:30); Second (11:00–12:00)." in Message.objects.get(kind="seat_changed").body


def test_moving_up_ends_what_else_one_waits_for_at_that_hour(workshop, beside, sitter, maeve, now):
    third = ParticipantFactory(meeting=workshop.meeting)
    wait(workshop, third, now)
    wait(beside, third, now)

    give_up(session=workshop, participant=sitter, by=None, at=now)

    assert states(third) == {"Parcels": "seat", "Tokens": "given_up"}


def test_a_seat_that_is_free_after_all_is_changed_to_at_once(workshop, beside, maeve, now):
    booking = wait(workshop, maeve, now)

    assert (booking.state, states(maeve)) == ("seat", {"Parcels": "seat", "Tokens": "given_up"})


def test_whoever_sits_in_what_has_begun_is_passed_over(workshop, beside, sitter, now):
    other = BookingFactory(session=beside).participant
    wait(beside, sitter, now)

    give_up(session=beside, participant=other, by=None, at=workshop.starts_at)

    assert states(sitter) == {"Parcels": "seat", "Tokens": "queue"}


def test_waiting_does_not_let_anybody_pass(workshop, beside, sitter, maeve, now):
    first = ParticipantFactory(meeting=workshop.meeting)
    wait(workshop, first, now)
    wait(workshop, maeve, now + HOUR)

    give_up(session=workshop, participant=sitter, by=None, at=now + 2 * HOUR)

    assert (seated(workshop), seated(beside)) == ({first.pk}, {maeve.pk})


def test_a_change_by_oneself_keeps_what_one_waits_for(workshop, beside, sitter, maeve, now):
    third = SessionFactory(meeting=workshop.meeting, title_en="Third", booking="seats", seats=1)
    wait(workshop, maeve, now)

    swap(old=beside, new=third, participant=maeve, by=maeve.user, at=now)

    assert states(maeve) == {"Parcels": "queue", "Tokens": "given_up", "Third": "seat"}


def test_who_withdraws_leaves_seat_and_queue(workshop, beside, sitter, maeve, now):
    third = ParticipantFactory(meeting=workshop.meeting)
    wait(workshop, maeve, now)
    wait(beside, third, now)

    services.withdraw(participant=maeve, by=maeve.user, at=now)

    assert states(maeve) == {"Parcels": "given_up", "Tokens": "given_up"}
    assert states(third) == {"Tokens": "seat"}


def test_seats_added_to_both_let_nobody_sit_twice(workshop, beside, sitter, maeve, now):
    wait(workshop, maeve, now)
    wait(beside, sitter, now)
    for session in (workshop, beside):
        session.seats = 2
        session.save()

    for session in (workshop, beside):
        fill_from_queue(session=session, by=None, at=now)

    assert (seated(workshop), seated(beside)) == ({maeve.pk}, {sitter.pk})


def queries_of_joining(*, waiting):
    session = SessionFactory(booking="seats", seats=1)
    BookingFactory(session=session)
    BookingFactory.create_batch(waiting, session=session, state="queue")
    person = ParticipantFactory(meeting=session.meeting)
    with CaptureQueriesContext(connection) as queries:
        join_queue(session=session, participant=person, by=None)
    return len(queries)


def test_a_long_queue_makes_nobody_wait_longer_for_the_lock():
    """Two hundred people asked at once, and each counted the seats for everybody in line: the last of them met a time-out."""
    assert queries_of_joining(waiting=30) == queries_of_joining(waiting=1)
