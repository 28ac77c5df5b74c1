"""Making, changing and withdrawing an invitation. Each function is one transaction."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from correspondence.models import Message
from delegations import errors, mails
from delegations.models import Invitation, InvitationLink
from delegations.readers import readers_of
from meetings.models import Meeting

State = Invitation.State
ADDRESSEE = frozenset({"meeting", "country", "body", "salutation", "given_name", "family_name", "email", "organisation", "function"})


@transaction.atomic
def create_invitation(*, meeting: Meeting, fields: Mapping[str, Any], by: User | None) -> Invitation:
    """Make a draft with the next reference of the meeting's series; nobody is written to. Raises AlreadyInvited."""
    invitation = Invitation(meeting=Meeting.objects.locked(meeting.pk), **fields)
    invitation.clean()
    number_next(invitation)
    try:
        with transaction.atomic():
            save(invitation, by=by, reason="")
    except IntegrityError as error:
        raise errors.AlreadyInvited from error
    return invitation


def number_next(invitation: Invitation) -> None:
    """Give the invitation the next number of the series; the caller holds the lock on the meeting."""
    stem = f"{invitation.meeting.reference_series} Inv "
    last = Invitation.objects.filter(reference__startswith=stem).aggregate(last=Max("number"))["last"] or 0
    invitation.number = last + 1
    invitation.reference = f"{stem}{invitation.number}"


@transaction.atomic
def change_invitation(*, invitation: Invitation, changes: Mapping[str, Any], by: User | None) -> Invitation:
    """Correct a draft, or places, deadline and texts of one that was sent.

    Raises WrongState, AddresseeFixed, QuotaTooSmall or AlreadyInvited.
    """
    current = Invitation.objects.locked(invitation.pk)
    if current.state == State.WITHDRAWN:
        raise errors.WrongState
    if current.state == State.SENT and ADDRESSEE & set(changes):
        raise errors.AddresseeFixed
    for field, value in changes.items():
        setattr(current, field, value)
    current.clean()
    refuse_too_small(current)
    try:
        with transaction.atomic():
            save(current, by=by, reason="corrected by the secretariat")
    except IntegrityError as error:
        raise errors.AlreadyInvited from error
    return current


def refuse_too_small(invitation: Invitation) -> None:
    """Raise QuotaTooSmall where more people are nominated, or nominated as reimbursed, than the numbers allow."""
    standing = invitation.nominations.standing()
    if standing.count() > invitation.quota or standing.filter(is_reimbursed=True).count() > invitation.reimbursed_quota:
        raise errors.QuotaTooSmall


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User | None, at: dt.datetime | None = None) -> Invitation:
    """Take an invitation back: its links open nothing more, and whoever it was sent to is told. Doing it twice changes nothing.

    Raises NamesStand while people are nominated under it.
    """
    now = at or timezone.now()
    current = Invitation.objects.locked(invitation.pk)
    if current.state == State.WITHDRAWN:
        return current
    if current.has_names():
        raise errors.NamesStand
    was_sent = current.state == State.SENT
    current.state = State.WITHDRAWN
    save(current, by=by, reason="withdrawn")
    InvitationLink.objects.filter(invitation=current).usable(now).update(revoked_at=now)
    if was_sent:
        for reader in readers_of([current], on=current.meeting.today(now))[current.pk]:
            mails.tell_withdrawn(current, reader, at=now)
    return current


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: User | None) -> Invitation:
    """Make a withdrawn invitation a draft again, to be sent anew; an earlier reply no longer counts. Raises WrongState."""
    current = Invitation.objects.locked(invitation.pk)
    if current.state != State.WITHDRAWN:
        raise errors.WrongState
    current.state, current.sent_at, current.sent_by, current.reminded_on = State.DRAFT, None, None, None
    current.reply, current.replied_at, current.replied_by, current.replied_from = "", None, None, ""
    current.reply_words = current.reply_note = ""
    save(current, by=by, reason="renewed")
    return current


@transaction.atomic
def hide_name(*, meeting: Meeting, email: str) -> None:
    """Let the invitation of somebody who is protected now name them no more, nor the mails about it show their address."""
    for invitation in Invitation.objects.filter(meeting=meeting, hides_name=False).exclude(email="").filter(email=email):
        invitation.hides_name = True
        save(invitation, by=None, reason="name hidden")
        Message.objects.filter(reference=invitation.reference, hides_address=False).update(hides_address=True)


def save(invitation: Invitation, *, by: User | None, reason: str) -> None:
    """Save with who and why in the history."""
    invitation._history_user = by  # type: ignore[attr-defined]
    invitation._change_reason = reason[:100] or None  # type: ignore[attr-defined]
    invitation.save()
