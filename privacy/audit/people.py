"""Whom lines are about: one person with all their registrations, or everybody protected. Asked as subqueries, so that
no list of keys travels to the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from participants.models import ExportedPeople, Participant
from privacy.models import Erasure

LONGEST_KEY = 18  # digits; longer ones fit no column


@dataclass(frozen=True)
class People:
    """Some registrations, and the account that was theirs even where an erasure has cut the tie."""

    rows: QuerySet[Participant]
    account: int | None = None

    @cached_property
    def keys(self) -> QuerySet[Any]:
        return self.rows.order_by().values("pk")

    @cached_property
    def keys_as_text(self) -> QuerySet[Any]:
        return self.rows.order_by().values_list(Cast("pk", CharField()))

    @cached_property
    def keys_in_traces(self) -> QuerySet[Any]:
        """As ``accounts.looks.key_of`` writes them."""
        return self.rows.order_by().values_list(Concat(Value(f"{Participant._meta.label_lower}:"), Cast("pk", CharField())))

    @cached_property
    def references(self) -> QuerySet[Any]:
        return self.rows.order_by().values("reference")

    def is_account(self, column: str) -> Q:
        """Rows whose ``column`` is the account of one of them."""
        accounts = self.rows.filter(user__isnull=False).order_by().values("user")
        return Q(**{f"{column}__in": accounts}) | (Q(**{column: self.account}) if self.account else Q())

    def is_account_as_text(self, column: str, *, prefix: str = "") -> Q:
        """The same for a column that names accounts in text."""
        known = self.rows.filter(user__isnull=False).order_by()
        accounts = known.values_list(Concat(Value(prefix), Cast(F("user"), CharField()), output_field=CharField()))
        return Q(**{f"{column}__in": accounts}) | (Q(**{column: f"{prefix}{self.account}"}) if self.account else Q())


@dataclass(frozen=True)
class Person(People):
    """One person: their registrations, the exports they were in, and their erasures, before and after."""

    registrations: tuple[Participant, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    exports: frozenset[int] = field(default=frozenset())


def protected() -> People:
    """Everybody whose name is protected now."""
    return People(Participant.objects.filter(is_protected=True))


def find_person(text: str) -> Person | None:
    """The person with that reference, or whose registration has that key; None where there is nobody."""
    wanted = Q(reference__iexact=text)
    if text.isdecimal() and text.isascii() and len(text) <= LONGEST_KEY:
        wanted |= Q(pk=int(text))
    found = Participant.objects.filter(wanted).first()
    if found is None:
        return None
    erasures = tuple(one for one in Erasure.objects.select_related("made_by").order_by("pk") if found.pk in one.registrations)
    # What was erased at somebody's request was one person's; what a purge emptied on one night was many people's.
    own = [one for one in erasures if one.purpose == Erasure.Purpose.REQUEST]
    keys = {found.pk, *(key for one in own for key in one.registrations)}
    account = found.user_id or next((one.account for one in own if one.account), None)
    rows = Participant.objects.filter(Q(pk__in=keys) | (Q(user=account) if account else Q(pk=None)))
    registrations = tuple(rows.select_related("meeting").order_by("meeting__starts_on", "pk"))
    exports = ExportedPeople.exports_with_any(one.pk for one in registrations)
    return Person(rows, account, registrations, erasures, frozenset(exports))


def accounts_of(rows: Iterable[Participant]) -> dict[int, Participant]:
    """The latest registration of each account."""
    return {row.user_id: row for row in sorted(rows, key=lambda row: row.pk) if row.user_id is not None}


def staff() -> QuerySet[User]:
    """Whoever could have done something in the back office."""
    return User.objects.filter(is_staff=True).order_by("name", "email")
