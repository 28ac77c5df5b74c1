"""A place handed to a colleague of the same delegation, by the person who has it. Each function is one transaction.

The place passes in one step when the colleague confirms, so that it counts once and nobody comes between the two.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import limits, security_log
from accounts.models import User, normal_address
from delegations.models import Nomination
from participants import errors, leaving, mails, nominee_mails
from participants.models import HandOver, Participant, PersonalLink
from participants.models.participant import UNCONFIRMED_KEPT
from participants.services.accounts import account_for
from participants.services.answers import NOT_ASKED
from participants.services.links import find_personal_link
from participants.services.nominees import STANDING, end, locked_nomination
from participants.services.nominees import save as save_nomination
from participants.services.places import locked_meeting
from participants.services.registration import MAILS_TO_ONE_ADDRESS, Form, become_registered, delete_forms, keep_form
from participants.services.states import State, locked, move

Ending = HandOver.Ending
DELEGATION = ("category", "sector", "country", "body", "organisation")  # what a colleague shares with whoever hands over
BY_OTHERS = frozenset({"salutation", "given_name", "family_name", "function", "language"})


def may_hand_over(participant: Participant, at: dt.datetime | None = None) -> bool:
    """True for somebody who has a place and comes for a country or an organisation, until the freeze date."""
    belongs = bool(participant.country_id or participant.body_id or participant.organisation)
    return belongs and participant.state == State.CONFIRMED and not participant.meeting.answers_are_frozen(at or timezone.now())


def hand_over_of(participant: Participant) -> HandOver | None:
    """The hand-over that waits for the colleague."""
    return HandOver.objects.running().filter(participant_id=participant.pk).first() if participant.state == State.CONFIRMED else None


@transaction.atomic
def hand_over(*, participant: Participant, colleague: Mapping[str, str], by: User | None, at: dt.datetime | None = None) -> HandOver:
    """Ask a colleague (names, function, language, e-mail) to come instead; the place stays where it is until they confirm.

    An address that is registered already gets a mail that says so, and whoever asks cannot tell the difference.
    Raises AnswersFrozen, WrongState, HandOverRuns or OwnAddress.
    """
    now = at or timezone.now()
    meeting = locked_meeting(participant.meeting_id, at=now)
    current = locked(participant.pk)
    refuse_handing_over(current, now)
    email = normal_address(colleague["email"])
    if email == current.email or (current.user and email == current.user.email):
        raise errors.OwnAddress
    close_stale(current, at=now)
    ends_at = min(now + UNCONFIRMED_KEPT, meeting.begins_at)
    row = HandOver(participant=current, email=email, asked_at=now, ends_at=ends_at)
    row.to = write_to_colleague(row, colleague, at=now)
    row.save()
    return row


def refuse_handing_over(participant: Participant, at: dt.datetime) -> None:
    """Raise where a place cannot be handed on."""
    if participant.state != State.CONFIRMED or participant.is_erased:
        raise errors.WrongState
    if participant.meeting.answers_are_frozen(at):
        raise errors.AnswersFrozen
    if not may_hand_over(participant, at):
        raise errors.WrongState
    if HandOver.objects.running().filter(participant=participant, ends_at__gt=at).exists():
        raise errors.HandOverRuns


def close_stale(participant: Participant, *, at: dt.datetime) -> None:
    """Write down that an earlier colleague did not answer in time."""
    for row in HandOver.objects.running().filter(participant=participant):
        row.end(Ending.ENDED, at=row.ends_at if row.ends_at <= at else at)


def write_to_colleague(row: HandOver, colleague: Mapping[str, str], *, at: dt.datetime) -> Participant | None:
    """Make the colleague's form and mail the link; None where the address is registered already, or gets mail too often."""
    holder = row.participant
    if limits.is_spent("registration_mail", MAILS_TO_ONE_ADDRESS, [row.email]):
        security_log.record("limited", per="address", page="registration mail")
        return None
    people = Participant.objects.filter(meeting=holder.meeting)
    found = people.filter(email=row.email).first() or people.filter(user__email=row.email).first()
    if found and found.state != State.UNCONFIRMED:
        mails.tell_address_is_known(found, dedup_key=f"hand-over:{holder.pk}:{at:%Y%m%d%H%M%S%f}")
        return None
    to = locked(found.pk) if found else Participant(meeting=holder.meeting)
    to.created_at, to.email = at, row.email
    said = {name: colleague[name] for name in BY_OTHERS & colleague.keys()}
    for name, value in {**said, **delegation_of(holder)}.items():
        setattr(to, name, value)
    to.save()
    PersonalLink.objects.filter(participant=to).usable(at).update(revoked_at=at)  # of a form that this takes the place of
    token = PersonalLink.issue(to, purpose=PersonalLink.Purpose.TAKE_OVER, expires_at=row.ends_at)
    mails.ask_to_take_over(to, holder, token=token, until=row.ends_at)
    return to


def delegation_of(holder: Participant) -> dict[str, Any]:
    """What the whole delegation has, and so the colleague, whatever a form says."""
    return {name: getattr(holder, name) for name in DELEGATION}


