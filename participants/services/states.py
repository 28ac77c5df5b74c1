"""The one assignment of a participant's state, and the rows as they are under a lock."""

import datetime as dt

from accounts.models import User
from participants import errors, leaving
from participants.models import HandOver, Participant, Passport, Step

State = Participant.State


def locked(pk: int) -> Participant:
    """The participant as it is now, locked until the transaction ends."""
    rows = Participant.objects.select_for_update(of=("self",)).select_related("meeting", "sector", "country", "body")
    return rows.get(pk=pk)


def in_state(pk: int, *states: str) -> Participant:
    """The participant, locked; raises WrongState unless it is in one of ``states``."""
    participant = locked(pk)
    if participant.state not in states or participant.is_erased:
        raise errors.WrongState
    return participant


def move(participant: Participant, state: str, *, by: User | None, at: dt.datetime, reason: str = "") -> None:
    """The one assignment of a state. What was under way ends with it."""
    close_step(participant, Step.Outcome.ENDED, by=by, at=at)
    leaves = participant.state == State.CONFIRMED and state != State.CONFIRMED
    if leaves:
        HandOver.objects.running().filter(participant=participant).update(ending=HandOver.Ending.ENDED, ended_at=at)
    participant.state = state
    participant.state_reason = reason if state in {State.DECLINED, State.WITHDRAWN} else ""
    participant.decided_at = at
    save(participant, by=by, reason=reason)
    if state != State.CONFIRMED:  # nobody travels without a place, so nobody needs a visa letter
        Passport.objects.filter(participant=participant).delete()
    if leaves:
        leaving.leave_place(participant, by=by, at=at)


def close_step(participant: Participant, outcome: str, *, by: User | None, at: dt.datetime, answer: str = "") -> None:
    """Close what is under way, if anything is, and take its mark away; the caller saves."""
    if not participant.mark:
        return
    participant.mark = ""
    Step.objects.open().filter(participant=participant).update(outcome=outcome, closed_by=by, closed_at=at, answer=answer)


def save(participant: Participant, *, by: User | None, reason: str) -> None:
    """Save with who and why in the history."""
    participant._history_user = by  # type: ignore[attr-defined]
    participant._change_reason = reason[:100] or None  # type: ignore[attr-defined]
    participant.save()
