"""Standing reminders: sent by the worker on the days a meeting sets, once to each person, until the reason has gone."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils import timezone

from correspondence.models import Message
from delegations.models import Invitation, Nomination, NominationLink
from delegations.services import remind_of_promise
from meetings.models import Meeting
from participants import mails, nominee_mails
from participants.models import Participant, PersonalLink, ReminderSetting
from participants.models.participant import UNCONFIRMED_KEPT
from participants.models.reminder import DEFAULTS

Reminder, State = ReminderSetting.Reminder, Participant.State
FIRST_HOUR = 8  # on the venue's clock: nobody is reminded in the middle of the night
THANKED_WITHIN = 14  # days; a reminder switched on long after a meeting writes to nobody
RECENT = dt.timedelta(days=60)  # meetings that ended before that have no reminder left


@dataclass(frozen=True, slots=True)
class Due:
    """One mail that is to go: which reminder, about which row."""

    reminder: str
    row: Any
    meeting: Meeting

    @property
    def key(self) -> str:
        """Names the event in the outbox: this reminder reaching this person."""
        return f"reminder:{self.reminder}:{self.row.pk}"


def settings_of(meeting: Meeting) -> dict[str, tuple[bool, int]]:
    """By reminder, whether it is sent for this meeting and how many days ahead."""
    rows = {row.reminder: (row.is_on, row.days) for row in ReminderSetting.objects.filter(meeting=meeting)}
    return {**DEFAULTS, **rows}


def unconfirmed(meeting: Meeting, days: int, at: dt.datetime) -> Any:
    """Forms that are deleted within so many days because nobody has confirmed their address."""
    before = at - UNCONFIRMED_KEPT + dt.timedelta(days=days)
    rows = Participant.objects.filter(meeting=meeting, state=State.UNCONFIRMED, created_at__lte=before)
    return rows.filter(created_at__gt=at - UNCONFIRMED_KEPT).exclude(email="")


def incomplete(meeting: Meeting, days: int, at: dt.datetime) -> Any:
    """Nominees who have not completed their registration, when the deadline is so near."""
    today = meeting.today(at)
    rows = Nomination.objects.standing().filter(invitation__meeting=meeting, invitation__state="sent", participant=None)
    near = rows.filter(invitation__deadline__gte=today, invitation__deadline__lte=today + dt.timedelta(days=days))
    usable = NominationLink.objects.usable(at).values("nomination")
    return near.filter(pk__in=usable).select_related("invitation__meeting", "invitation__country", "invitation__body")


def promised(meeting: Meeting, days: int, at: dt.datetime) -> Any:
    """Invitations whose addressees said before today that they will nominate, and gave no names, when the deadline is so near.

    Whoever was reminded since the reply is left alone: each is asked once.
    """
    today = meeting.today(at)
    rows = Invitation.objects.promised().filter(meeting=meeting, deadline__gte=today, deadline__lte=today + dt.timedelta(days=days))
    rows = rows.annotate(replied_on=TruncDate("replied_at", tzinfo=meeting.zone)).filter(replied_on__lt=today)
    return rows.exclude(reminded_on__gt=F("replied_on")).with_addressees()


def coming(meeting: Meeting, days: int, at: dt.datetime) -> Any:
    """Those with a place, from so many days before the first day until it begins."""
    today = meeting.today(at)
    is_time = meeting.starts_on - dt.timedelta(days=days) <= today < meeting.starts_on
    return confirmed(meeting) if is_time else Participant.objects.none()


def gone_home(meeting: Meeting, days: int, at: dt.datetime) -> Any:
    """Those who had a place, so many days after the last day, and for two weeks."""
    since = (meeting.today(at) - meeting.ends_on).days
    return confirmed(meeting) if days <= since <= days + THANKED_WITHIN else Participant.objects.none()


def confirmed(meeting: Meeting) -> Any:
    return Participant.objects.confirmed().named().filter(meeting=meeting).exclude(email="")


FIND: dict[str, Callable[[Meeting, int, dt.datetime], Any]] = {
    Reminder.CONFIRM_ADDRESS: unconfirmed,
    Reminder.COMPLETE: incomplete,
    Reminder.PROMISED: promised,
    Reminder.BEFORE: coming,
    Reminder.THANKS: gone_home,
}


def due(at: dt.datetime) -> Iterator[Due]:
    """Every reminder that is to go now and has not gone."""
    for meeting in Meeting.objects.filter(ends_on__gte=(at - RECENT).date(), is_published=True):
        if at.astimezone(meeting.zone).hour < FIRST_HOUR:
            continue
        for reminder, (is_on, days) in settings_of(meeting).items():
            rows = list(FIND[reminder](meeting, days, at).order_by("pk")) if is_on else []
            found = [Due(reminder, row, meeting) for row in rows]
            gone = set(Message.objects.filter(dedup_key__in=[one.key for one in found]).values_list("dedup_key", flat=True))
            yield from (one for one in found if one.key not in gone)


def remind_due(at: dt.datetime | None = None) -> int:
    """Write the reminders that are due to the outbox; returns how many. Safe to run in several workers at once."""
    now = at or timezone.now()
    return sum(remind_once(one, now) for one in list(due(now)))


@transaction.atomic
def remind_once(one: Due, at: dt.datetime) -> bool:
    """Write one reminder unless another worker was quicker or the reason has gone: looked at again under the row's lock."""
    model = type(one.row)
    if not model.objects.select_for_update(of=("self",)).filter(pk=one.row.pk).exists():
        return False
    is_on, days = settings_of(one.meeting)[one.reminder]
    row = FIND[one.reminder](one.meeting, days, at).filter(pk=one.row.pk).first() if is_on else None
    if row is None or Message.objects.filter(dedup_key=one.key).exists():
        return False
    WRITE[one.reminder](row, one.key, at)
    return True


def confirm_again(person: Participant, key: str, at: dt.datetime) -> None:
    """A new link that proves the address; the one in the first mail is replaced by it."""
    ends = person.created_at + UNCONFIRMED_KEPT
    token = PersonalLink.issue(person, purpose=PersonalLink.Purpose.PROVE_ADDRESS, expires_at=ends)
    mails.remind_to_confirm(person, token=token, dedup_key=key)


def complete_again(nomination: Nomination, key: str, at: dt.datetime) -> None:
    """A new link to the form, good for as long as the one it replaces."""
    ends = NominationLink.objects.usable(at).filter(nomination=nomination).latest("expires_at").expires_at
    token = NominationLink.issue(nomination, at=at, expires_at=ends)
    nominee_mails.remind_to_complete(nomination, token=token, until=ends, dedup_key=key)


def ask_for_names(invitation: Invitation, key: str, at: dt.datetime) -> None:
    """A mail to everybody an invitation is written to; the day of it is kept, so that it is the only one."""
    remind_of_promise(invitation=invitation, at=at)


def before_meeting(person: Participant, key: str, at: dt.datetime) -> None:
    mails.remind_of_meeting(person, dedup_key=key)


def thank(person: Participant, key: str, at: dt.datetime) -> None:
    mails.thank(person, dedup_key=key)


WRITE: dict[str, Callable[[Any, str, dt.datetime], None]] = {
    Reminder.CONFIRM_ADDRESS: confirm_again,
    Reminder.COMPLETE: complete_again,
    Reminder.PROMISED: ask_for_names,
    Reminder.BEFORE: before_meeting,
    Reminder.THANKS: thank,
}
