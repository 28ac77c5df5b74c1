"""Reminders of invitations: by hand, and by the worker on the days that the meeting sets."""

import datetime as dt
import logging
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from delegations import errors, mails
from delegations.models import Invitation
from delegations.readers import readers_of
from delegations.services.invitations import save
from delegations.services.plans import against_a_second_today, against_reminding

logger = logging.getLogger(__name__)

FIRST_HOUR = 8  # on the venue's clock: nobody is reminded in the middle of the night


@transaction.atomic
def remind(*, invitation: Invitation, by: User | None, at: dt.datetime | None = None) -> Invitation:
    """Remind everybody an invitation was sent to, once a day at most.

    Raises WrongState, DeadlineInPast, AlreadyReplied, RemindedToday, SentToday or NobodyToWriteTo.
    """
    now = at or timezone.now()
    current = Invitation.objects.locked(invitation.pk)
    today = current.meeting.today(now)
    readers = readers_of([current], on=timezone.localdate(now))[current.pk]
    if refusal := against_reminding(current, readers, now):
        raise refusal
    current.reminded_on = today
    save(current, by=by, reason="reminded")
    for reader in readers:
        mails.remind(current, reader, on=today)
    return current


@transaction.atomic
def note_reminded(*, invitations: Collection[int], by: User | None, at: dt.datetime | None = None) -> None:
    """Note that a mail in the secretariat's own words brings these to mind today.

    Raises WrongState, RemindedToday or SentToday of the first that must not be; nothing is noted then.
    """
    now = at or timezone.now()
    for row in Invitation.objects.filter(pk__in=invitations).select_for_update(of=("self",)).with_addressees().order_by("pk"):
        if row.state != Invitation.State.SENT:
            raise errors.WrongState
        if refusal := against_a_second_today(row, now):
            raise refusal
        row.reminded_on = row.meeting.today(now)
        save(row, by=by, reason="reminded")


@transaction.atomic
def remind_of_promise(*, invitation: Invitation, at: dt.datetime | None = None) -> Invitation:
    """Ask those who said that they will nominate for the names; the caller has looked whether it is time, and holds the row's lock."""
    now = at or timezone.now()
    current = Invitation.objects.locked(invitation.pk)
    readers = readers_of([current], on=timezone.localdate(now))[current.pk]
    current.reminded_on = current.meeting.today(now)
    save(current, by=None, reason="reminded")
    for reader in readers:
        mails.remind_of_promise(current, reader, on=current.reminded_on)
    return current


def is_due(invitation: Invitation, at: dt.datetime) -> bool:
    """True when one of the meeting's days before the deadline has come since the invitation was sent or last brought to mind."""
    meeting = invitation.meeting
    today, last = meeting.today(at), invitation.reminded_on
    if invitation.sent_at is None or at.astimezone(meeting.zone).hour < FIRST_HOUR or today > invitation.deadline:
        return False
    seen_on = max(last, meeting.today(invitation.sent_at)) if last else meeting.today(invitation.sent_at)
    return any(seen_on < invitation.deadline - dt.timedelta(days=lead) <= today for lead in meeting.reminder_leads)


def remind_silent(at: dt.datetime | None = None) -> int:
    """Remind whoever is due; returns how many invitations. A worker that slept over a day catches up with one reminder."""
    now = at or timezone.now()
    yesterday = now.date() - dt.timedelta(days=1)  # somewhere the deadline's day is not over yet
    silent = Invitation.objects.silent().filter(deadline__gte=yesterday).with_addressees().order_by("pk")
    due = [invitation for invitation in silent if is_due(invitation, now)]
    reachable = readers_of(due, on=timezone.localdate(now))
    reminded = 0
    for invitation in due:
        if reachable[invitation.pk]:
            reminded += remind_once(invitation, now)
    return reminded


def remind_once(invitation: Invitation, at: dt.datetime) -> bool:
    """Remind unless another worker, or a reply, was quicker."""
    try:
        remind(invitation=invitation, by=None, at=at)
    except errors.Refused as refusal:
        logger.info("No reminder for invitation %s: %s", invitation.pk, type(refusal).__name__)
        return False
    return True
