"""Seats that an allocation left over: they stay closed until the secretariat opens them to direct booking, in one act."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from attendance.models import Allocation, Wish
from attendance.seats import Room, rooms_of
from meetings.models import Meeting, Session


@dataclass(frozen=True, slots=True)
class Leftover:
    """One session whose seats were given by wishes, with its seats; nobody can book there yet."""

    session: Session
    room: Room


def left_over(meeting: Meeting, at: dt.datetime | None = None) -> list[Leftover]:
    """The sessions to come that wait for direct booking: after an allocation, and nobody has a wish there any more."""
    now = at or timezone.now()
    if not Allocation.objects.filter(meeting=meeting, applied_at__isnull=False).exists():
        return []
    rows = meeting.sessions.held().filter(booking=Session.Booking.WISHES, starts_at__gt=now)
    rows = rows.exclude(Exists(Wish.objects.filter(session=OuterRef("pk"))))
    sessions = list(rows.select_related("meeting").in_order())
    rooms = rooms_of(sessions, now)
    return [Leftover(session, rooms[session.pk]) for session in sessions]


@transaction.atomic
def open_left_over(*, meeting: Meeting, by: User, at: dt.datetime | None = None) -> list[Session]:
    """Let anybody admitted book the seats that are left, and join the queues of what is full, until each session begins; returns them."""
    now = at or timezone.now()
    Meeting.objects.locked(meeting.pk)  # as whoever gives seats by wishes does
    rows = Session.objects.locked([one.session.pk for one in left_over(meeting, now)])
    for session in rows.values():
        session.booking = Session.Booking.SEATS
        session.booking_opens_at = session.booking_closes_at = None
        session._history_user = by  # type: ignore[attr-defined]
        session.save()
    return list(rows.values())
