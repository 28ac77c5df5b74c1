"""The seats of a session: how many there are, who keeps a share of them, and how many are free for whom."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from attendance.models import Booking
from meetings.audiences import Family
from meetings.models import Session

# Which family sits on which side of a session whose seats are shared out; other families have no side.
SIDES = {Family.LAW_ENFORCEMENT: "enforcement_seats", Family.PRIVATE: "industry_seats"}


@dataclass(frozen=True, slots=True)
class Room:
    """The seats of one session at one moment: how many in all (None without limit), and how many are taken by each family."""

    total: int | None
    taken: Counter[str]
    kept: dict[str, int]

    @property
    def taken_in_all(self) -> int:
        return sum(self.taken.values())

    @property
    def is_full(self) -> bool:
        """True when no seat is free for anybody."""
        return self.total is not None and self.taken_in_all >= self.total

    @property
    def free(self) -> int:
        """How many seats are free for somebody or other; 0 too where their number is not limited."""
        return max(0, self.total - self.taken_in_all) if self.total is not None else 0

    @property
    def over(self) -> int:
        """How many more people have a seat than there are: seats were lowered under the bookings, and nobody lost theirs."""
        return max(0, self.taken_in_all - self.total) if self.total is not None else 0

    def free_for(self, family: str) -> int | None:
        """How many seats somebody of this family can have now: what is kept for another side is not free. None without limit."""
        if self.total is None:
            return None
        kept = sum(max(0, number - self.taken[side]) for side, number in self.kept.items() if side != family)
        return max(0, self.total - self.taken_in_all - kept)

    def has_seat_for(self, family: str) -> bool:
        return (free := self.free_for(family)) is None or free > 0


def seats_in(session: Session) -> int | None:
    """How many seats a session has: its own number, else its room's; None where neither is known."""
    if session.seats is not None:
        return session.seats
    return session.room.seats if session.room else None


def kept_shares(session: Session, at: dt.datetime) -> dict[str, int]:
    """How many seats each side keeps until a date; nothing from then on."""
    if session.shares_until is None or at >= session.shares_until:
        return {}
    return {family.value: number for family, name in SIDES.items() if (number := getattr(session, name))}


def room_of(session: Session, at: dt.datetime | None = None) -> Room:
    """The seats as they are now; one query. Whoever gives one holds the lock on the session's row."""
    return rooms_of([session], at)[session.pk]


def rooms_of(sessions: Collection[Session], at: dt.datetime | None = None) -> dict[int, Room]:
    """The same of many sessions by their keys, in one query too."""
    now, taken = at or timezone.now(), {session.pk: Counter[str]() for session in sessions}
    rows = Booking.objects.filter(session__in=taken).seated().order_by()
    for key, family in rows.values_list("session", "participant__sector__family"):
        taken[key][family] += 1
    return {session.pk: Room(seats_in(session), taken[session.pk], kept_shares(session, now)) for session in sessions}


def next_position(session: Session) -> int:
    """Where somebody who joined the queue now would stand."""
    return Booking.objects.filter(session=session).queue().count() + 1


def position_of(booking: Booking) -> int:
    """Where somebody stands in the queue, 1 being next."""
    line = list(Booking.objects.filter(session=booking.session_id).queue().values_list("pk", flat=True))
    return line.index(booking.pk) + 1
