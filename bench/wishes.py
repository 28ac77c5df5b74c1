"""Seats by ranked wishes for 500 people with three wishes each among 12 workshops: the drawing alone, without a database."""

import datetime as dt
import random
import time

from attendance.allocating import Offer, Wisher, allocate
from bench.place import say
from bench.table import Measure, at_most

PEOPLE, WORKSHOPS, WISHES, SEATS = 500, 12, 3, 30
NINE = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


def wishes(*, times: int) -> list[Measure]:
    """The best of a few, with all workshops at the same hours and with four at a time."""
    say(f"Wishes of {PEOPLE} people for {WORKSHOPS} workshops, {times} times")
    return [measure(slots, times=times) for slots in (1, 3)]


def measure(slots: int, *, times: int) -> Measure:
    chance = random.Random(slots)
    offers = [Offer(key, hours(key % slots), SEATS) for key in range(WORKSHOPS)]
    popular = [key for key in range(WORKSHOPS) for _ in range(WORKSHOPS - key)]  # the first are asked for most
    people = [Wisher(key, "law_enforcement", ranked(chance, popular)) for key in range(PEOPLE)]
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        allocate(offers, people, seed="bench")
        seconds.append(time.perf_counter() - start)
    name = f"{PEOPLE} people × {WISHES} wishes × {WORKSHOPS} workshops, {slots} slot{'s' if slots > 1 else ''}"
    return Measure(name, 1000 * min(seconds), "ms", aim="under 2,000 ms", met=at_most(2000))


def hours(slot: int) -> tuple[dt.datetime, dt.datetime]:
    begins = NINE + dt.timedelta(hours=slot)
    return begins, begins + dt.timedelta(hours=1)


def ranked(chance: random.Random, popular: list[int]) -> tuple[int, ...]:
    """Three different workshops."""
    chosen: dict[int, None] = {}
    while len(chosen) < WISHES:
        chosen[chance.choice(popular)] = None
    return tuple(chosen)
