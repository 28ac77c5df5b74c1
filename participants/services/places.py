"""Places: counted, given and handed on while the caller holds the lock on the meeting's row (door two)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from meetings.audiences import Category
from meetings.models import Meeting
from participants import mails
from participants.models import Participant
from participants.services.states import State, locked, move


def free_places(meeting: Meeting) -> int | None:
    """How many places are free; None where there is no limit, never below zero."""
    if meeting.capacity is None:
        return None
    return max(0, meeting.capacity - Participant.objects.filter(meeting=meeting).holding_a_place().count())


def holds_a_place(participant: Participant) -> bool:
    """True when somebody's place counts towards the capacity."""
    return participant.state == State.CONFIRMED and participant.category in Category.counting()


def has_room_for(participant: Participant, meeting: Meeting) -> bool:
    """True when a place is free, or when this category takes none."""
    free = free_places(meeting)
    return free is None or free > 0 or participant.category not in Category.counting()


def give_place_or_queue(participant: Participant, meeting: Meeting, *, by: User | None, at: dt.datetime) -> None:
    """Confirm, or put on the waiting list when no place is free, and tell the person."""
    if has_room_for(participant, meeting):
        move(participant, State.CONFIRMED, by=by, at=at)
        mails.tell_confirmed(participant)
    else:
        move(participant, State.WAITLISTED, by=by, at=at)
        mails.tell_waitlisted(participant)


def leave(participant: Participant, state: str, meeting: Meeting, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """Move out of the meeting, and hand on the place where one comes free."""
    held_a_place = holds_a_place(participant)
    move(participant, state, by=by, at=at, reason=reason)
    if held_a_place:
        hand_on(meeting, by=by, at=at, most=1)


def hand_on(meeting: Meeting, *, by: User | None, at: dt.datetime, most: int | None = None) -> list[Participant]:
    """Confirm the next in line while places are free, at most ``most`` of them."""
    in_need = Participant.objects.filter(meeting=meeting, category__in=Category.counting())
    line = in_need.waiting_line().values_list("pk", flat=True)
    free = free_places(meeting)
    limit = min(n for n in (free, most, line.count()) if n is not None)
    promoted = []
    for pk in list(line[:limit]):
        participant = locked(pk)
        move(participant, State.CONFIRMED, by=by, at=at, reason="a place came free")
        mails.tell_confirmed(participant)
        promoted.append(participant)
    return promoted


@transaction.atomic
def fill_free_places(*, meeting: Meeting, by: User | None, at: dt.datetime | None = None) -> list[Participant]:
    """Give every free place to the next in line: after the capacity was raised. Returns those who got one."""
    current = Meeting.objects.locked(meeting.pk)
    return hand_on(current, by=by, at=at or timezone.now())
