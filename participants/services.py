"""Every change of a participant's state (door one), and every place given or freed (door two).

    unconfirmed → pending → confirmed | waitlisted | declined, and → withdrawn from any

Each function is one transaction: the rows, the trace and the mail about it are written together or not at all.
Places are counted under a lock on the meeting's row, never kept in a counter.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User, normal_address
from meetings.audiences import Category
from meetings.models import Meeting
from participants import errors, mails
from participants.models import Needs, Participant, PersonalLink
from participants.models.participant import UNCONFIRMED_KEPT, new_reference

State = Participant.State


def submit_registration(
    *, meeting: Meeting, answers: Mapping[str, Any], needs: Mapping[str, str], submission_key: str, at: dt.datetime | None = None
) -> str:
    """Take in a completed form and mail a link that proves the address; return the reference number to show.

    ``answers`` are Participant fields, ``needs`` Needs fields, both cleaned. The same form sent again changes nothing;
    one that was changed after going back is taken in. An address already registered gets a mail saying so, and the
    caller cannot tell the difference. Raises RegistrationClosed.
    """
    now = at or timezone.now()
    if not meeting.registration_is_open(now):
        raise errors.RegistrationClosed
    key = key_of(submission_key, answers, needs)
    try:
        return take_in(meeting, answers, needs, key, now)
    except IntegrityError:
        # Somebody sent the same address or the same form at the same moment and was first; now their row is there to see.
        return take_in(meeting, answers, needs, key, now)


def key_of(submission_key: str, answers: Mapping[str, Any], needs: Mapping[str, str]) -> str:
    """A key for what was sent, not only for the page it was typed on: whoever goes back and corrects the address, or
    registers a colleague from the same page, sends another form."""
    content = json.dumps(
        [submission_key, dict(answers), dict(needs)], sort_keys=True, default=lambda value: str(getattr(value, "pk", value))
    )
    return hashlib.sha256(content.encode()).hexdigest()


@transaction.atomic
def take_in(meeting: Meeting, answers: Mapping[str, Any], needs: Mapping[str, str], submission_key: str, now: dt.datetime) -> str:
    """Write the unconfirmed registration and its mail; a later form from the same unproven address takes its place."""
    reference = new_reference(meeting, submission_key=submission_key)
    same_address = Participant.objects.select_for_update().filter(meeting=meeting, email=answers["email"]).first()
    if same_address and same_address.submission_key == submission_key:
        return reference
    if same_address and same_address.state != State.UNCONFIRMED:
        mails.tell_address_is_known(same_address, dedup_key=f"known:{submission_key}")
        return reference
    participant = same_address or Participant(meeting=meeting)
    for field, value in answers.items():
        setattr(participant, field, value)
    participant.reference, participant.submission_key, participant.created_at = reference, submission_key, now
    participant.save()
    if same_address:
        replace_needs(participant, needs)
    elif any(needs.values()):
        Needs.objects.create(participant=participant, **needs)
    token = PersonalLink.issue(participant, purpose=PersonalLink.Purpose.PROVE_ADDRESS, expires_at=now + UNCONFIRMED_KEPT)
    mails.ask_to_confirm(participant, token=token)
    return reference


def find_link(*, token: str, at: dt.datetime | None = None) -> PersonalLink:
    """The link that proves an address, used or not; raises LinkUnusable, LinkReplaced or LinkExpired."""
    link = PersonalLink.objects.find(token, purpose=PersonalLink.Purpose.PROVE_ADDRESS)
    if link is None:
        raise errors.LinkUnusable
    if link.used_at is None and link.revoked_at is not None:
        raise errors.LinkReplaced
    if link.used_at is None and link.is_expired(at or timezone.now()):
        raise errors.LinkExpired
    return link


@transaction.atomic
def confirm_address(*, token: str, at: dt.datetime | None = None) -> Participant:
    """Take an address as proven: the form becomes a registration and, where no approval is needed, gets its place.

    A form sent while registration was open is still welcome after it closed. A second click changes nothing.
    Raises what ``find_link`` raises.
    """
    now = at or timezone.now()
    link = find_link(token=token, at=now)
    meeting = Meeting.objects.locked(link.participant.meeting_id)
    try:
        participant = locked(link.participant_id)
    except Participant.DoesNotExist as error:  # deleted as stale a moment ago
        raise errors.LinkUnusable from error
    find_link(token=token, at=now)  # a newer form may have replaced the link a moment ago
    if participant.state != State.UNCONFIRMED:
        return participant
    PersonalLink.objects.filter(pk=link.pk).update(used_at=now)
    user, is_new = account_for(participant)
    if not is_new and (other := Participant.objects.filter(meeting=meeting, user=user).exclude(pk=participant.pk).first()):
        # Their registration carries another address by now; this form was a second one.
        mails.tell_address_is_known(other, dedup_key=f"second:{participant.submission_key}")
        participant.delete()
        return other
    participant.user = user
    participant.is_first_timer = is_new or not Participant.objects.of(user).confirmed().exclude(meeting=meeting).exists()
    participant.registered_at = now
    move(participant, State.PENDING, by=user, at=now, reason="address confirmed")
    if meeting.needs_approval:
        mails.tell_registration_received(participant)
    else:
        give_place_or_queue(participant, meeting, by=None, at=now)
    return participant


def account_for(participant: Participant) -> tuple[User, bool]:
    """The account that signs in with the participant's address, and whether it was made just now: without a password,
    for codes by e-mail."""
    defaults = {"language": participant.language, "password": make_password(None)}
    return User.objects.get_or_create(email=participant.email, defaults=defaults)


@transaction.atomic
def register_by_hand(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Save somebody the secretariat enters itself: no address to prove, awaiting approval; linked to their account."""
    participant.registered_at = at or timezone.now()
    participant.decided_at = participant.registered_at
    participant.state = State.PENDING
    if participant.email and participant.user_id is None:
        participant.user = account_for(participant)[0]
    save(participant, by=by, reason="entered by the secretariat")
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
    meeting = Meeting.objects.locked(participant.meeting_id)
    if changes.get("email"):
        change_address(participant=participant, email=changes["email"], by=by)
    current = locked(participant.pk)
    held_a_place = holds_a_place(current)
    for field, value in changes.items():
        setattr(current, field, value)
    if not current.email:
        current.user = None
    if holds_a_place(current) and not held_a_place and not has_room_for(current, meeting):
        raise errors.MeetingFull
    save(current, by=by, reason="corrected by the secretariat")
    if held_a_place and not holds_a_place(current):
        hand_on(meeting, by=by, at=at or timezone.now(), most=1)
    return current


