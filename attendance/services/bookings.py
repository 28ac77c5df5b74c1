"""Seats in sessions: taken, queued for, given up and changed for others, each under the lock on the sessions' rows (door two).

The row of the participant is locked first, then those of the session and of all that hang together with it by overlaps, in the order of
their keys: so two seats at the same hour, and more seats than there are, are impossible whoever asks at once.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attendance import booking_mails as mails
from attendance.entry import reason_against
from attendance.models import Booking
from attendance.refusals import BookingClosed, NoBooking, NotAdmitted, NothingToBook, Overlap, SessionFull
from attendance.seats import next_position, position_of, room_of
from attendance.services.queues import move_up
from attendance.services.seating import Origin, State, end_all, leave_queues_beside, locked_with_neighbours, seats_beside, standing, write
from attendance.workshops import named
from meetings.dates import moment
from meetings.models import Session
from participants.models import Participant
from participants.services.states import locked as locked_participant


@transaction.atomic
def take_seat(*, session: Session, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Booking:
    """Give somebody the seat they ask for; what they wait for at the same hour they go on waiting for. Having one changes nothing.

    Raises NothingToBook, BookingClosed, NotAdmitted, Overlap or SessionFull.
    """
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    here = locked_with_neighbours(session)[session.pk]
    refuse_session(here, person, at=now)
    refuse_hour(here, at=now)
    refuse_overlap(here, person, _("You have a seat in %(sessions)s at that time."))
    return seat(here, person, by=by, at=now, origin=Origin.PERSON)


@transaction.atomic
def assign_seat(*, session: Session, participant: Participant, by: User, at: dt.datetime | None = None) -> Booking:
    """Give somebody a seat for the secretariat, at any time until the session ends, and tell them; they wait for nothing at that hour.

    Raises NothingToBook, NotAdmitted, Overlap or SessionFull.
    """
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    here = locked_with_neighbours(session)[session.pk]
    refuse_session(here, person, at=now)
    refuse_overlap(here, person, _("This person has a seat in %(sessions)s at that time."))
    if (booking := standing(here, person)) and booking.state == State.SEAT:
        return booking
    booking = seat(here, person, by=by, at=now, origin=Origin.STAFF)
    leave_queues_beside(here, person, by=by, at=now)
    if booking.origin == Origin.STAFF:  # else the queue was quicker, and told them
        mails.tell_given(booking)
    return booking


@transaction.atomic
def join_queue(*, session: Session, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Booking:
    """Put somebody at the end of the queue of a full session, or on a seat where one is free after all.

    A seat at the same hours hinders nobody: it is theirs until they have one here, and is left for that one then.
    Raises NothingToBook, BookingClosed or NotAdmitted.
    """
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    here = locked_with_neighbours(session)[session.pk]
    if (booking := standing(here, person)) and booking.state == State.SEAT:
        return booking
    refuse_session(here, person, at=now)
    refuse_hour(here, at=now)
    try:
        booking = seat(here, person, by=by, at=now, origin=Origin.PERSON)
    except SessionFull:
        return standing(here, person) or write(Booking(session=here, participant=person), State.QUEUE, by=by, at=now)
    left = seats_beside(here, person)
    end_all(left, by=by, at=now)
    move_up(*(one.session for one in left), by=by, at=now)
    return booking


@transaction.atomic
def give_up(
    *, session: Session, participant: Participant, by: User | None, at: dt.datetime | None = None, state: str = State.GIVEN_UP
) -> Booking:
    """End somebody's booking; the next in the queue moves up at once. Raises NoBooking, or BookingClosed once it is over."""
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    here = locked_with_neighbours(session)[session.pk]
    booking = standing(here, person)
    if booking is None:
        raise NoBooking
    if state == State.GIVEN_UP:
        refuse_over(here, at=now)
    had_a_seat = booking.state == State.SEAT
    write(booking, state, by=by, at=now)
    if state == State.TAKEN_BACK and had_a_seat:
        mails.tell_taken_back(booking)
    move_up(here, by=by, at=now)
    return booking


@transaction.atomic
def swap(*, old: Session, new: Session, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Booking:
    """Change a seat for one in another session: the new one is taken and the old one given up, or nothing changes.

    Doing it twice changes nothing. Raises NoBooking where there is no old seat, else what ``take_seat`` does.
    """
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    rows = locked_with_neighbours(old, new)
    taken, booking = standing(rows[new.pk], person), standing(rows[old.pk], person)
    if taken and taken.state == State.SEAT:
        return taken
    if booking is None or booking.state != State.SEAT:
        raise NoBooking
    refuse_session(rows[new.pk], person, at=now)
    refuse_hour(rows[new.pk], at=now)
    write(booking, State.GIVEN_UP, by=by, at=now)
    refuse_overlap(rows[new.pk], person, _("You have a seat in %(sessions)s at that time."))
    taken = seat(rows[new.pk], person, by=by, at=now, origin=Origin.PERSON)
    move_up(rows[old.pk], by=by, at=now)
    return taken


# --- parts; the caller holds the locks ---


def refuse_session(session: Session, participant: Participant, *, at: dt.datetime) -> None:
    """Raise why somebody can have no seat in a session at any time."""
    if session.booking == Session.Booking.NONE:
        raise NothingToBook
    refuse_over(session, at=at)
    if reason := reason_against(session, participant):
        raise NotAdmitted(reason)


def refuse_over(session: Session, *, at: dt.datetime) -> None:
    """Raise BookingClosed once a session is over: who had a seat there stays as it was."""
    if session.ends_at <= at:
        raise BookingClosed(_("This session is over."))


def refuse_overlap(session: Session, participant: Participant, sentence: str) -> None:
    """Raise Overlap with that sentence when somebody has a seat at the same time."""
    if taken := seats_beside(session, participant):
        raise Overlap(sentence % {"sessions": named(one.session for one in taken)})


def refuse_hour(session: Session, *, at: dt.datetime) -> None:
    """Raise BookingClosed before booking opens, and once it has closed or the session has begun."""
    if session.booking != Session.Booking.SEATS and at < (session.booking_closes_at or session.starts_at):
        raise BookingClosed(_("Seats in this session are allocated by wishes."))
    if session.booking_opens_at and at < session.booking_opens_at:
        when = moment(session.booking_opens_at.astimezone(session.meeting.zone))
        raise BookingClosed(_("Booking opens on %(when)s.") % {"when": when})
    if at >= min(session.booking_closes_at or session.starts_at, session.starts_at):
        raise BookingClosed


def seat(session: Session, participant: Participant, *, by: User | None, at: dt.datetime, origin: str) -> Booking:
    """Write the seat, or raise SessionFull; those who waited before come first."""
    move_up(session, by=by, at=at)
    booking = standing(session, participant)
    if booking and booking.state == State.SEAT:
        return booking
    if not room_of(session, at).has_seat_for(participant.sector.family):
        raise full(session, booking)
    booking = booking or Booking(session=session, participant=participant, queued_at=at)
    booking.origin = origin
    return write(booking, State.SEAT, by=by, at=at)


def full(session: Session, booking: Booking | None) -> SessionFull:
    """What is said when no seat is free: the place in the queue that somebody has, or would have."""
    if booking:
        return SessionFull(_("All seats are taken. You are number %(n)s in the queue.") % {"n": position_of(booking)})
    return SessionFull(_("All seats are taken. The next place in the queue is number %(n)s.") % {"n": next_position(session)})
