"""Places ranked wishes fairly. No database: from the same wishes and the same seed comes the same answer, anywhere.

Sessions at the same hours are one slot, in which a person gets at most one seat. In each slot as many people as possible get their first
wish, then, without taking any of those away, as many as possible their second, and so on; so nobody's second wish takes a seat that
somebody's first wish needed, and of two equals the one with another wish left steps aside. Where people are still equal those come first
who have got least so far, then the lot decides. Seats kept for one side are given to that side alone.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from attendance.matching import Matching, Place

COMMON = ""  # seats that are kept for nobody
UNLIMITED = 10**6
Hours = tuple[dt.datetime, dt.datetime]


@dataclass(slots=True)
class Offer:
    """One session: its hours, and its seats with those taken before, by family."""

    key: int
    hours: Hours
    total: int | None
    kept: dict[str, int] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)

    def free(self) -> dict[str, int]:
        """The seats that are free, by the family they are kept for; who sits there already sits on seats of their own side first."""
        if self.total is None:
            return {COMMON: UNLIMITED}
        left = max(0, self.total - self.taken.total())
        kept = {family: max(0, number - self.taken[family]) for family, number in self.kept.items()}
        missing = sum(kept.values())
        if missing > left:  # seats were lowered: to each side what the others do not keep
            return {family: max(0, left - (missing - number)) for family, number in kept.items()}
        return {COMMON: left - missing, **kept}


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
    """Give the seats, the best wishes first. The order of neither argument matters."""
    sessions = {offer.key: offer for offer in offers}
    drawn = sorted(wishers, key=lambda wisher: lot(seed, wisher.key))
    table = Table(sessions, drawn)
    for slot in slots_of(sessions.values()):
        table.fill(slot)
    table.fill_gaps()
    order = {wisher.key: number for number, wisher in enumerate(drawn)}
    return sorted(table.given, key=lambda one: (one.rank, order[one.wisher], one.session))


class Table:
    """The seats that are left, and who got which, while they are given; ``people`` are in the order of the lot."""

    def __init__(self, sessions: Mapping[int, Offer], people: Sequence[Wisher]) -> None:
        self.sessions = sessions
        self.people = people
        self.deepest = max((len(wisher.wishes) for wisher in people), default=0)
        self.free = {key: offer.free() for key, offer in sessions.items()}
        self.busy = {wisher.key: list(wisher.busy) for wisher in people}
        self.got: Counter[int] = Counter()
        self.given: list[Given] = []

    def in_turn(self) -> list[Wisher]:
        """Who has got least first; sorting keeps the order of the lot among equals."""
        return sorted(self.people, key=lambda wisher: self.got[wisher.key])

    def is_possible(self, wisher: Wisher, key: int) -> bool:
        return key in self.sessions and not is_busy(self.busy[wisher.key], self.sessions[key].hours)

    def places(self, wisher: Wisher, key: int) -> list[Place]:
        """Where in a session somebody may sit: on the seats of their side, and on those of nobody."""
        return [(key, side) for side in (wisher.family, COMMON) if side in self.free[key]]

    def fill(self, slot: Sequence[int]) -> None:
        """Give the seats of sessions that run side by side. One better wish outweighs any number of lesser ones."""
        matching = Matching({(key, side): number for key in slot for side, number in self.free[key].items()})
        base = len(self.people) + 1
        for wisher in self.in_turn():
            worth: dict[Place, int] = {}
            for number, key in enumerate(wisher.wishes):
                if key in slot and self.is_possible(wisher, key):
                    worth |= dict.fromkeys(self.places(wisher, key), base ** (self.deepest - number))
            matching.add(wisher.key, worth)
        ranks = {wisher.key: wisher.wishes for wisher in self.people}
        for person, place in matching.seated.items():
            self.give(person, place, ranks[person].index(place[0]) + 1)

    def fill_gaps(self) -> None:
        """In a chain of sessions that overlap, somebody may have time for a second one: wish by wish, what is still free."""
        for number in range(self.deepest):
            for wisher in self.in_turn():
                if number < len(wisher.wishes) and self.is_possible(wisher, key := wisher.wishes[number]):
                    places = [place for place in self.places(wisher, key) if self.free[key][place[1]] > 0]
                    if places:
                        self.give(wisher.key, places[0], number + 1)

    def give(self, person: int, place: Place, rank: int) -> None:
        key, side = place
        self.free[key][side] -= 1
        self.busy[person].append(self.sessions[key].hours)
        self.got[person] += 1
        self.given.append(Given(person, key, rank))


def slots_of(offers: Iterable[Offer]) -> list[list[int]]:
    """Sessions that run side by side, in the order of time; a chain of overlaps is one slot."""
    slots: list[list[int]] = []
    until: dt.datetime | None = None
    for offer in sorted(offers, key=lambda offer: (offer.hours, offer.key)):
        starts, ends = offer.hours
        if until is None or starts >= until:
            slots.append([])
        slots[-1].append(offer.key)
        until = ends if until is None else max(until, ends)
    return slots


def lot(seed: str, key: int) -> bytes:
    """The lot of one person: anybody who knows the seed can draw it again, with any program."""
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()


def is_busy(hours: Iterable[Hours], wanted: Hours) -> bool:
    return any(start < wanted[1] and wanted[0] < end for start, end in hours)
