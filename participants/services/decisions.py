"""Steps from a registration on: approve, queue, decline, withdraw, reopen. Each is one transaction."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from meetings.models import Meeting
from participants import errors, mails
from participants.models import Merge, Participant, Reason
from participants.services.places import Answer, give_place_or_queue, has_room_for, leave, locked_meeting
from participants.services.states import State, in_state, locked, move

Mark = Participant.Mark


@transaction.atomic
def approve(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Give a place, or a place in the queue when the meeting is full.

    Raises WrongState, MeetingFull for the waiting, and TwoOfficers where one proposes and another confirms.
    """
    now = at or timezone.now()
    meeting = locked_for_one(participant, at=now)
    current = in_state(participant.pk, State.PENDING, State.WAITLISTED)
    return carry_out(Mark.APPROVE, current, meeting, by=by, at=now)


@transaction.atomic
def put_on_waiting_list(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Queue somebody who awaits approval, even while places are free. Raises WrongState or TwoOfficers."""
    now = at or timezone.now()
    meeting = locked_for_one(participant, at=now)
    current = in_state(participant.pk, State.PENDING)
    return carry_out(Mark.WAITLIST, current, meeting, by=by, at=now)


@transaction.atomic
def decline(
    *, participant: Participant, by: User | None, reason: str = "", code: Reason | None = None, at: dt.datetime | None = None
) -> Participant:
    """Refuse a registration, with a reason that goes into the mail; a place it held goes to the next in line.

    Raises ReasonMissing, WrongState or TwoOfficers.
    """
    now = at or timezone.now()
    meeting = locked_for_one(participant, at=now)
    current = in_state(participant.pk, State.PENDING, State.WAITLISTED, State.CONFIRMED)
    words = in_words(current, code, reason)
    if not words:
        raise errors.ReasonMissing
    return carry_out(Mark.DECLINE, current, meeting, by=by, at=now, reason=words)


def locked_for_one(participant: Participant, *, at: dt.datetime) -> Meeting:
    """The meeting, locked, where one officer may decide alone; raises TwoOfficers where not."""
    meeting = locked_meeting(participant.meeting_id, at=at)
    if meeting.decides_twice:
        raise errors.TwoOfficers
    return meeting


def carry_out(kind: str, current: Participant, meeting: Meeting, *, by: User | None, at: dt.datetime, reason: str = "") -> Participant:
    """Do what was decided about somebody who is locked, and tell them. Raises WrongState or MeetingFull."""
    match kind:
        case Mark.APPROVE:
            if current.state == State.CONFIRMED:
                raise errors.WrongState
            if current.state == State.WAITLISTED and not has_room_for(current, meeting):
                raise errors.MeetingFull
            give_place_or_queue(current, meeting, by=by, at=at)
        case Mark.WAITLIST:
            if current.state != State.PENDING:
                raise errors.WrongState
            move(current, State.WAITLISTED, by=by, at=at)
            mails.tell_waitlisted(current)
        case Mark.DECLINE:
            leave(current, State.DECLINED, meeting, by=by, at=at, reason=reason)
            mails.tell_declined(current)
    return current


def in_words(participant: Participant, code: Reason | None, words: str) -> str:
    """The reason as the person reads it: the text of its row in their language, then the officer's own words."""
    shipped = code.text_in(participant.language) if code else ""
    return "\n\n".join(part for part in (shipped, words.strip()) if part)


@transaction.atomic
def withdraw(
    *, participant: Participant, by: User | None, reason: str = "", code: Reason | None = None, at: dt.datetime | None = None
) -> Participant:
    """Give up a registration; a place it held goes to the next in line at once. Doing it twice changes nothing."""
    now = at or timezone.now()
    meeting = locked_meeting(participant.meeting_id, at=now)
    current = locked(participant.pk)
    if current.state == State.WITHDRAWN:
        return current
    if current.is_erased or current.state == State.UNCONFIRMED or (current.state == State.DECLINED and is_own(current, by)):
        raise errors.WrongState
    words = in_words(current, code, reason)
    answer = Answer.REFUSED if is_own(current, by) else Answer.ENDED  # of an offer they had
    leave(current, State.WITHDRAWN, meeting, by=by, at=now, reason=words, answer=answer)
    mails.tell_withdrawn(current, reason="" if is_own(current, by) else words)
    return current


@transaction.atomic
def reopen(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Bring back a withdrawn or declined registration, at the end of the queue. Raises WrongState or RegistrationClosed.

    The person may do it only for a withdrawal of their own and while registration is open; staff at any time.
    """
    now = at or timezone.now()
    meeting = locked_meeting(participant.meeting_id, at=now)
    current = in_state(participant.pk, State.WITHDRAWN, State.DECLINED)
    if Merge.objects.filter(other=current).exists():  # it stands in another registration
        raise errors.WrongState
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
