"""Replies to invitations: by the personal link, by a correspondent, or written down by the secretariat."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from delegations import errors
from delegations.models import Invitation, InvitationLink
from delegations.services.invitations import save

State, Reply = Invitation.State, Invitation.Reply


def find_invitation_link(*, token: str, at: dt.datetime | None = None) -> InvitationLink:
    """The link behind a token; raises LinkUnusable, LinkRevoked or LinkExpired."""
    link = InvitationLink.objects.find(token, purpose=InvitationLink.Purpose.REPLY)
    if link is None:
        raise errors.LinkUnusable
    if link.revoked_at is not None:
        raise errors.LinkRevoked
    if link.is_expired(at or timezone.now()):
        raise errors.LinkExpired
    return link


@transaction.atomic
def reply_by_link(*, token: str, reply: str, words: str = "", at: dt.datetime | None = None) -> Invitation:
    """Take the answer of whoever holds the link; they may change their mind until the deadline.

    Raises what ``find_invitation_link`` and ``reply_as`` raise.
    """
    now = at or timezone.now()
    link = find_invitation_link(token=token, at=now)
    current = Invitation.objects.locked(link.invitation_id)
    link = find_invitation_link(token=token, at=now)  # it may have been taken back a moment ago
    InvitationLink.objects.filter(pk=link.pk).update(used_at=now)
    return take(current, reply, words=words, by=link.user, sent_to=link.email, at=now)


@transaction.atomic
def reply_as(*, invitation: Invitation, reply: str, words: str = "", by: User, at: dt.datetime | None = None) -> Invitation:
    """Take the answer of a correspondent who is signed in; the caller has looked whether it is their country's.

    Raises NotAnAnswer, InvitationWithdrawn, DeadlinePassed, or NamesStand for regrets while people are nominated.
    """
    return take(Invitation.objects.locked(invitation.pk), reply, words=words, by=by, sent_to=by.email, at=at or timezone.now())


def take(current: Invitation, reply: str, *, words: str, by: User | None, sent_to: str, at: dt.datetime) -> Invitation:
    """Write the answer down; the row is locked. The same answer sent again changes nothing."""
    if current.state != State.SENT:
        raise errors.InvitationWithdrawn
    if current.is_past_deadline(at):
        raise errors.DeadlinePassed
    if (current.reply, current.reply_words) != (reply, words.strip()):
        note_reply(current, reply, words=words, by=by, sent_to=sent_to, at=at)
    return current


@transaction.atomic
def reply_for(*, invitation: Invitation, reply: str, note: str, by: User, at: dt.datetime | None = None) -> Invitation:
    """Write down an answer that came another way, by telephone say; the deadline does not bind the secretariat.

    Raises NotAnAnswer, WrongState or NamesStand.
    """
    current = Invitation.objects.locked(invitation.pk)
    if current.state != State.SENT:
        raise errors.WrongState
    note_reply(current, reply, by=by, note=note, at=at or timezone.now())
    return current


def note_reply(
    current: Invitation, reply: str, *, by: User | None, at: dt.datetime, words: str = "", note: str = "", sent_to: str = ""
) -> None:
    """The one assignment of a reply."""
    if reply not in Reply.values:
        raise errors.NotAnAnswer
    if reply == Reply.REGRETS and current.has_names():
        raise errors.NamesStand
    current.reply, current.replied_at, current.replied_by, current.replied_from = reply, at, by, sent_to
    current.reply_words, current.reply_note = words.strip(), note.strip()
    save(current, by=by, reason=f"replied: {reply}")
