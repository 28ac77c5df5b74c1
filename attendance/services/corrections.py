"""Presence as the secretariat corrects it by hand: always with a reason, and nothing said before is lost."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from attendance.errors import NoReason, NotOfThisMeeting, NotYet, WrongSubstitute
from attendance.models import CheckIn, Slot, half_of
from meetings.models import Meeting
from participants.models import Participant

LONGEST_REASON = CheckIn._meta.get_field("reason").max_length
RECORDED = "Presence recorded by hand."


class Word(NamedTuple):
    """What is said of people: the status, who came instead, why, by whom and when."""

    status: str
    substitute: Participant | None
    reason: str
    by: User
    at: dt.datetime


@transaction.atomic
def correct(
    *,
    participants: Collection[Participant],
    slots: Collection[Slot],
    status: str,
    reason: str,
    by: User,
    substitute: Participant | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Record for each of them, in each slot, what is true; says how many entries that changed.

    What is recorded so already stays as it is, with who said it and when. Raises NoReason, NotOfThisMeeting,
    WrongSubstitute, and NotYet for presence in a half-day that has not begun; apologies and
    substitutes are known before.
    """
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        raise NoReason
    people = lock(participants)
    if not are_of_one_meeting(people, slots):
        raise NotOfThisMeeting
    if substitute and not can_stand_in(substitute, people, status):
        raise WrongSubstitute
    word = Word(status, substitute, said, by, at or timezone.now())
    if status == CheckIn.Status.PRESENT and any(is_ahead(slot, people[0].meeting, word.at) for slot in slots):
        raise NotYet
    changed = [person for slot in slots for person, row in zip(people, rows_of(people, slot), strict=True) if say(row, word)]
    leave_trace(changed, by)
    return len(changed)


def is_ahead(slot: Slot, meeting: Meeting, at: dt.datetime) -> bool:
    """True when the half-day of the slot has not begun on the venue's clock."""
    return (slot.day, slot.half) > half_of(at, meeting)


def rows_of(people: Collection[Participant], slot: Slot) -> list[CheckIn]:
    """The row of each of them for a slot: that which is there, or a new one of which nothing is said yet."""
    known = {row.participant_id: row for row in CheckIn.objects.in_slot(slot).filter(participant__in=people)}
    new = {"day": slot.day, "half": slot.half, "session": slot.session, "status": ""}
    return [known.get(person.pk) or CheckIn(participant=person, **new) for person in people]


def say(row: CheckIn, word: Word) -> bool:
    """Write what is true now, unless it is what was known; the history keeps who said what before."""
    instead = word.substitute.pk if word.substitute else None
    if (row.status, row.substitute_id) == (word.status, instead):
        return False
    row.status, row.substitute, row.reason, row.by, row.at = word
    row.place, row.source = "", CheckIn.Source.HAND
    row._history_user = word.by  # type: ignore[attr-defined]
    row.save()
    return True


def leave_trace(changed: Collection[Participant], by: User) -> None:
    """A line in the trail of each person of whom something was recorded."""
    people = list({person.pk: person for person in changed}.values())
    if people:
        LogEntry.objects.log_actions(by.pk, people, CHANGE, change_message=RECORDED)


def lock(participants: Collection[Participant]) -> list[Participant]:
    """The rows of these people, held in one order so that nobody waits for anybody in a circle."""
    rows = Participant.objects.select_for_update(of=("self",), no_key=True).select_related("meeting")
    return list(rows.filter(pk__in=[person.pk for person in participants]).order_by("pk"))


def are_of_one_meeting(people: Collection[Participant], slots: Collection[Slot]) -> bool:
    """True when all belong to one meeting whose days or sessions these are."""
    meetings = {person.meeting_id: person.meeting for person in people}
    if len(meetings) != 1:
        return False
    (meeting,) = meetings.values()
    return all(slot.session.meeting_id == meeting.pk if slot.session else slot.day in meeting.days for slot in slots)


def can_stand_in(substitute: Participant, people: Collection[Participant], status: str) -> bool:
    """True for somebody else with a place at the same meeting, where the person is recorded as substituted."""
    meetings, keys = {person.meeting_id for person in people}, {person.pk for person in people}
    has_place = substitute.state == Participant.State.CONFIRMED and meetings == {substitute.meeting_id}
    return status == CheckIn.Status.SUBSTITUTED and has_place and substitute.pk not in keys
