"""The rows of bookings, read and written under the lock on the sessions' rows (door two); what services of seats are made of."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from attendance.models import Booking
from meetings.models import Session
from participants.models import Participant

State, Origin = Booking.State, Booking.Origin


def locked_with_neighbours(*sessions: Session) -> dict[int, Session]:
    """These sessions, all that run beside them, all beside those and so on, locked: as far as one seat that comes free can move others."""
    keys = {session.pk for session in sessions}
    hours = Session.objects.filter(meeting__in={session.meeting_id for session in sessions}).order_by("starts_at", "pk")
    for chain in chains_of(hours.values_list("meeting", "pk", "starts_at", "ends_at")):
        if keys & chain:
            keys |= chain
    return Session.objects.locked(keys)


def chains_of(hours: Iterable[tuple[int, int, dt.datetime, dt.datetime]]) -> list[set[int]]:
    """The keys of sessions that hang together by overlaps; given are meeting, key, start and end, the earliest start first."""
    chains: dict[int, list[set[int]]] = {}
    until: dict[int, dt.datetime] = {}
    for meeting, key, starts, ends in hours:
        if meeting not in until or starts >= until[meeting]:
            chains.setdefault(meeting, []).append(set())
            until[meeting] = ends
        chains[meeting][-1].add(key)
        until[meeting] = max(until[meeting], ends)
    return [chain for of_one in chains.values() for chain in of_one]


def standing(session: Session, participant: Participant) -> Booking | None:
    """Somebody's seat or place in the queue."""
    return Booking.objects.filter(session=session, participant=participant).standing().first()


def seats_beside(session: Session, participant: Participant) -> list[Booking]:
    """The seats somebody has in sessions at the same time, with the sessions."""
    rows = Booking.objects.filter(session__in=Session.objects.side_by_side(session), participant=participant).seated()
    return list(rows.select_related("session__meeting", "session__room").order_by("session__starts_at", "session"))


def leave_queues_beside(session: Session, participant: Participant, *, by: User | None, at: dt.datetime) -> None:
    """Let somebody who was given a seat wait for none at the same hour any more."""
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