@transaction.atomic
def approve(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Give a place, or a place in the queue when the meeting is full. Raises WrongState, or MeetingFull for the waiting."""
    meeting = Meeting.objects.locked(participant.meeting_id)
    current = in_state(participant.pk, State.PENDING, State.WAITLISTED)
    if current.state == State.WAITLISTED and not has_room_for(current, meeting):
        raise errors.MeetingFull
    give_place_or_queue(current, meeting, by=by, at=at or timezone.now())
    return current


@transaction.atomic
def put_on_waiting_list(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Queue somebody who awaits approval, even while places are free. Raises WrongState."""
    Meeting.objects.locked(participant.meeting_id)
    current = in_state(participant.pk, State.PENDING)
    move(current, State.WAITLISTED, by=by, at=at or timezone.now())
    mails.tell_waitlisted(current)
    return current


@transaction.atomic
def decline(*, participant: Participant, by: User | None, reason: str, at: dt.datetime | None = None) -> Participant:
    """Refuse a registration, with a reason that goes into the mail; a place it held goes to the next in line.

    Raises ReasonMissing or WrongState.
    """
    if not reason.strip():
        raise errors.ReasonMissing
    meeting = Meeting.objects.locked(participant.meeting_id)
    current = in_state(participant.pk, State.PENDING, State.WAITLISTED, State.CONFIRMED)
    leave(current, State.DECLINED, meeting, by=by, at=at or timezone.now(), reason=reason.strip())
    mails.tell_declined(current)
    return current


@transaction.atomic
def withdraw(*, participant: Participant, by: User | None, reason: str = "", at: dt.datetime | None = None) -> Participant:
    """Give up a registration; a place it held goes to the next in line at once. Doing it twice changes nothing."""
    meeting = Meeting.objects.locked(participant.meeting_id)
    current = locked(participant.pk)
    if current.state == State.WITHDRAWN:
        return current
    if current.state == State.UNCONFIRMED or (current.state == State.DECLINED and is_own(current, by)):
        raise errors.WrongState
    leave(current, State.WITHDRAWN, meeting, by=by, at=at or timezone.now(), reason=reason.strip())
    mails.tell_withdrawn(current)
    return current


@transaction.atomic
def reopen(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Bring back a withdrawn or declined registration, at the end of the queue. Raises WrongState or RegistrationClosed.

    The person may do it only for a withdrawal of their own and while registration is open; staff at any time.
    """
    now = at or timezone.now()
    meeting = Meeting.objects.locked(participant.meeting_id)
    current = in_state(participant.pk, State.WITHDRAWN, State.DECLINED)
    if is_own(current, by):
        if not withdrew_themself(current):
            raise errors.WrongState
        if not meeting.registration_is_open(now):
            raise errors.RegistrationClosed
    current.registered_at = now
    move(current, State.PENDING, by=by, at=now, reason="reopened")
    if meeting.needs_approval:
        mails.tell_registration_received(current)
    else:
        give_place_or_queue(current, meeting, by=by, at=now)
    return current


def is_own(participant: Participant, by: User | None) -> bool:
    """True when somebody acts on their own registration."""
    return by is not None and by.pk == participant.user_id


def withdrew_themself(participant: Participant) -> bool:
    """True for a registration that the person gave up, not the secretariat; a refusal is not undone by withdrawing."""
    withdrawn_by = None
    for state, who in participant.history.order_by("-history_date", "-history_id").values_list("state", "history_user_id"):
        if state != State.WITHDRAWN:
            return state != State.DECLINED and withdrawn_by == participant.user_id
        withdrawn_by = who
    return False


@transaction.atomic
def correct_answers(
    *, participant: Participant, answers: Mapping[str, Any], needs: Mapping[str, str], by: User, at: dt.datetime | None = None
) -> Participant:
    """Change somebody's own answers until the freeze date. Raises AnswersFrozen or WrongState."""
    current = in_state(participant.pk, State.PENDING, State.WAITLISTED, State.CONFIRMED)
    if current.meeting.answers_are_frozen(at or timezone.now()):
        raise errors.AnswersFrozen
    for field, value in answers.items():
        setattr(current, field, value)
    save(current, by=by, reason="answers corrected")
    replace_needs(current, needs)
    return current


@transaction.atomic
def fill_free_places(*, meeting: Meeting, by: User | None, at: dt.datetime | None = None) -> list[Participant]:
    """Give every free place to the next in line: after the capacity was raised. Returns those who got one."""
    current = Meeting.objects.locked(meeting.pk)
    return hand_on(current, by=by, at=at or timezone.now())


def delete_stale_unconfirmed(at: dt.datetime | None = None) -> int:
    """Delete forms whose address was not proven within seven days, with their history; returns how many."""
    with transaction.atomic():
        # Locked, so that nobody confirms one of them between being chosen and being deleted.
        stale = Participant.objects.stale(at or timezone.now()).select_for_update().order_by("pk")
        keys = list(stale.values_list("pk", flat=True))
        Participant.objects.filter(pk__in=keys).delete()
        Participant.history.filter(id__in=keys).delete()  # last, because deleting a row leaves one more line of history
    return len(keys)


def free_places(meeting: Meeting) -> int | None:
    """How many places are free; None where there is no limit, never below zero."""
    if meeting.capacity is None:
        return None
    return max(0, meeting.capacity - Participant.objects.filter(meeting=meeting).holding_a_place().count())


# --- steps the functions above share; the caller holds the lock on the meeting ---


def locked(pk: int) -> Participant:
    """The participant as it is now, locked until the transaction ends."""
    rows = Participant.objects.select_for_update(of=("self",)).select_related("meeting", "sector", "country", "body")
    return rows.get(pk=pk)


def in_state(pk: int, *states: str) -> Participant:
    """The participant, locked; raises WrongState unless it is in one of ``states``."""
    participant = locked(pk)
    if participant.state not in states:
        raise errors.WrongState
    return participant


def holds_a_place(participant: Participant) -> bool:
    """True when somebody's place counts towards the capacity."""
    return participant.state == State.CONFIRMED and participant.category in Category.counting()


def has_room_for(participant: Participant, meeting: Meeting) -> bool:
    """True when a place is free, or when this category takes none."""
    free = free_places(meeting)
    return free is None or free > 0 or participant.category not in Category.counting()


def give_place_or_queue(participant: Participant, meeting: Meeting, *, by: User | None, at: dt.datetime) -> None:
    """Confirm, or put on the waiting list when no place is free, and tell the person."""
    if has_room_for(participant, meeting):
        move(participant, State.CONFIRMED, by=by, at=at)
        mails.tell_confirmed(participant)
    else:
        move(participant, State.WAITLISTED, by=by, at=at)
        mails.tell_waitlisted(participant)


def leave(participant: Participant, state: str, meeting: Meeting, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """Move out of the meeting, and hand on the place where one comes free."""
    held_a_place = holds_a_place(participant)
    move(participant, state, by=by, at=at, reason=reason)
    if held_a_place:
        hand_on(meeting, by=by, at=at, most=1)


def hand_on(meeting: Meeting, *, by: User | None, at: dt.datetime, most: int | None = None) -> list[Participant]:
    """Confirm the next in line while places are free, at most ``most`` of them."""
    line = Participant.objects.filter(meeting=meeting).waiting_line().values_list("pk", flat=True)
    free = free_places(meeting)
    limit = min(n for n in (free, most, line.count()) if n is not None)
    promoted = []
    for pk in list(line[:limit]):
        participant = locked(pk)
        move(participant, State.CONFIRMED, by=by, at=at, reason="a place came free")
        mails.tell_confirmed(participant)
        promoted.append(participant)
    return promoted


def move(participant: Participant, state: str, *, by: User | None, at: dt.datetime, reason: str = "") -> None:
    """The one assignment of a state."""
    participant.state = state
    participant.state_reason = reason if state in {State.DECLINED, State.WITHDRAWN} else ""
    participant.decided_at = at
    save(participant, by=by, reason=reason)


def save(participant: Participant, *, by: User | None, reason: str) -> None:
    """Save with who and why in the history."""
    participant._history_user = by  # type: ignore[attr-defined]
    participant._change_reason = reason[:100] or None  # type: ignore[attr-defined]
    participant.save()


def replace_needs(participant: Participant, needs: Mapping[str, str]) -> None:
    """Keep the needs that were said, and no row where none were."""
    if any(needs.values()):
        Needs.objects.update_or_create(participant=participant, defaults=dict(needs))
    elif participant.pk:
        Needs.objects.filter(participant=participant).delete()
