"""Seats and presence of somebody who leaves, whose registration is merged with another, or who hands their place to a colleague."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from attendance.entry import reason_of_entry
from attendance.models import Admission, Booking, CheckIn, Part
from attendance.services.queues import move_up
from attendance.services.seating import State, locked_with_neighbours, seats_beside, standing, write
from participants.models import Participant


@transaction.atomic
def leave_all(participant: Participant, *, by: User | None, at: dt.datetime) -> None:
    """End every booking of somebody who has no place at the meeting any more; the caller holds the lock on their row."""
    freed = []
    for booking in locked_bookings(participant):
        freed += [booking.session] if booking.state == State.SEAT else []
        write(booking, State.GIVEN_UP, by=by, at=at)
    move_up(*freed, by=by, at=at)
    participant.wishes.all().delete()


def carry_over(goes: Participant, stays: Participant) -> None:
    """Bring bookings and wishes of one registration to another, where they fit; what does not ends with the first.

    Of two in one session the better one stays: the seat, else the place further ahead. No seat is taken from the one who stays.
    The caller holds the locks on both rows.
    """
    now = timezone.now()
    for booking in locked_bookings(goes, stays):
        if booking.participant_id == goes.pk and fits(booking, stays):
            if (other := standing(booking.session, stays)) is not None:
                write(other, State.GIVEN_UP, by=None, at=now)
            booking.participant = stays
            booking.save()
    if not stays.wishes.exists():
        goes.wishes.update(participant=stays)


def carry_names(goes: Participant, stays: Participant) -> None:
    """Let the one who stays of two registrations of one person speak where the other spoke, and enter where the other was let in."""
    for part in Part.objects.filter(participant=goes):
        if not Part.objects.filter(participant=stays, session=part.session_id, role=part.role).exists():
            part.participant = stays
            part.save()
    known = Admission.objects.filter(participant=stays).values_list("session", flat=True)
    Admission.objects.filter(participant=goes).exclude(session__in=list(known)).update(participant=stays)


def carry_presence(goes: Participant, stays: Participant) -> None:
    """What was recorded of one person under two registrations is theirs; where both say something, the one who stays keeps their own.

    Nothing stays with the other: somebody who was there once would be counted, and paid for, twice.
    """
    known = {slot_key(row) for row in CheckIn.objects.filter(participant=stays)}
    for row in CheckIn.objects.filter(participant=goes):
        if slot_key(row) in known:
            row.delete()  # the history keeps it
        else:
            row.participant = stays
            row.save()


def slot_key(row: CheckIn) -> tuple[object, ...]:
    """What an entry is about, which is recorded once of each person."""
    return (row.session_id,) if row.session_id else (row.day, row.half)


# --- parts ---


def locked_bookings(*people: Participant) -> list[Booking]:
    """What these people have and wait for, as it is once the sessions are locked."""
    rows = Booking.objects.filter(participant__in=people).standing().select_related("session__meeting", "session__room")
    locked_with_neighbours(*(booking.session for booking in rows))
    return list(rows.all().order_by("session__starts_at", "session", "pk"))


def fits(booking: Booking, stays: Participant) -> bool:
    """True where somebody may have what somebody else had, and has nothing as good there, and no seat at that hour."""
    if reason_of_entry(booking.session, stays):
        return False
    other = standing(booking.session, stays)
    if booking.state == State.SEAT:
        return (other is None or other.state == State.QUEUE) and not seats_beside(booking.session, stays)
    return other is None or (other.state == State.QUEUE and booking.queued_at < other.queued_at)
