"""Seats in sessions: taken, given up, changed for others and moved up to, each under the lock on the sessions' rows (door two).

The row of the participant is locked first, then those of the session and of all that run beside it, in the order of their keys:
so two seats at the same hour, and more seats than there are, are impossible whoever asks at once.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attendance import booking_mails as mails
from attendance.entry import reason_against
from attendance.models import Booking
from attendance.refusals import BookingClosed, NoBooking, NotAdmitted, NothingToBook, Overlap, SessionFull
from attendance.seats import room_of
from meetings.dates import hours, moment
from meetings.models import Session
from participants.models import Participant
from participants.services.states import locked as locked_participant

State, Origin = Booking.State, Booking.Origin


@transaction.atomic
def take_seat(
    *, session: Session, participant: Participant, by: User | None, at: dt.datetime | None = None, origin: str = Origin.PERSON
) -> Booking:
    """Give somebody a seat. Having one already changes nothing.

    Raises NothingToBook, BookingClosed, NotAdmitted, Overlap or SessionFull.
    """
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    here = locked_with_neighbours(session)[session.pk]
    refuse_booking(here, person, at=now, origin=origin)
    return seat(here, person, by=by, at=now, origin=origin)


@transaction.atomic
def join_queue(*, session: Session, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Booking:
    """Put somebody at the end of the queue of a full session, or on a seat where one is free after all; raises what ``take_seat`` does."""
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    here = locked_with_neighbours(session)[session.pk]
    refuse_booking(here, person, at=now, origin=Origin.PERSON)
    try:
        return seat(here, person, by=by, at=now, origin=Origin.PERSON)
    except SessionFull:
        return standing(here, person) or write(Booking(session=here, participant=person), State.QUEUE, by=by, at=now)


@transaction.atomic
def give_up(
    *, session: Session, participant: Participant, by: User | None, at: dt.datetime | None = None, state: str = State.GIVEN_UP
) -> Booking:
    """End somebody's booking; the seat goes to the next in the queue at once. Raises NoBooking."""
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    here = locked_with_neighbours(session)[session.pk]
    booking = standing(here, person)
    if booking is None:
        raise NoBooking
    had_a_seat = booking.state == State.SEAT
    write(booking, state, by=by, at=now)
    if state == State.TAKEN_BACK and had_a_seat:
        mails.tell_taken_back(booking)
    move_up(here, by=by, at=now)
    return booking


