"""Makes the copy: every table of the register, this person's rows, every field, as plain values and as words.

Of members of staff it tells the role, never the name: who they are is their own data.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Field, ForeignKey, Model
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import gettext_noop

from accounts.models import User
from correspondence.kinds import label_of
from delegations.models import Body, Country
from meetings.dates import day, moment
from meetings.models import Meeting
from participants.admin.history import KNOWN_REASONS
from participants.models import Participant, Sector
from privacy import register
from privacy.copies.holdings import LEFT_OUT, is_left_out, rows_of
from privacy.copies.owner import Owner
from privacy.names import LABELS

# Rows that are named by what people know them by; of any other row its number is told.
KNOWN_AS: dict[type[Model], str] = {Meeting: "slug", Country: "code", Body: "code", Sector: "code", Participant: "reference"}

OF_LIBRARIES = {"admin", "usersessions", "mfa", "account", "sessions"}
ALWAYS_OURS = {"last_login", "is_superuser", "groups", "user_permissions"}  # columns of ours that a library names
TABLES = {
    "participants.participant": _lazy("Registrations"),
    "participants.historicalparticipant": _lazy("What was changed in registrations"),
    "participants.reveal": _lazy("When the protected name was shown"),
    "participants.exportrecord": _lazy("Lists that left the system"),
    "participants.importrecord": _lazy("Lists that came in"),
    "correspondence.message": _lazy("Mails"),
    "accounts.user": _lazy("Account"),
    "accounts.look": _lazy("Who looked at it"),
    "accounts.securityevent": _lazy("Signing in"),
    "admin.logentry": _lazy("What the back office noted"),
    "usersessions.usersession": _lazy("Where the account is signed in"),
    "mfa.authenticator": _lazy("Second factors"),
    "account.emailaddress": _lazy("Addresses of the account"),
    "account.emailconfirmation": _lazy("Proofs of an address"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one row: its stable key and plain value, and both in words."""

    key: str
    value: Any
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One table with this person's rows."""

    key: str
    label: str
    rows: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Copy:
    """Everything held on one person, at one moment."""

    owner: Owner
    made_at: dt.datetime
    parts: list[Part]
    # tables that whoever reads this copy may not see, with the reason
    closed: dict[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(len(part.rows) for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        """Stable English keys, ISO dates; reasons and nothing else in the reader's language."""
        return {
            "made_at": plain_moment(self.made_at),
            "references": self.owner.references,
            "data": {part.key: [{cell.key: cell.value for cell in row} for row in part.rows] for part in self.parts},
            "left_out": {name: str(why) for name, why in (LEFT_OUT | self.closed).items()},
        }


def make(owner: Owner, *, at: dt.datetime | None = None, closed: dict[str, Any] | None = None) -> Copy:
    """The copy, in the active language, without the tables that are ``closed`` to its reader."""
    hidden = closed or {}
    tables = [(table, table.model._meta.label_lower) for table in register.tables()]
    parts = [part_of(table, owner) for table, name in tables if name not in hidden and not is_left_out(name)]
    return Copy(owner, at or timezone.now(), [part for part in parts if part.rows], hidden)


def part_of(table: register.Table, owner: Owner) -> Part:
    """One table. Of a history, each row has what it changed."""
    name = table.model._meta.label_lower
    entries = [entry for entry in table.entries if not is_left_out(entry.key, followed_key(entry))]
    rows = list(rows_of(table.model, owner).select_related(*(one.field.name for one in entries if isinstance(one.field, ForeignKey))))
    cells = [[cell_of(entry, row, owner) for entry in entries] for row in rows]
    if table.is_history:
        cells = changed_cells(rows, cells)
    return Part(name, str(TABLES.get(name) or table.label), cells)


def followed_key(entry: register.Entry) -> str:
    """The field of the table that a history follows."""
    followed = register.tracked(entry.model)
    return f"{followed._meta.label_lower}.{entry.field.name}" if followed else entry.key


def changed_cells(rows: list[Any], cells: list[list[Cell]]) -> list[list[Cell]]:
    """Of the first version of each row everything, of a later one what differs from the one before."""
    before: dict[int, dict[str, Any]] = {}
    found = []
    for row, line in zip(rows, cells, strict=True):
        number = row.instance_type._meta.pk.attname
        known = before.setdefault(getattr(row, number), {})
        found.append([cell for cell in line if cell.key.startswith("history_") or cell.key not in known or known[cell.key] != cell.value])
        known.update({cell.key: cell.value for cell in line})
    return found


def cell_of(entry: register.Entry, row: Any, owner: Owner) -> Cell:
    """One field of a row."""
    field = entry.field
    if field.many_to_many:
        linked = list(getattr(row, field.name).all())
        return Cell(field.name, [key_of_right(one) for one in linked], label_of_field(entry), ", ".join(_(str(one)) for one in linked))
    value = getattr(row, field.name)
    if entry.key == "correspondence.message.body" and row.is_secret:
        value = ""  # it holds what opens something, until it is sent
    return Cell(field.name, plain(value, owner), label_of_field(entry), words(field, value, owner, row))


def key_of_right(right: Any) -> str:
    """A group by its name, a single right by its code."""
    return right.name if isinstance(right, Group) else f"{right.content_type.app_label}.{right.codename}"


def label_of_field(entry: register.Entry) -> str:
    """The name of a column, as people read it."""
    field = entry.field
    ours = isinstance(field.verbose_name, Promise) and entry.model._meta.app_label not in OF_LIBRARIES and field.name not in ALWAYS_OURS
    return entry.label if ours else str(LABELS.get(field.name, entry.label))


def plain(value: Any, owner: Owner) -> Any:
    """A value as it stands in the file."""
    if isinstance(value, User):
        return "self" if owner.is_me(value) else {"role": role(value, owner)}
    if isinstance(value, Model):
        return getattr(value, KNOWN_AS[type(value)]) if type(value) in KNOWN_AS else value.pk
    if isinstance(value, dt.datetime):
        return plain_moment(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, FieldFile):
        return value.name or ""
    return value if isinstance(value, str | int | float | bool | dict | list | type(None)) else str(value)


def plain_moment(value: dt.datetime) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds")


def words(field: Field[Any, Any], value: Any, owner: Owner, row: Any) -> str:
    """A value as people read it; "" for one that says nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dt.datetime):
        return moment(timezone.localtime(value))
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, Model):
        return words_of_row(value, owner)
    return words_of_code(field, value, row)


def words_of_row(value: Model, owner: Owner) -> str:
    if isinstance(value, User):
        return _("you") if owner.is_me(value) else _(role(value, owner))
    return str(value) if type(value) in KNOWN_AS else f"#{value.pk}"


def words_of_code(field: Field[Any, Any], value: Any, row: Any) -> str:
    """Kinds and events by their names, everything else as it was written."""
    name = f"{row._meta.label_lower}.{field.name}"
    if field.name == "history_change_reason":
        return str(KNOWN_REASONS.get(value, value))
    if name == "correspondence.message.kind":
        return str(label_of(value))
    if name == "accounts.securityevent.event":
        return str(dict(row.Event.choices).get(value, value))
    if name == "admin.logentry.change_message":
        return str(row.get_change_message())
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def role(user: User, owner: Owner) -> str:
    """In what role somebody else acted; who has none is another person."""
    return owner.roles.get(user.pk, gettext_noop("Another person"))


def left_out(closed: dict[str, Any] | None = None) -> Iterator[tuple[str, str]]:
    """What a copy does not hold, and why, each reason once."""
    reasons: dict[str, list[str]] = {}
    labels = {entry.key: label_of_field(entry) for entry in register.entries()}
    names = {table.model._meta.label_lower: str(TABLES.get(table.model._meta.label_lower) or table.label) for table in register.tables()}
    for name, why in (LEFT_OUT | (closed or {})).items():
        table = name.rpartition(".")[0]
        shown = names.get(name) or f"{names.get(table, table)}{_(':')} {labels.get(name, name)}"
        reasons.setdefault(str(why), []).append(shown)
    return ((why, "; ".join(shown)) for why, shown in reasons.items())
