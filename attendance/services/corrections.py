"""Presence as the secretariat corrects it by hand: always with a reason, and nothing said before is lost."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from attendance.errors import NoReason, NotOfThisMeeting
from attendance.models import CheckIn, Slot
from participants.models import Participant

LONGEST_REASON = CheckIn._meta.get_field("reason").max_length


@transaction.atomic
def correct(
    *, participants: Collection[Participant], slots: Collection[Slot], status: str, reason: str, by: User, at: dt.datetime | None = None
) -> int:
    """Record for each of them, in each slot, what is true; says how many entries that changed.

    What is recorded so already stays as it is, with who said it and when. Raises NoReason and NotOfThisMeeting.
    """
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        raise NoReason
    people = lock(participants)
    if not are_of_one_meeting(people, slots):
        raise NotOfThisMeeting
    now, changed = at or timezone.now(), 0
    for slot in slots:
        known = {row.participant_id: row for row in CheckIn.objects.in_slot(slot).filter(participant__in=people)}
        for person in people:
            row = known.get(person.pk) or CheckIn(participant=person, day=slot.day, half=slot.half, session=slot.session, status="")
            changed += say(row, status=status, reason=said, by=by, at=now)
    return changed


def say(row: CheckIn, *, status: str, reason: str, by: User, at: dt.datetime) -> bool:
    """Write what is true now, unless it is what was known; the history keeps who said what before."""
    if row.status == status:
        return False
    row.status, row.reason, row.by, row.at, row.place, row.source = status, reason, by, at, "", CheckIn.Source.HAND
    row._history_user = by  # type: ignore[attr-defined]
    row.save()
    return True


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
