"""What a registration says: entered and corrected, by the secretariat or by the person. Each function is one transaction."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.encrypted import encrypted_fields
from accounts.models import User, normal_address
from participants import errors
from participants.models import Consent, Journey, Needs, Participant
from participants.services.accounts import account_for
from participants.services.consents import How, note_consents
from participants.services.places import hand_on, has_room_for, holds_a_place, keeps_a_place, locked_meeting
from participants.services.states import State, in_state, locked, save

NOT_ASKED: Mapping[str, Any] = MappingProxyType({})  # leaves a journey as it is


@transaction.atomic
def register_by_hand(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Save somebody the secretariat enters itself: no address to prove, awaiting approval; linked to their account."""
    participant.registered_at = at or timezone.now()
    participant.decided_at = participant.registered_at
    participant.state = State.PENDING
    if participant.email and participant.user_id is None:
        participant.user = account_for(participant)[0]
    save(participant, by=by, reason="entered by the secretariat")
    note_consents(participant, how=How.OFFICE, by=by, at=participant.registered_at)
    return participant


@transaction.atomic
def change_address(*, participant: Participant, email: str, by: User) -> Participant:
    """Give a registration another e-mail address, and with it the account that signs in with that address.

    Raises AddressTaken when that person is registered for the same meeting already.
    """
    current = locked(participant.pk)
    current.email = normal_address(email)
    others = Participant.objects.filter(meeting_id=current.meeting_id).exclude(pk=current.pk)
    if others.filter(Q(email=current.email) | Q(user__email=current.email)).exists():
        raise errors.AddressTaken
    if current.state != State.UNCONFIRMED:
        current.user = account_for(current)[0]
    save(current, by=by, reason="address changed")
    return current


@transaction.atomic
def correct_by_hand(*, participant: Participant, changes: Mapping[str, Any], by: User, at: dt.datetime | None = None) -> Participant:
    """Write what the secretariat corrected: those fields and no others, so that no older state comes back with them.

    A place that the new category no longer needs goes to the next in line. Raises MeetingFull when the new category needs
    one and none is free, and AddressTaken.
    """
    now = at or timezone.now()
    meeting = locked_meeting(participant.meeting_id, at=now)
    if changes.get("email"):
        change_address(participant=participant, email=changes["email"], by=by)
    current = locked(participant.pk)
    kept_a_place, held_a_place = keeps_a_place(current), holds_a_place(current)
    for field, value in changes.items():
        setattr(current, field, value)
    if not current.email:
        current.user = None
    if holds_a_place(current) and not held_a_place and not has_room_for(current, meeting):
        raise errors.MeetingFull
    save(current, by=by, reason="corrected by the secretariat")
    note_consents(current, how=How.OFFICE, by=by, at=now)
    if kept_a_place and not keeps_a_place(current):
        hand_on(meeting, by=by, at=now, most=1)
    return current


@transaction.atomic
def correct_answers(
    *,
    participant: Participant,
    answers: Mapping[str, Any],
    needs: Mapping[str, str],
    journey: Mapping[str, Any] = NOT_ASKED,
    by: User,
    at: dt.datetime | None = None,
    seen: int | None = None,
) -> Participant:
    """Change somebody's own answers until the freeze date. ``seen`` is the mark of the log of consents when they opened the form.

    Raises AnswersFrozen, WrongState, JourneyBackwards, or AgreementsChanged, so that an old form agrees to nothing anew.
    """
    current = in_state(participant.pk, State.PENDING, State.WAITLISTED, State.CONFIRMED)
    if current.meeting.answers_are_frozen(at or timezone.now()):
        raise errors.AnswersFrozen
    if seen is not None and seen != Consent.objects.mark(current):
        raise errors.AgreementsChanged
    for field, value in answers.items():
        setattr(current, field, value)
    save(current, by=by, reason="answers corrected")
    replace_needs(current, needs)
    correct_journey(current, journey)
    note_consents(current, how=How.OWN_PAGE, by=by, at=at or timezone.now())
    return current


@transaction.atomic
def correct_needs_by_hand(*, participant: Participant, needs: Mapping[str, str], by: User, at: dt.datetime | None = None) -> None:
    """Write the needs that somebody told the secretariat, who agree by telling them; emptied, the row goes."""
    current = locked(participant.pk)
    replace_needs(current, needs)
    note_consents(current, how=How.OFFICE, by=by, at=at or timezone.now())


def replace_needs(participant: Participant, needs: Mapping[str, str]) -> None:
    """Keep the needs that were said, and no row where none were."""
    row = getattr(participant, "needs", None) or Needs(participant=participant)
    for name, value in needs.items():
        setattr(row, name, value)
    if any(needs.values()):
        row.save()
    elif row.pk:
        row.delete()


def correct_journey(participant: Participant, said: Mapping[str, Any]) -> None:
    """Write what was said of arrival and departure; what was not asked stays, and where nothing is left there is no row.

    The participant's row is locked, so that two forms sent at once do not undo each other.
    """
    if not said:
        return
    journey = getattr(participant, "journey", None) or Journey(participant=participant)
    for name, value in said.items():
        setattr(journey, name, value)
    keep_journey(journey)


def keep_journey(journey: Journey) -> None:
    """Save a journey of which anything was said, delete one of which nothing is left. Raises JourneyBackwards."""
    if journey.is_backwards():
        raise errors.JourneyBackwards
    if any(getattr(journey, field.name) for field in encrypted_fields(Journey)):
        journey.save()
    elif journey.pk:
        journey.delete()
