"""How often something may be tried: counted in the database, so that every process and machine counts together.

Each try is one atomic increment. Of many at the same moment as many pass as are allowed, and never more.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Tally
from accounts.networks import fingerprint

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Rule:
    """``amount`` tries in ``seconds`` for each of what ``per`` names, such as ("address", "network")."""

    amount: int
    seconds: int
    per: tuple[str, ...]

    def __str__(self) -> str:
        return "+".join(self.per)


@dataclass(frozen=True, slots=True)
class Spent:
    """What came of one try: how often it was tried with this one, and seconds until it may be tried again (0: now)."""

    count: int
    wait: int


def spend(what: str, rule: Rule, whom: Iterable[str]) -> Spent:
    """Count one try of ``what`` by ``whom`` (a value for each word of ``rule.per``), and say whether it is one too many."""
    now = int(time.time())
    key = fingerprint(what, str(rule), str(rule.seconds), *whom)
    count, ends = counted(key, now, rule.seconds)
    return Spent(count, max(ends - now, 1) if count > rule.amount else 0)


def is_spent(what: str, rule: Rule, whom: Iterable[str]) -> bool:
    """Count one try and return True when it is one too many."""
    return spend(what, rule, whom).wait > 0


def counted(key: str, now: int, seconds: int) -> tuple[int, int]:
    """Add one under ``key``, and return how many there are and when they are forgotten."""
    rows = Tally.objects.filter(key=key)
    while not (rows.filter(ends__gt=now).update(count=F("count") + 1) or rows.filter(ends__lte=now).update(count=1, ends=now + seconds)):
        try:
            with transaction.atomic():
                Tally.objects.create(key=key, count=1, ends=now + seconds)
        except IntegrityError:
            continue  # another process was first; now there is a row to add to
        break
    return rows.values_list("count", "ends").first() or (1, now + seconds)


def sweep() -> None:
    """Forget what is over."""
    Tally.objects.filter(ends__lte=int(time.time())).delete()
