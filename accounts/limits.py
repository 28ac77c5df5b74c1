"""How often something may be tried: counted in the database, so that every process and machine counts together.

Each try is one atomic increment. Of many at the same moment as many pass as are allowed, and never more.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from accounts.models import Tally
from accounts.networks import fingerprint

MINUTE, HOUR = 60, 3600

ADD_ONE = """
    INSERT INTO accounts_tally ("key", "count", "ends") VALUES (%(key)s, 1, %(ends)s)
    ON CONFLICT ("key") DO UPDATE SET
        "count" = CASE WHEN accounts_tally."ends" > %(now)s THEN accounts_tally."count" + 1 ELSE 1 END,
        "ends" = CASE WHEN accounts_tally."ends" > %(now)s THEN accounts_tally."ends" ELSE excluded."ends" END
    RETURNING "count", "ends"
"""


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
    """Add one under ``key``, in one statement, and return how many there are and when they are forgotten.

    Written by hand, because Django's own "insert or update" can only set values, and reading before writing would count
    two tries at the same moment as one. The same words are understood by SQLite (3.35) and PostgreSQL.
    """
    with connection.cursor() as cursor:
        cursor.execute(ADD_ONE, {"key": key, "now": now, "ends": now + seconds})
        count, ends = cursor.fetchone()
    return count, ends


def sweep() -> None:
    """Forget what is over."""
    Tally.objects.filter(ends__lte=int(time.time())).delete()
