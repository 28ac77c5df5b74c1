"""Steps on the way to a decision: proposals and their confirmation by another officer, and registrations on hold."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from meetings.models import Meeting
from participants import errors, mails
from participants.models import Participant, Reason, Step
from participants.services.decisions import carry_out, in_words
from participants.services.places import locked_meeting
from participants.services.states import State, close_step, in_state, save

Mark = Participant.Mark
STARTS_FROM = {
    Mark.APPROVE: (State.PENDING, State.WAITLISTED),
    Mark.WAITLIST: (State.PENDING,),
    Mark.DECLINE: (State.PENDING, State.WAITLISTED, State.CONFIRMED),
}


@transaction.atomic
def propose(
    *, participant: Participant, kind: str, by: User, reason: str = "", code: Reason | None = None, at: dt.datetime | None = None
) -> Participant:
    """Propose to approve, to queue or to decline; the person hears nothing yet. A proposal that was open is replaced.

    Raises WrongState, and ReasonMissing for a refusal without one.
    """
    Meeting.objects.locked(participant.meeting_id)
    current = in_state(participant.pk, *STARTS_FROM[Mark(kind)])
    words = in_words(current, code, reason)
    if kind == Mark.DECLINE and not words:
        raise errors.ReasonMissing
    return begin(current, Step(kind=kind, code=code, reason=words), by=by, at=at or timezone.now(), why="proposed")


@transaction.atomic
def confirm_proposal(*, participant: Participant, by: User, at: dt.datetime | None = None) -> Participant:
    """Carry out what another officer proposed. Raises NothingProposed, OwnProposal, WrongState or MeetingFull."""
    now = at or timezone.now()
    meeting = locked_meeting(participant.meeting_id, at=now)
    current = in_state(participant.pk, State.PENDING, State.WAITLISTED, State.CONFIRMED)
    step = open_proposal(current)
    if step.made_by_id == by.pk:
        raise errors.OwnProposal
    close_step(current, Step.Outcome.CONFIRMED, by=by, at=now)
    return carry_out(step.kind, current, meeting, by=by, at=now, reason=step.reason)


@transaction.atomic
def send_back(*, participant: Participant, by: User, reason: str, at: dt.datetime | None = None) -> Participant:
    """Put a proposal back, with a word to the colleague; the registration waits as before. Whoever proposed may take it back.

    Raises NothingProposed, and ReasonMissing where another officer's proposal comes back without a word.
    """
    Meeting.objects.locked(participant.meeting_id)
    current = in_state(participant.pk, State.PENDING, State.WAITLISTED, State.CONFIRMED)
    step = open_proposal(current)
    if step.made_by_id != by.pk and not reason.strip():
        raise errors.ReasonMissing
    close_step(current, Step.Outcome.SENT_BACK, by=by, at=at or timezone.now(), answer=reason.strip())
    save(current, by=by, reason="sent back")
    return current


@transaction.atomic
def hold(
    *,
    participant: Participant,
    by: User,
    reason: str = "",
    code: Reason | None = None,
    until: dt.date | None = None,
    tell: bool = False,
    at: dt.datetime | None = None,
) -> Participant:
    """Put a registration aside, with why and until when; it counts no more among those to decide. ``tell``: with a mail.

    Raises ReasonMissing, and WrongState for whoever does not await approval or is proposed.
    """
    now = at or timezone.now()
    Meeting.objects.locked(participant.meeting_id)
    current = in_state(participant.pk, State.PENDING)
    if current.mark not in {"", Mark.HOLD}:
        raise errors.WrongState
    words = in_words(current, code, reason)
    if not words:
        raise errors.ReasonMissing
    begin(current, Step(kind=Mark.HOLD, code=code, reason=words, until=until), by=by, at=now, why="put on hold")
    if tell:
        mails.tell_on_hold(current, reason=words, at=now)
    return current


@transaction.atomic
def release(*, participant: Participant, by: User, at: dt.datetime | None = None) -> Participant:
    """Take a registration off hold: it waits for a decision again, at its old place. Raises WrongState."""
    Meeting.objects.locked(participant.meeting_id)
    current = in_state(participant.pk, State.PENDING)
    if current.mark != Mark.HOLD:
        raise errors.WrongState
    close_step(current, Step.Outcome.ENDED, by=by, at=at or timezone.now())
    save(current, by=by, reason="taken off hold")
    return current


def begin(current: Participant, step: Step, *, by: User, at: dt.datetime, why: str) -> Participant:
    """Open a step in the place of the one there was."""
    close_step(current, Step.Outcome.ENDED, by=by, at=at)
    step.participant, step.made_by, step.made_at = current, by, at
    step.save()
    current.mark = step.kind
    save(current, by=by, reason=why)
    return current


def open_proposal(current: Participant) -> Step:
    """What is proposed about somebody who is locked; raises NothingProposed."""
    step = Step.objects.open().filter(participant=current).first()
    if step is None or step.is_hold:
        raise errors.NothingProposed
    return step
