"""What a nominee does with the link in the mail: complete, accept, decline. Each function is one transaction.

The link was mailed to the address of the nomination and stands for that address alone: it proves it, and nobody can register
another one with it.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from delegations import errors
from delegations.models import Invitation, Nomination, NominationLink
from meetings.models import Meeting
from participants import nominee_mails
from participants.mails import tell_registration_received
from participants.models import Participant, PersonalLink
from participants.services.accounts import account_for
from participants.services.answers import NOT_ASKED
from participants.services.nominees import STANDING, end, locked_nomination, within_quota
from participants.services.places import give_place_or_queue, locked_meeting
from participants.services.registration import Form, become_registered, keep_form
from participants.services.states import State, locked, move, save


def find_nominee_link(*, token: str, at: dt.datetime | None = None) -> NominationLink:
    """The link behind a token; raises LinkUnusable, LinkReplaced, LinkRevoked or LinkExpired."""
    link = NominationLink.objects.find(token)
    if link is None:
        raise errors.LinkUnusable
    if link.revoked_at is not None:
        raise errors.LinkReplaced if link.is_replaced() else errors.LinkRevoked
    if (at or timezone.now()) >= link.expires_at:
        raise errors.LinkExpired
    return link


@transaction.atomic
def complete_nomination(
    *,
    token: str,
    answers: Mapping[str, Any],
    needs: Mapping[str, str],
    journey: Mapping[str, Any] = NOT_ASKED,
    at: dt.datetime | None = None,
) -> Participant:
    """Take in a nominee's completed form: a registration under the nomination's address, without approval while the quota holds.

    A second click changes nothing. Raises what ``find_nominee_link`` raises, and RegisteredAlready.
    """
    now = at or timezone.now()
    nomination, meeting = opened(token, now)
    if done := Participant.objects.filter(nomination=nomination).first():
        return done
    earlier = registration_at(nomination)
    if earlier and earlier.state != State.UNCONFIRMED:
        raise errors.RegisteredAlready
    participant = locked(earlier.pk) if earlier else Participant(meeting=meeting)
    participant.created_at = now
    keep_form(participant, Form({**answers, "email": nomination.email}, needs, journey))
    PersonalLink.objects.filter(participant=participant).usable(now).update(revoked_at=now)  # of the form it takes the place of
    user, is_new = account_for(participant)
    become_registered(participant, user, is_new=is_new, at=now)
    stand_on(participant, nomination, meeting, at=now)
    return participant


@transaction.atomic
def accept_nomination(*, token: str, at: dt.datetime | None = None) -> Participant:
    """Let a nominee's own registration stand on the nomination.

    Raises what ``find_nominee_link`` raises, RegisteredElsewhere, DeclinedBefore, or NominationOver where there is no registration.
    """
    now = at or timezone.now()
    nomination, meeting = opened(token, now)
    found = registration_at(nomination)
    if found is None or found.state == State.UNCONFIRMED:
        raise errors.NominationOver
    participant = locked(found.pk)
    if participant.nomination_id == nomination.pk:
        return participant
    refuse_tying(participant, nomination)
    if participant.state == State.WITHDRAWN:
        participant.registered_at = now
        move(participant, State.PENDING, by=participant.user, at=now, reason="reopened")
    stand_on(participant, nomination, meeting, at=now)
    return participant


def refuse_tying(participant: Participant, nomination: Nomination) -> None:
    """Raise where somebody's registration cannot stand on this nomination."""
    invitation = nomination.invitation
    if is_elsewhere(participant, invitation) or (participant.nomination and participant.nomination.state == STANDING):
        raise errors.RegisteredElsewhere
    if participant.state == State.DECLINED:
        raise errors.DeclinedBefore


def is_elsewhere(participant: Participant, invitation: Invitation) -> bool:
    """True for somebody who is registered for another country or organisation than the one that was invited."""
    if invitation.country_id:
        return participant.country_id != invitation.country_id
    return participant.body_id != invitation.body_id


def stand_on(participant: Participant, nomination: Nomination, meeting: Meeting, *, at: dt.datetime) -> None:
    """Tie the two, and say so to those who put the name forward."""
    approves_later = participant.state == State.PENDING and not within_quota(nomination.invitation)
    tie(participant, nomination, meeting, by=participant.user, at=at)
    if approves_later:
        tell_registration_received(participant)
    NominationLink.objects.filter(nomination=nomination, used_at=None).update(used_at=at)
    nominee_mails.tell_correspondents(nomination, nominee_mails.COMPLETED, place=nominee_mails.place_of(nomination), by=None, at=at)


def tie(participant: Participant, nomination: Nomination, meeting: Meeting, *, by: User | None, at: dt.datetime) -> None:
    """Let a registration stand on a nomination: within the quota it needs no approval, only a free place."""
    participant.nomination = nomination
    if participant.state == State.PENDING and within_quota(nomination.invitation):
        give_place_or_queue(participant, meeting, by=by, at=at)
    else:
        save(participant, by=by, reason="nominated")


@transaction.atomic
def decline_nomination(*, token: str, at: dt.datetime | None = None) -> Nomination:
    """Take a nominee's no: the name stands no more, and the delegation can put another forward.

    Raises what ``find_nominee_link`` raises, and CompletedAlready for somebody whose registration stands on it: they withdraw.
    """
    now = at or timezone.now()
    nomination, _meeting = opened(token, now)
    if Participant.objects.filter(nomination=nomination).exists():
        raise errors.CompletedAlready
    place = nominee_mails.place_of(nomination)
    end(nomination, Nomination.State.NOT_COMING, by=None, at=now)
    nominee_mails.tell_correspondents(nomination, nominee_mails.DECLINED, place=place, by=None, at=now)
    return nomination


def opened(token: str, at: dt.datetime) -> tuple[Nomination, Meeting]:
    """The nomination behind a link and its meeting, both locked; the link is looked at again inside the locks."""
    link = find_nominee_link(token=token, at=at)
    meeting = locked_meeting(link.nomination.invitation.meeting_id, at=at)
    nomination = locked_nomination(link.nomination_id)
    find_nominee_link(token=token, at=at)
    return nomination, meeting


def registration_at(nomination: Nomination) -> Participant | None:
    """The registration that whoever reads mail at the nomination's address has for the meeting, or the form they sent."""
    rows = Participant.objects.filter(meeting_id=nomination.invitation.meeting_id).select_related("meeting", "nomination")
    theirs = rows.filter(Q(email=nomination.email) | Q(user__email=nomination.email))
    found = theirs.order_by(F("registered_at").desc(nulls_last=True)).first()
    return rows.standing_for(found) if found else None
