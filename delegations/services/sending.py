"""Sending invitations: the rows, the links and the mails are written together or not at all."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from delegations import mails
from delegations.models import Invitation
from delegations.readers import readers_of
from delegations.services.invitations import save
from delegations.services.plans import against_sending

State = Invitation.State


@transaction.atomic
def send_invitation(*, invitation: Invitation, by: User | None, at: dt.datetime | None = None) -> Invitation:
    """Send a draft to everybody it is for, one mail each. Raises WrongState, DeadlineInPast or NobodyToWriteTo."""
    now = at or timezone.now()
    current = Invitation.objects.locked(invitation.pk)
    readers = readers_of([current], on=timezone.localdate(now))[current.pk]
    if refusal := against_sending(current, readers, now):
        raise refusal
    current.state, current.sent_at, current.sent_by = State.SENT, now, by
    save(current, by=by, reason="sent")
    for reader in readers:
        mails.invite(current, reader)
    return current
