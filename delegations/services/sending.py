"""Sending invitations: the rows, the links and the mails are written together or not at all."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from delegations import errors, mails
from delegations.models import Invitation
from delegations.readers import Reader, readers_of
from delegations.services.invitations import save

State = Invitation.State


@dataclass
class Plan:
    """What sending these invitations would do, told before it is done."""

    ready: list[tuple[Invitation, Sequence[Reader]]] = field(default_factory=list)
    nobody: list[Invitation] = field(default_factory=list)  # drafts with nobody to write to
    others: list[Invitation] = field(default_factory=list)  # sent or withdrawn already

    @property
    def mails(self) -> int:
        """How many mails there would be."""
        return sum(len(readers) for _, readers in self.ready)


def plan_sending(invitations: Iterable[Invitation], *, at: dt.datetime | None = None) -> Plan:
    """Sort the invitations into those that can go, those with nobody to write to, and those that are no draft."""
    rows = list(invitations)
    now, plan = at or timezone.now(), Plan()
    readers = readers_of(rows, on=timezone.localdate(now))
    for invitation in rows:
        if invitation.state != State.DRAFT:
            plan.others.append(invitation)
        elif readers[invitation.pk]:
            plan.ready.append((invitation, readers[invitation.pk]))
        else:
            plan.nobody.append(invitation)
    return plan


@transaction.atomic
def send_invitation(*, invitation: Invitation, by: User | None, at: dt.datetime | None = None) -> Invitation:
    """Send a draft to everybody it is for, one mail each. Raises WrongState, DeadlineInPast or NobodyToWriteTo."""
    now = at or timezone.now()
    current = Invitation.objects.locked(invitation.pk)
    if current.state != State.DRAFT:
        raise errors.WrongState
    if current.is_past_deadline(now):
        raise errors.DeadlineInPast
    readers = readers_of([current], on=timezone.localdate(now))[current.pk]
    if not readers:
        raise errors.NobodyToWriteTo
    current.state, current.sent_at, current.sent_by = State.SENT, now, by
    save(current, by=by, reason="sent")
    for reader in readers:
        mails.invite(current, reader)
    return current