@transaction.atomic
def take_back_hand_over(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> bool:
    """Keep the place after all: the colleague's form goes, and they are told; whether there was anything to take back."""
    now = at or timezone.now()
    locked_meeting(participant.meeting_id, at=now)
    row = HandOver.objects.running().select_related("to__meeting").filter(participant=participant).first()
    if row is None:
        return False
    row.end(Ending.TAKEN_BACK, at=now)
    if row.to and row.to.state == State.UNCONFIRMED:
        mails.tell_hand_over_taken_back(row.to)
        delete_forms(Participant.objects.filter(pk=row.to.pk, state=State.UNCONFIRMED))
    return True


def find_take_over_link(*, token: str, at: dt.datetime | None = None) -> PersonalLink:
    """The link with which a colleague takes a place, used or not; raises what ``find_personal_link`` raises, or HandOverEnded."""
    link = find_personal_link(token=token, purpose=PersonalLink.Purpose.TAKE_OVER, at=at)
    is_done = link.participant.state != State.UNCONFIRMED
    if not is_done and not HandOver.objects.running().filter(to=link.participant, participant__state=State.CONFIRMED).exists():
        raise errors.HandOverEnded
    return link


@transaction.atomic
def take_over(
    *,
    token: str,
    answers: Mapping[str, Any],
    needs: Mapping[str, str],
    journey: Mapping[str, Any] = NOT_ASKED,
    at: dt.datetime | None = None,
) -> Participant:
    """Pass the place to the colleague whose form is complete now. A second click changes nothing.

    Whoever had it is withdrawn, a nomination follows, and the secretariat is told. Raises what ``find_take_over_link`` raises,
    AnswersFrozen, or AddressTaken for somebody who is registered under another address.
    """
    now = at or timezone.now()
    link = find_take_over_link(token=token, at=now)
    meeting = locked_meeting(link.participant.meeting_id, at=now)
    try:
        to = locked(link.participant_id)
        find_take_over_link(token=token, at=now)  # it may have been taken back a moment ago
    except Participant.DoesNotExist as error:
        raise errors.LinkUnusable from error
    if to.state != State.UNCONFIRMED:
        return to
    if meeting.answers_are_frozen(now):
        raise errors.AnswersFrozen
    row = HandOver.objects.running().get(to=to)
    holder = locked(row.participant_id)
    to.created_at = now
    keep_form(to, Form({**answers, **delegation_of(holder)}, needs, journey))
    register(to, at=now)
    PersonalLink.objects.filter(pk=link.pk).update(used_at=now)
    row.end(Ending.TAKEN, at=now)
    pass_place(holder, to, at=now)
    return to


def register(to: Participant, *, at: dt.datetime) -> None:
    """Make the form the registration of the account with its address. Raises AddressTaken where that has one already."""
    user, is_new = account_for(to)
    if not is_new and Participant.objects.filter(meeting=to.meeting, user=user).exclude(pk=to.pk).exists():
        raise errors.AddressTaken
    become_registered(to, user, is_new=is_new, at=at)


def pass_place(holder: Participant, to: Participant, *, at: dt.datetime) -> None:
    """Withdraw the one and confirm the other, under one lock: no place comes free in between, and no seat that the other may have."""
    leaving.carry_over(holder, to)
    with override(holder.language):
        reason = _("Handed to a colleague.")
    move(holder, State.WITHDRAWN, by=holder.user, at=at, reason=reason)
    pass_nomination(holder, to, at=at)
    move(to, State.CONFIRMED, by=to.user, at=at, reason="taken over from a colleague")
    mails.tell_confirmed(to)
    mails.tell_handed_over(holder)
    mails.tell_secretariat_of_hand_over(holder, to)


def pass_nomination(holder: Participant, to: Participant, *, at: dt.datetime) -> None:
    """Let a nomination that stands follow: the colleague's takes the place of the holder's, with the same rank and terms."""
    if holder.nomination_id is None:
        return
    old = locked_nomination(holder.nomination_id)
    if old.state != STANDING:
        return
    same = {name: getattr(old, name) for name in ("invitation", "is_head", "is_reimbursed", "priority", "put_forward_by")}
    own = {name: getattr(to, name) for name in ("salutation", "given_name", "family_name", "function", "service", "organisation")}
    place = nominee_mails.place_of(old)
    end(old, Nomination.State.REPLACED, by=holder.user, at=at)
    new = Nomination(**same, **own, email=to.email, language=to.language, put_forward_at=at)
    save_nomination(new, by=holder.user, reason="handed to a colleague")
    old.replaced_by = new
    save_nomination(old, by=holder.user, reason="replaced")
    to.nomination = new
    nominee_mails.tell_correspondents(old, nominee_mails.HANDED_OVER, place=place, by=holder.user, at=at)


def end_hand_overs(at: dt.datetime | None = None) -> int:
    """End those whose time has passed or whose place is gone; returns how many. Forms that nobody confirmed go by themselves."""
    now = at or timezone.now()
    late = HandOver.objects.running().filter(ends_at__lte=now) | HandOver.objects.running().exclude(participant__state=State.CONFIRMED)
    return late.update(ending=Ending.ENDED, ended_at=now)
