"""Queues whose seats came free without anybody giving one up: seats were added, or the date until which a share was kept has passed."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from attendance.models import Booking
from attendance.seats import room_of
from attendance.services.bookings import fill_from_queue
from meetings.models import Session


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
    for session in Session.objects.filter(pk__in=families).select_related("meeting", "room").order_by("pk"):
        room = room_of(session, at)
        if any(room.has_seat_for(family) for family in families[session.pk]):
            yield session
