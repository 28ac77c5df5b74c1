"""What the clocks need of each app: which rows are due, and how they go. And this app's own part of it.

An app whose rows have a time to go offers a ``Part`` for each table; ``privacy.clocks`` puts them under their class.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from simple_history.models import HistoricalChanges

from accounts.erasure import erase_account, kept_for_others
from accounts.models import Look, SecurityEvent, Tally, User
from accounts.models.trace import TraceQuerySet

BATCH = 200


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, and for how many days one class is kept."""

    at: dt.datetime
    days: int

    @property
    def before(self) -> dt.datetime:
        """What is older than this moment is due."""
        return self.at - dt.timedelta(days=self.days)

    @property
    def before_day(self) -> dt.date:
        """The same where days count and not hours."""
        return timezone.localdate(self.before)


class Part(Protocol):
    """What goes by one clock: rows of one table, or files. ``purge`` says after each batch how many went in it."""

    @property
    def table(self) -> str: ...

    @property
    def days(self) -> int | None:
        """A number of its own, where it does not go by the clock of its class."""

    def count_held(self) -> int: ...

    def count_due(self, clock: Clock) -> int: ...

    def purge(self, clock: Clock, tell: Callable[[int], None]) -> int: ...


def deleted(rows: QuerySet[Any]) -> int:
    """Delete the rows and say how many of them there were, without what went along."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


@dataclass(frozen=True, slots=True)
class Rows:
    """The part of a table: which rows are ``held`` at all, which of them are ``due``, and how a batch of those is let go."""

    table: str
    held: Callable[[], QuerySet[Any]]
    due: Callable[[QuerySet[Any], Clock], QuerySet[Any]]
    let_go: Callable[[Any], int] = deleted
    days: int | None = None

    def count_held(self) -> int:
        return self.held().count()

    def count_due(self, clock: Clock) -> int:
        return self.due(self.held(), clock).count()

    def purge(self, clock: Clock, tell: Callable[[int], None]) -> int:
        """Each batch is a transaction of its own; a row that is not due any more by then stays."""
        total = 0
        for keys in self.batches(clock):
            with transaction.atomic():
                gone = self.let_go(self.due(self.held(), clock).filter(pk__in=keys))
            total += gone
            tell(gone)
        return total

    def batches(self, clock: Clock) -> Iterator[list[Any]]:
        """The keys of what is due, in order, read anew for each batch so that nothing large is kept in mind."""
        rows = self.due(self.held(), clock).order_by("pk")
        keys = list(rows.values_list("pk", flat=True)[:BATCH])
        while keys:
            yield keys
            keys = list(rows.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:BATCH])


def older(column: str) -> Callable[[QuerySet[Any], Clock], QuerySet[Any]]:
    """Due is what ``column`` says is older than the days of the clock."""
    return lambda rows, clock: rows.filter(**{f"{column}__lt": clock.before})


# --- accounts ---


def people() -> QuerySet[User]:
    """Accounts that go by the clock: those of the staff are switched off by hand when somebody leaves."""
    return User.objects.filter(is_staff=False, is_superuser=False)


def accounts_due(rows: QuerySet[User], clock: Clock) -> QuerySet[User]:
    """Accounts to which nothing is tied any more, neither a registration nor a trace, and where nobody signed in lately."""
    rows = rows.filter(date_joined__lt=clock.before).exclude(last_login__gte=clock.before)
    for model, column in kept_for_others():
        rows = rows.filter(~Exists(model._base_manager.filter(**{column: OuterRef("pk")})))
    return rows


def let_go_of_accounts(rows: QuerySet[User]) -> int:
    return sum(erase_account(user=user)["accounts.user"] for user in rows.select_for_update())


ACCOUNTS = Rows("accounts.user", people, accounts_due, let_go_of_accounts)

# --- traces ---


def let_go_of_traces(rows: TraceQuerySet) -> int:
    return rows.let_go()


LOOKS = Rows("accounts.look", Look.objects.all, older("at"), let_go_of_traces)
TRAIL = Rows("admin.logentry", LogEntry.objects.all, older("action_time"))


def histories() -> list[Part]:
    """The change history of every table that has one."""
    models = [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]
    return [Rows(model._meta.label_lower, model._default_manager.all, older("history_date")) for model in models]


# --- security ---

SECURITY_EVENTS = Rows("accounts.securityevent", SecurityEvent.objects.all, older("at"), let_go_of_traces)
SESSIONS = Rows("sessions.session", Session.objects.all, older("expire_date"))
PLACES_OF_SESSIONS = Rows("usersessions.usersession", UserSession.objects.all, older("created_at"))
TALLIES = Rows("accounts.tally", Tally.objects.all, lambda rows, clock: rows.filter(ends__lt=int(clock.at.timestamp())), days=0)
