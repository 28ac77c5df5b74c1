"""Queues move up: whatever set a seat free, it goes to the first in line whom it is for, under the lock on the sessions' rows.

Whoever has a seat elsewhere at that hour changes over, in the same transaction: never two seats, never none. The seat they leave goes to
the next there, and so on until nobody moves any more.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from attendance import booking_mails as mails
from attendance.entry import reason_against
from attendance.models import Booking
from attendance.seats import room_of, rooms_of
from attendance.services.seating import Origin, State, end_all, leave_queues_beside, locked_with_neighbours, seats_beside, write
from meetings.models import Session


@transaction.atomic
def fill_from_queue(*, session: Session, by: User | None, at: dt.datetime | None = None) -> list[Booking]:
    """Give the seats that are free to those who wait; returns who moved up. For seats added, and shares whose date has passed."""
    here = locked_with_neighbours(session)[session.pk]
    return move_up(here, by=by, at=at or timezone.now())


def settle_queues(at: dt.datetime | None = None) -> int:
    """Give the seats that are free to those who wait for them, in every session that has not begun; returns how many moved up."""
    now = at or timezone.now()
    return sum(len(fill_from_queue(session=session, by=None, at=now)) for session in sessions_to_fill(now))


def sessions_to_fill(at: dt.datetime) -> Iterator[Session]:
    """The sessions in which a seat is free for a family of which somebody waits."""
    waiting = Booking.objects.queue().filter(session__starts_at__gt=at).order_by()
    families: dict[int, set[str]] = {}
    for pk, family in waiting.values_list("session", "participant__sector__family").distinct():
        families.setdefault(pk, set()).add(family)
    sessions = list(Session.objects.filter(pk__in=families).select_related("meeting", "room").order_by("pk"))
    rooms = rooms_of(sessions, at)
    for session in sessions:
        if any(rooms[session.pk].has_seat_for(family) for family in families[session.pk]):
            yield session


# --- parts; the caller holds the locks ---


def move_up(*sessions: Session, by: User | None, at: dt.datetime) -> list[Booking]:
    """Give free seats in these sessions, and in those that people leave for them, to those who wait; returns who moved up."""
    moved: list[Booking] = []
    todo = list(sessions)
    while todo:
        for booking in next_in_line(todo.pop(0), at=at):
            todo += change_over(booking, by=by, at=at)
            moved.append(booking)
    return moved


def next_in_line(session: Session, *, at: dt.datetime) -> Iterator[Booking]:
    """Those who can have a seat now, the first in line first; whom the seats are not for, or who sits in what has begun, is passed over.

    The seats are counted once, and again only after one was given: this runs under a lock for which everybody else waits.
    """
    room = room_of(session, at)
    if at >= session.starts_at or room.is_full:
        return
    line = Booking.objects.filter(session=session).queue().select_related("participant__sector", "participant__meeting", "session__meeting")
    for booking in line:
        person = booking.participant
        if not room.has_seat_for(person.sector.family) or reason_against(session, person):
            continue
        if any(other.session.starts_at <= at for other in seats_beside(session, person)):
            continue
        yield booking
        room = room_of(session, at)
        if room.is_full:
            return


def change_over(booking: Booking, *, by: User | None, at: dt.datetime) -> list[Session]:
    """Let somebody move up, leave what they have and wait for at that hour, and tell them; returns where a seat came free."""
    session, person = booking.session, booking.participant
    left = seats_beside(session, person)
    booking.origin = Origin.QUEUE
    write(booking, State.SEAT, by=by, at=at)
    end_all(left, by=by, at=at)
    leave_queues_beside(session, person, by=by, at=at)
    mails.tell_moved_up(booking, left=[one.session for one in left])
    return [one.session for one in left]
