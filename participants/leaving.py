"""What apps above this one let go of, or carry over: when somebody has no place any more, hands it on, is erased, or is registered twice.

An app says in its ``ready`` what it does; this one calls it in the same transaction, holding the lock on the participants' rows.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Protocol

from accounts.models import User
from participants.models import Participant


class Leave(Protocol):
    """Lets go of what hangs on a place at the meeting."""

    def __call__(self, participant: Participant, /, *, by: User | None, at: dt.datetime) -> None: ...


CarryOver = Callable[[Participant, Participant], None]
Forget = Callable[[Participant], Counter[str]]

_leaves: list[Leave] = []
_carries: list[CarryOver] = []
_unites: list[CarryOver] = []
_forgets: list[Forget] = []


def register(leave: Leave, carry_over: CarryOver | None = None) -> None:
    """Say what is let go of, and what is carried over from one registration (the first) to another; called once from a ``ready``.

    The other is of the same person, or of the colleague who comes instead.
    """
    _leaves.append(leave)
    if carry_over:
        _carries.append(carry_over)


def register_unite(unite: CarryOver) -> None:
    """Say what else is carried over where both registrations are one person's; called once from a ``ready``."""
    _unites.append(unite)


def register_erasure(forget: Forget) -> None:
    """Say what words about somebody go when they are erased; called once from a ``ready``."""
    _forgets.append(forget)


def forget(participant: Participant) -> Counter[str]:
    """Take out every word about somebody who is erased; says how many rows of each kind that were."""
    return sum((one(participant) for one in _forgets), Counter[str]())


def leave_place(participant: Participant, *, by: User | None, at: dt.datetime) -> None:
    """Let go of everything that hangs on somebody's place."""
    for leave in _leaves:
        leave(participant, by=by, at=at)


def carry_over(goes: Participant, stays: Participant) -> None:
    """Bring what hangs on the place of ``goes`` to ``stays``, as far as there is room for it there."""
    for carry in _carries:
        carry(goes, stays)


def unite(goes: Participant, stays: Participant) -> None:
    """Bring everything of one registration to the other of the same person."""
    for carry in (*_unites, *_carries):
        carry(goes, stays)
