"""Moves everything stored encrypted to the newest of FIELD_KEYS, so that an older key can be given up."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Cast

from accounts.encrypted import encrypted_fields
from accounts.encryption import box
from accounts.mfa import SECRETS

BATCH = 500
Tokens = Mapping[str, str]  # column → what is stored in it


@dataclass
class Report:
    """What was found in one table: how many rows under which key (0 the newest; a row counts by its oldest token)."""

    table: str
    rows: Counter[int] = field(default_factory=Counter)
    moved: int = 0
    unreadable: list[tuple[int, list[str]]] = field(default_factory=list)  # key of the row, columns that no key opens


class Store(Protocol):
    """A table with tokens in it."""

    name: str

    def rows_after(self, key: int) -> list[tuple[int, Tokens]]:
        """The next rows in the order of their keys, at most BATCH."""

    def write(self, key: int, old: Tokens, new: Tokens) -> bool:
        """Put new tokens in place of the old ones, unless somebody wrote others meanwhile; whether it did."""


class Columns:
    """The encrypted columns of one model, read and written as the tokens they hold."""

    def __init__(self, model: type[models.Model]) -> None:
        self.name = model._meta.label_lower
        self.fields = {field.name: field for field in encrypted_fields(model)}
        stored: dict[str, Any] = {f"stored_{name}": Cast(name, models.TextField()) for name in self.fields}
        self.rows = model._base_manager.annotate(**stored)

    def rows_after(self, key: int) -> list[tuple[int, Tokens]]:
        rows = self.rows.filter(pk__gt=key).order_by("pk").values_list("pk", *(f"stored_{name}" for name in self.fields))
        return [(row[0], dict(zip(self.fields, row[1:], strict=True))) for row in rows[:BATCH]]

    def write(self, key: int, old: Tokens, new: Tokens) -> bool:
        same = {f"stored_{name}": old[name] for name in new}
        tokens: dict[str, Any] = {name: Cast(Value(token, models.TextField()), self.fields[name]) for name, token in new.items()}
        return self.rows.filter(pk=key, **same).update(**tokens) == 1


class Secrets:
    """Secrets of apps and recovery codes, which the sign-in library keeps in JSON."""

    name = "mfa.authenticator"

    def rows_after(self, key: int) -> list[tuple[int, Tokens]]:
        rows = Authenticator.objects.filter(type__in=SECRETS, pk__gt=key).order_by("pk")[:BATCH]
        return [(row.pk, {SECRETS[row.type]: row.data[SECRETS[row.type]]}) for row in rows]

    def write(self, key: int, old: Tokens, new: Tokens) -> bool:
        row = Authenticator.objects.select_for_update().filter(pk=key).first()  # a recovery code used at this moment stays used
        if row is None or any(row.data.get(name) != token for name, token in old.items()):
            return False
        row.data.update(new)
        row.save(update_fields=["data"])
        return True


def stores() -> Iterator[Store]:
    """Every table of every app that has something encrypted in it."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and encrypted_fields(model):
            yield Columns(model)
    yield Secrets()


def reencrypt(store: Store, *, dry_run: bool, tell: Callable[[int], None] = lambda rows: None) -> Report:
    """Bring one table under the newest key, a batch at a time, each a transaction of its own. Doing it again changes nothing."""
    report, last, seen = Report(store.name), -1, 0
    while batch := store.rows_after(last):
        with transaction.atomic():
            for key, tokens in batch:
                take(store, report, key, tokens, dry_run=dry_run)
        last, seen = batch[-1][0], seen + len(batch)
        tell(seen)
    return report


def take(store: Store, report: Report, key: int, tokens: Tokens, *, dry_run: bool) -> None:
    """Look at one row, and move what is not under the newest key; what no key opens is left as it is and reported."""
    under = {name: number_of_key(token) for name, token in tokens.items()}
    if shut := [name for name, number in under.items() if number is None]:
        report.unreadable.append((key, shut))
    else:
        report.rows[max(number or 0 for number in under.values())] += 1
    if dry_run or not any(under.values()):
        return
    keys = box(tuple(settings.FIELD_KEYS))
    new = {name: keys.rotate(tokens[name]).decode("ascii") for name, number in under.items() if number}
    report.moved += store.write(key, tokens, new)


def number_of_key(token: Any) -> int | None:
    """Which of FIELD_KEYS opens a token: 0 the newest; None when none does."""
    for number, key in enumerate(settings.FIELD_KEYS):
        try:
            Fernet(key).decrypt(token)
        except (InvalidToken, TypeError):
            continue
        return number
    return None
