"""What the database holds, table by table, to see what a request changed."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Model

# Written because somebody looked, knocked or was signed in, and not because of what they sent.
BESIDE = {"Look", "SecurityEvent", "Tally", "Session", "UserSession"}
# New each time, and the table of tasks, whose key is.
NEW_EACH_TIME = {
    *("reference", "token_hash", "submission_key", "dedup_key", "password", "key", "pin_hash", "salt"),
    *("body", "letter", "search_key", "data", "object_repr", "DBTaskResult"),
}


def tables() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__name__ not in BESIDE]


def rows_of(model: type[Model], *, left_out: Collection[str] = ()) -> list[tuple[Any, ...]]:
    """Every row, in a fixed order, without moments and the columns ``left_out``."""
    kept = [column for column in model._meta.concrete_fields if not isinstance(column, DateTimeField) and column.name not in left_out]
    return list(model._base_manager.order_by("pk").values_list(*(column.attname for column in kept)))


def state(*, left_out: Collection[str] = ()) -> dict[str, str]:
    """A checksum of each table."""
    kept = [model for model in tables() if model.__name__ not in left_out]
    return {model.__name__: hashlib.sha256(repr(rows_of(model, left_out=left_out)).encode()).hexdigest() for model in kept}


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables that are not as they were."""
    return sorted(name for name in after if before.get(name) != after[name])