@transaction.atomic
def swap(*, old: Session, new: Session, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Booking:
    """Change a seat for one in another session: the new one is taken and the old one given up, or nothing changes.

    Raises NoBooking where there is no old seat, else what ``take_seat`` does.
    """
    now = at or timezone.now()
    person = locked_participant(participant.pk)
    rows = locked_with_neighbours(old, new)
    booking = standing(rows[old.pk], person)
    if booking is None or booking.state != State.SEAT:
        raise NoBooking
    refuse_booking(rows[new.pk], person, at=now, origin=Origin.PERSON, beside=old)
    write(booking, State.GIVEN_UP, by=by, at=now)
    taken = seat(rows[new.pk], person, by=by, at=now, origin=Origin.PERSON)
    move_up(rows[old.pk], by=by, at=now)
    return taken


@transaction.atomic
def fill_from_queue(*, session: Session, by: User | None, at: dt.datetime | None = None) -> list[Booking]:
    """Give the seats that are free to those who wait; returns who moved up. For seats added, and shares whose date has passed."""
    here = locked_with_neighbours(session)[session.pk]
    return move_up(here, by=by, at=at or timezone.now())


@transaction.atomic
def leave_all(participant: Participant, *, by: User | None, at: dt.datetime) -> None:
    """End every booking of somebody who has no place at the meeting any more; the caller holds the lock on their row."""
    bookings = Booking.objects.filter(participant=participant).standing().select_related("session")
    rows = locked_with_neighbours(*(booking.session for booking in bookings))
    for booking in bookings:
        write(booking, State.GIVEN_UP, by=by, at=at)
        move_up(rows[booking.session_id], by=by, at=at)
    participant.wishes.all().delete()


def carry_over(goes: Participant, stays: Participant) -> None:
    """Bring bookings and wishes of a registration that is merged to the one that stays, where they fit; the rest ends with it.

    No seat is given or freed by it; the caller holds the locks on both rows.
    """
    for booking in Booking.objects.filter(participant=goes).standing().select_related("session"):
        if standing(booking.session, stays) is None and seat_beside(booking.session, stays) is None:
            booking.participant = stays
            booking.save()
    if not stays.wishes.exists():
        goes.wishes.update(participant=stays)


# --- parts; the caller holds the locks ---


def locked_with_neighbours(*sessions: Session) -> dict[int, Session]:
    """These sessions and all that run beside them, locked."""
    keys = {session.pk for session in sessions}
    for session in sessions:
        keys |= set(Session.objects.side_by_side(session).values_list("pk", flat=True))
    return Session.objects.locked(keys)


def standing(session: Session, participant: Participant) -> Booking | None:
    """Somebody's seat or place in the queue."""
    return Booking.objects.filter(session=session, participant=participant).standing().first()


def refuse_booking(session: Session, participant: Participant, *, at: dt.datetime, origin: str, beside: Session | None = None) -> None:
    """Raise why somebody can have no seat, whether one is free or not; a seat in ``beside`` does not count."""
    if session.booking == Session.Booking.NONE or session.ends_at <= at:
        raise NothingToBook
    if origin == Origin.PERSON:
        refuse_hour(session, at=at)
    if reason := reason_against(session, participant):
        raise NotAdmitted(reason)
    if other := seat_beside(session, participant, beside=beside):
        named = {"session": other.title.text, "hours": hours(other.local_start(), other.local_end())}
        raise Overlap(_("You have a seat in “%(session)s” at that time (%(hours)s).") % named)


def refuse_hour(session: Session, *, at: dt.datetime) -> None:
    """Raise BookingClosed before booking opens, and once it has closed or the session has begun."""
    if session.booking != Session.Booking.SEATS and at < (session.booking_closes_at or session.starts_at):
        raise BookingClosed(_("Seats in this session are allocated by wishes."))
    if session.booking_opens_at and at < session.booking_opens_at:
        when = moment(session.booking_opens_at.astimezone(session.meeting.zone))
        raise BookingClosed(_("Booking opens on %(when)s.") % {"when": when})
    if at >= min(session.booking_closes_at or session.starts_at, session.starts_at):
        raise BookingClosed


def seat_beside(session: Session, participant: Participant, *, beside: Session | None = None) -> Session | None:
    """A session at the same time in which somebody has a seat."""
    rows = Session.objects.side_by_side(session).filter(bookings__participant=participant, bookings__state=State.SEAT)
    return (rows.exclude(pk=beside.pk) if beside else rows).select_related("meeting").first()


def seat(session: Session, participant: Participant, *, by: User | None, at: dt.datetime, origin: str) -> Booking:
    """Write the seat, or raise SessionFull; those who waited before come first. What they queued for at the same hour ends."""
    booking = standing(session, participant)
    if booking and booking.state == State.SEAT:
        return booking
    move_up(session, by=by, at=at)
    if booking:
        booking.refresh_from_db()
        if booking.state == State.SEAT:
            return booking
    if not room_of(session, at).has_seat_for(participant.sector.family):
        raise SessionFull
    booking = booking or Booking(session=session, participant=participant, queued_at=at)
    booking.origin = origin
    write(booking, State.SEAT, by=by, at=at)
    leave_queues_beside(session, participant, by=by, at=at)
    return booking


def move_up(session: Session, *, by: User | None, at: dt.datetime) -> list[Booking]:
    """Give free seats to those who wait, the first in line first; whom the seats are not for, or who sits elsewhere, is passed over."""
    waiting = list(Booking.objects.filter(session=session).queue().select_related("participant__sector", "participant__meeting"))
    moved: list[Booking] = []
    for booking in waiting if at < session.starts_at else []:
        person = booking.participant
        if not room_of(session, at).has_seat_for(person.sector.family):
            continue
        if reason_against(session, person) or seat_beside(session, person):
            continue
        booking.origin = Origin.QUEUE
        moved.append(write(booking, State.SEAT, by=by, at=at))
        leave_queues_beside(session, person, by=by, at=at)
        mails.tell_moved_up(booking)
    return moved


def leave_queues_beside(session: Session, participant: Participant, *, by: User | None, at: dt.datetime) -> None:
    """Nobody waits for a seat at an hour at which they have one."""
    beside = Booking.objects.filter(session__in=Session.objects.side_by_side(session), participant=participant).queue()
    end_all(beside, by=by, at=at)


def end_all(bookings: Iterable[Booking], *, by: User | None, at: dt.datetime) -> None:
    for booking in bookings:
        write(booking, State.GIVEN_UP, by=by, at=at)


def write(booking: Booking, state: str, *, by: User | None, at: dt.datetime) -> Booking:
    """The one assignment of a booking's state, with who did it in the history."""
    booking.state, booking.decided_at = state, at
    if state == State.QUEUE:
        booking.queued_at = at
    booking._history_user = by  # type: ignore[attr-defined]
    booking.save()
    return booking
