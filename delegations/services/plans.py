"""What a step about many invitations would do, told before it is done."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from delegations import errors
from delegations.models import Invitation
from delegations.readers import Reader, readers_of

State = Invitation.State
Check = Callable[[Invitation, Sequence[Reader], dt.datetime], errors.Refused | None]


@dataclass
class Plan:
    """Those a step is possible for, each with whom a mail goes to, and those it is not, by why."""

    ready: list[tuple[Invitation, Sequence[Reader]]] = field(default_factory=list)
    refused: dict[str, list[Invitation]] = field(default_factory=dict)

    @property
    def mails(self) -> int:
        """How many mails there would be."""
        return sum(len(readers) for _, readers in self.ready)


def plan(check: Check, invitations: Iterable[Invitation], *, at: dt.datetime | None = None) -> Plan:
    """Ask ``check`` of each; nobody is left out of the answer. One query for the readers, however many there are."""
    rows, now, made = list(invitations), at or timezone.now(), Plan()
    readers = readers_of(rows, on=timezone.localdate(now))
    for invitation in rows:
        if refusal := check(invitation, readers[invitation.pk], now):
            made.refused.setdefault(str(refusal), []).append(invitation)
        else:
            made.ready.append((invitation, readers[invitation.pk]))
    return made


def against_sending(invitation: Invitation, readers: Sequence[Reader], at: dt.datetime) -> errors.Refused | None:
    """Why an invitation cannot be sent now."""
    if invitation.state != State.DRAFT:
        return errors.WrongState()
    if invitation.is_past_deadline(at):
        return errors.DeadlineInPast()
    return None if readers else errors.NobodyToWriteTo()


def against_reminding(invitation: Invitation, readers: Sequence[Reader], at: dt.datetime) -> errors.Refused | None:
    """Why nobody is to be reminded now."""
    if invitation.state != State.SENT:
        return errors.WrongState()
    if invitation.reply or invitation.has_names():
        return errors.AlreadyReplied()
    if invitation.is_past_deadline(at):
        return errors.DeadlineInPast()
    if refusal := against_a_second_today(invitation, at):
        return refusal
    return None if readers else errors.NobodyToWriteTo()


def against_a_second_today(invitation: Invitation, at: dt.datetime) -> errors.Refused | None:
    """Why nothing more is brought to mind today: the invitation itself went out, or a reminder."""
    today = invitation.meeting.today(at)
    if invitation.reminded_on == today:
        return errors.RemindedToday()
    sent_today = invitation.sent_at is not None and invitation.meeting.today(invitation.sent_at) == today
    return errors.SentToday() if sent_today else None


def against_withdrawing(invitation: Invitation, readers: Sequence[Reader], at: dt.datetime) -> errors.Refused | None:
    """Why an invitation cannot be taken back."""
    if invitation.state == State.WITHDRAWN:
        return errors.WrongState()
    return errors.NamesStand() if invitation.has_names() else None


def against_renewing(invitation: Invitation, readers: Sequence[Reader], at: dt.datetime) -> errors.Refused | None:
    """Why an invitation cannot become a draft again."""
    return None if invitation.state == State.WITHDRAWN else errors.WrongState()
