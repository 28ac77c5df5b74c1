"""Nominations under the lock on their invitation, and their end. The caller holds the lock on the meeting's row."""

import datetime as dt

from accounts.models import User
from delegations.models import Invitation, Nomination, NominationLink
from participants import nominee_mails
from participants.models import Participant
from participants.services.states import State

STANDING = Nomination.State.PUT_FORWARD


def locked_nomination(pk: int) -> Nomination:
    """The nomination as it is now, with the row of its invitation locked: names are counted against the quota under that lock."""
    row = Nomination.objects.only("invitation_id").get(pk=pk)
    invitation = Invitation.objects.locked(row.invitation_id)
    nomination = Nomination.objects.select_for_update().get(pk=pk)
    nomination.invitation = invitation
    return nomination


def within_quota(invitation: Invitation) -> bool:
    """True while no more people are put forward than were invited."""
    return invitation.nominations.standing().count() <= invitation.quota


def save(nomination: Nomination, *, by: User | None, reason: str) -> None:
    """Save with who and why in the history."""
    nomination._history_user = by  # type: ignore[attr-defined]
    nomination._change_reason = reason[:100] or None  # type: ignore[attr-defined]
    nomination.save()


def end(nomination: Nomination, state: str, *, by: User | None, at: dt.datetime) -> None:
    """Let a name no longer stand: it frees its place in the quota, and its links open nothing more."""
    nomination.state, nomination.is_head = state, False
    save(nomination, by=by, reason=state)
    NominationLink.objects.filter(nomination=nomination).usable(at).update(revoked_at=at)


def leave_nomination(participant: Participant, *, by: User | None, at: dt.datetime) -> None:
    """When somebody who was put forward withdraws or is declined, their name stands no more, and their country can name another."""
    if participant.nomination_id is None:
        return
    nomination = locked_nomination(participant.nomination_id)
    if nomination.state == STANDING:
        place = nominee_mails.place_of(nomination)
        end(nomination, Nomination.State.NOT_COMING, by=by, at=at)
        happened = nominee_mails.WITHDREW if participant.state == State.WITHDRAWN else nominee_mails.REFUSED
        nominee_mails.tell_correspondents(nomination, happened, place=place, by=by, at=at)
