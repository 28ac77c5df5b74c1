"""Names put forward by a country or an organisation. Each function is one transaction.

Names are counted against the quota under a lock on the invitation's row; the meeting's row is locked before it.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from delegations import errors
from delegations.erasure import let_go_of_file
from delegations.models import Invitation, Nomination, NominationLink
from delegations.services import note_reply
from meetings.models import Meeting
from participants import nominee_mails
from participants.importing.names import same_name_key
from participants.models import Participant
from participants.services.completing import tie
from participants.services.decisions import withdraw
from participants.services.nominees import STANDING, end, locked_nomination, save
from participants.services.places import locked_meeting
from participants.services.states import State, locked

HOUR = dt.timedelta(hours=1)
OWN_OF_DELEGATION = frozenset({"is_head", "is_reimbursed"})  # what nominees do not say themselves
ACTIVE = (State.PENDING, State.WAITLISTED, State.CONFIRMED)


@transaction.atomic
def nominate(
    *,
    invitation: Invitation,
    fields: Mapping[str, Any],
    letter: File | None = None,
    by: User | None,
    for_them: bool = False,
    is_namesake: bool = False,
    at: dt.datetime | None = None,
) -> Nomination:
    """Put a name forward and write to the nominee; who is registered already is tied to that registration.

    ``for_them`` is the secretariat's entry of what came another way: the deadline does not bind it. ``is_namesake`` says that
    somebody else of the same name is meant. Raises InvitationWithdrawn, DeadlinePassed, QuotaFull, ReimbursedFull, HeadTaken,
    NominatedAlready or NamesakeNominated.
    """
    now = at or timezone.now()
    meeting = locked_meeting(invitation.meeting_id, at=now)
    current = Invitation.objects.locked(invitation.pk)
    refuse_closed(current, now, for_them=for_them)
    last = current.nominations.aggregate(last=Max("priority"))["last"] or 0
    return put_forward(current, meeting, fields, letter=letter, priority=last + 1, is_namesake=is_namesake, by=by, at=now)


def put_forward(
    invitation: Invitation,
    meeting: Meeting,
    fields: Mapping[str, Any],
    *,
    letter: File | None,
    priority: int,
    is_namesake: bool,
    by: User | None,
    at: dt.datetime,
) -> Nomination:
    """Write the name down; both rows are locked."""
    nomination = Nomination(invitation=invitation, put_forward_by=by, put_forward_at=at, priority=priority, **fields)
    nomination.clean()
    refuse_too_many(nomination)
    if not is_namesake:
        refuse_namesake(nomination)
    if letter:
        nomination.letter = letter
    save(nomination, by=by, reason="put forward")
    if invitation.reply != Invitation.Reply.NOMINATES:
        note_reply(invitation, Invitation.Reply.NOMINATES, by=by, sent_to=by.email if by else "", at=at)
    if registered := registration_that_may_be_told(nomination):
        tie(locked(registered.pk), nomination, meeting, by=by, at=at)
    else:
        send_link(nomination, at=at)
    return nomination


def refuse_closed(invitation: Invitation, at: dt.datetime, *, for_them: bool = False) -> None:
    """Raise where no names are taken."""
    if invitation.state != Invitation.State.SENT:
        raise errors.InvitationWithdrawn
    if invitation.is_past_deadline(at) and not for_them:
        raise errors.DeadlinePassed


def refuse_too_many(nomination: Nomination) -> None:
    """Raise where this name does not go with the others; the invitation is locked."""
    invitation = nomination.invitation
    others = invitation.nominations.standing().exclude(pk=nomination.pk)
    if others.count() >= invitation.quota:
        raise errors.QuotaFull
    if others.filter(email=nomination.email).exists():
        raise errors.NominatedAlready
    if nomination.is_head and others.filter(is_head=True).exists():
        raise errors.HeadTaken
    if nomination.is_reimbursed and others.filter(is_reimbursed=True).count() >= invitation.reimbursed_quota:
        raise errors.ReimbursedFull


def refuse_namesake(nomination: Nomination) -> None:
    """Raise where somebody of the same name stands in the delegation; the names are compared as they were put forward."""
    others = nomination.invitation.nominations.standing().exclude(pk=nomination.pk)
    keys = {same_name_key(*names) for names in others.values_list("given_name", "family_name")}
    if name_key(nomination) in keys:
        raise errors.NamesakeNominated


def name_key(nomination: Nomination) -> str:
    """Equal for the same name, accents, case and the order of its parts aside."""
    return same_name_key(nomination.given_name, nomination.family_name)


def registration_that_may_be_told(nomination: Nomination) -> Participant | None:
    """The nominee's own registration, where their delegation may know of it: theirs, open to all, and standing on no other name.

    For anybody else the answer is the same as for an unknown address, so that nobody learns who comes by putting names forward.
    """
    invitation = nomination.invitation
    same = {"country_id": invitation.country_id} if invitation.country_id else {"body_id": invitation.body_id}
    rows = Participant.objects.filter(meeting_id=invitation.meeting_id, email=nomination.email, state__in=ACTIVE, **same)
    return rows.filter(is_protected=False, asks_protection=False).exclude(nomination__state=STANDING).first()


def send_link(nomination: Nomination, *, at: dt.datetime) -> None:
    """Mail the nominee a new link; an earlier one is useless from now on."""
    expires_at = link_ends(nomination.invitation.meeting, at)
    token = NominationLink.issue(nomination, at=at, expires_at=expires_at)
    nominee_mails.ask_to_complete(nomination, token=token, until=expires_at, at=at)


def link_ends(meeting: Meeting, at: dt.datetime) -> dt.datetime:
    """Nominees complete until registration closes; whoever is put forward after that, until the meeting begins."""
    closes, begins = meeting.registration_closes_at, dt.datetime.combine(meeting.starts_on, dt.time(), tzinfo=meeting.zone)
    return closes if closes is not None and at < closes else begins


@transaction.atomic
def send_link_again(*, nomination: Nomination, by: User | None, at: dt.datetime | None = None) -> Nomination:
    """Write to a nominee who has not completed once more. Raises NominationOver, CompletedAlready or SentLately."""
    now = at or timezone.now()
    current = standing(nomination)
    if registration_of(current):
        raise errors.CompletedAlready
    if current.links.filter(created_at__gt=now - HOUR).exists():
        raise errors.SentLately
    send_link(current, at=now)
    return current


@transaction.atomic
def correct_nomination(
    *, nomination: Nomination, changes: Mapping[str, Any], letter: File | None = None, by: User | None, for_them: bool = False,
    is_namesake: bool = False, at: dt.datetime | None = None,
) -> Nomination:  # fmt: skip
    """Correct a name. The address never changes: whoever else was meant replaces the nominee.

    Raises NominationOver, DeadlinePassed, CompletedAlready, ReimbursedFull, HeadTaken or NamesakeNominated.
    """
    current = standing(nomination)
    name_before = name_key(current)
    refuse_closed(current.invitation, at or timezone.now(), for_them=for_them)
    if registration_of(current) and not OWN_OF_DELEGATION.issuperset(changes):
        raise errors.CompletedAlready
    for field, value in changes.items():
        if field != "email":
            setattr(current, field, value)
    refuse_too_many(current)
    if name_key(current) != name_before and not is_namesake:
        refuse_namesake(current)
    if letter:
        let_go_of_file(current.letter)
        current.letter = letter
    save(current, by=by, reason="corrected")
    return current


@transaction.atomic
def replace_nomination(
    *, nomination: Nomination, fields: Mapping[str, Any], letter: File | None = None, by: User | None, for_them: bool = False,
    is_namesake: bool = False, at: dt.datetime | None = None,
) -> Nomination:  # fmt: skip
    """Put somebody forward in place of somebody else, at the same place in the order; returns the new nomination.

    Raises NominationOver and what ``nominate`` raises.
    """
    now = at or timezone.now()
    meeting = locked_meeting(nomination.invitation.meeting_id, at=now)
    old = standing(nomination)
    refuse_closed(old.invitation, now, for_them=for_them)
    take_back(old, Nomination.State.REPLACED, by=by, at=now)
    new = put_forward(old.invitation, meeting, fields, letter=letter, priority=old.priority, is_namesake=is_namesake, by=by, at=now)
    old.replaced_by = new
    save(old, by=by, reason="replaced")
    return new


@transaction.atomic
def withdraw_nomination(*, nomination: Nomination, by: User | None, at: dt.datetime | None = None) -> Nomination:
    """Take a name back; the registration that came of it is withdrawn, and its place goes to the next in line.

    Doing it twice changes nothing.
    """
    now = at or timezone.now()
    locked_meeting(nomination.invitation.meeting_id, at=now)
    current = locked_nomination(nomination.pk)
    if current.state == STANDING:
        take_back(current, Nomination.State.WITHDRAWN, by=by, at=now)
    return current


def take_back(nomination: Nomination, state: str, *, by: User | None, at: dt.datetime) -> None:
    """End a nomination and what came of it; somebody who had registered by themself before stays registered."""
    end(nomination, state, by=by, at=at)
    registered = registration_of(nomination)
    if registered is None:
        nominee_mails.tell_taken_back(nomination, at=at)
    elif registered.created_at >= nomination.put_forward_at and registered.state in ACTIVE:
        withdraw(participant=registered, by=by, at=at)


@transaction.atomic
def move_nomination(*, nomination: Nomination, is_up: bool, by: User | None) -> Nomination:
    """Move a name one place up or down among those that stand. Raises NominationOver."""
    current = standing(nomination)
    order = list(current.invitation.nominations.standing().in_order())
    here = order.index(current)
    there = max(0, min(len(order) - 1, here + (-1 if is_up else 1)))
    order.insert(there, order.pop(here))
    for place, row in enumerate(order, start=1):
        if row.priority != place:
            row.priority = place
            save(row, by=by, reason="order changed")
    return current


def standing(nomination: Nomination) -> Nomination:
    """The nomination, locked; raises NominationOver where it no longer stands."""
    current = locked_nomination(nomination.pk)
    if current.state != STANDING:
        raise errors.NominationOver
    return current


def registration_of(nomination: Nomination) -> Participant | None:
    """The registration that stands on this nomination."""
    return Participant.objects.filter(nomination=nomination).first()
