"""The register: what is kept of people in any table, put together from what each app says of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext

from accounts.personal_data import ALL, Others, Personal, Reader, Register
from privacy.names import LABELS, name_of

# In the order in which a reader meets them; an app that comes later adds its name here.
APPS = ("participants", "attendance", "correspondence", "meetings", "delegations", "reports", "accounts", "privacy")
HISTORY_OTHERS = ("history_type",)


@dataclass(frozen=True, slots=True)
class Entry:
    """One field that says something of a person, with the table and column it stands in."""

    model: type[models.Model]
    field: models.Field[Any, Any]
    personal: Personal

    @property
    def label(self) -> str:
        """The column's name as the back office shows it; of one that it never shows, the name given for reports."""
        name = self.field.verbose_name
        return str(capfirst(name) if isinstance(name, Promise) else LABELS.get(self.field.name, self.field.name))

    @property
    def key(self) -> str:
        """The column as programmers name it: participants.participant.email."""
        return f"{self.model._meta.label_lower}.{self.field.name}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table with the entries of its fields."""

    model: type[models.Model]
    entries: tuple[Entry, ...]

    @property
    def label(self) -> str:
        followed = tracked(self.model)
        name = name_of((followed or self.model)._meta.label_lower)
        return gettext("%(table)s: history of changes") % {"table": name} if followed else name

    @property
    def is_history(self) -> bool:
        return tracked(self.model) is not None

    @property
    def lines(self) -> list[tuple[Personal, list[Entry]]]:
        """The entries by what they are kept for; a history's without those of the table it follows."""
        inherited = personal_fields(followed) if (followed := tracked(self.model)) else {}
        found: dict[Personal, list[Entry]] = {}
        for entry in self.entries:
            if entry.field.name not in inherited:
                found.setdefault(entry.personal, []).append(entry)
        return list(found.items())


@cache
def said() -> tuple[Register, Others]:
    """What the apps say, all of it: the personal fields, and the others."""
    personal: Register = {}
    others: Others = {}
    for app in APPS:
        module = import_module(f"{app}.personal_data")
        personal |= module.PERSONAL
        others |= module.NOT_PERSONAL
    return personal, others


def tables() -> list[Table]:
    """Every table that holds something of a person, in the order of the apps."""
    personal = said()[0]
    found = (Table(model, tuple(entries_of(model))) for model in map(apps.get_model, personal))
    return [table for table in found if table.entries]


def entries() -> list[Entry]:
    """Every personal field there is."""
    return [entry for table in tables() for entry in table.entries]


def entries_of(model: type[models.Model]) -> Iterator[Entry]:
    """The personal fields of one table, in the order of its columns."""
    known = personal_fields(model)
    return (Entry(model, field, known[field.name]) for field in fields_of(model) if field.name in known)


def personal_fields(model: type[models.Model]) -> dict[str, Personal]:
    """Field → what it is kept for; a table of history has those of the table it follows too."""
    personal = said()[0]
    own = personal.get(model._meta.label_lower, {})
    if (followed := tracked(model)) is None:
        return own
    names = {field.name for field in fields_of(model)}
    return {name: entry for name, entry in personal_fields(followed).items() if name in names} | own


def other_fields(model: type[models.Model]) -> set[str]:
    """The fields that say nothing of a person."""
    others = said()[1]
    names = {field.name for field in fields_of(model)}
    if followed := tracked(model):
        return (other_fields(followed) & names) | set(HISTORY_OTHERS)
    named = others.get(model._meta.label_lower, ())
    return names if named == ALL else set(named)


def tracked(model: type[models.Model]) -> type[models.Model] | None:
    """The table whose changes this one keeps; None for any other table."""
    followed: type[models.Model] | None = getattr(model, "instance_type", None)
    return followed


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table but its own number, and what links its rows to several others."""
    followed = tracked(model)
    number_there = followed._meta.pk.name if followed else ""
    columns = [one for one in model._meta.local_concrete_fields if not isinstance(one, models.AutoField) and one.name != number_there]
    return [*columns, *model._meta.local_many_to_many]


def seen_by(readers: Iterable[Reader]) -> str:
    """Who sees it, in one line: "You, the secretariat"."""
    return sentence(listed(readers))


def listed(readers: Iterable[Reader]) -> str:
    """The same within a line."""
    return ", ".join(str(reader.label) for reader in readers)


def sentence(words: Any) -> str:
    """Words that begin a line."""
    return str(capfirst(str(words)))


def every_table() -> list[type[models.Model]]:
    """Every table of ours and of libraries, histories too; a table that only links two others is a field of one of them."""
    return [model for model in apps.get_models() if model._meta.managed]
