"""Places ranked wishes fairly. No database: from the same wishes and the same seed comes the same answer, anywhere.

In round one everybody's first wish is looked at, in round two everybody's second, and so on; so nobody's second wish takes a seat
that somebody's first wish needed. Within a round those come first who have got least so far, then the lot decides. Seats kept for one
side are given to that side alone, and nobody gets two seats at the same hour.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Hours = tuple[dt.datetime, dt.datetime]


@dataclass(slots=True)
class Offer:
    """One session: its hours, and its seats with those taken before, by family."""

    key: int
    hours: Hours
    total: int | None
    kept: dict[str, int] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)

    def has_seat_for(self, family: str) -> bool:
        if self.total is None:
            return True
        kept = sum(max(0, number - self.taken[side]) for side, number in self.kept.items() if side != family)
        return self.total - sum(self.taken.values()) - kept > 0


@dataclass(frozen=True, slots=True)
class Wisher:
    """One person: the sessions wished for, the first first, each of which they may attend; and the hours of seats they hold."""

    key: int
    family: str
    wishes: tuple[int, ...]
    busy: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """One seat that was given: to whom, where, and which of their wishes it was."""

    wisher: int
    session: int
    rank: int


def allocate(offers: Iterable[Offer], wishers: Sequence[Wisher], *, seed: str) -> list[Given]:
    """Give the seats; the numbers in ``offers`` grow as it goes on. The order of neither argument matters."""
    sessions = {offer.key: offer for offer in offers}
    busy = {wisher.key: list(wisher.busy) for wisher in wishers}
    got: Counter[int] = Counter()
    given: list[Given] = []
    drawn = sorted(wishers, key=lambda wisher: lot(seed, wisher.key))
    for number in range(max((len(wisher.wishes) for wisher in wishers), default=0)):
        asking = [wisher for wisher in drawn if number < len(wisher.wishes)]
        for wisher in sorted(asking, key=lambda wisher: got[wisher.key]):  # sorting keeps the order of the lot among equals
            session = sessions.get(wisher.wishes[number])
            if session is None or not session.has_seat_for(wisher.family) or is_busy(busy[wisher.key], session.hours):
                continue
            session.taken[wisher.family] += 1
            busy[wisher.key].append(session.hours)
            got[wisher.key] += 1
            given.append(Given(wisher.key, session.key, number + 1))
    return given


def lot(seed: str, key: int) -> bytes:
    """The lot of one person: anybody who knows the seed can draw it again, with any program."""
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()


def is_busy(hours: Iterable[Hours], wanted: Hours) -> bool:
    return any(start < wanted[1] and wanted[0] < end for start, end in hours)
