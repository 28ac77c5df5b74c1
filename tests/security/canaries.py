"""A canary in every column that holds text, and how to tell that one got out."""

import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast, Concat
from django.template.backends.django import Template

from accounts.encrypted import Encrypted
from tests.corpus import CANARY, RAN

# As markup, at the end of an attribute, or as what a template made of it; and a link that runs something.
LET_LOOSE = re.compile(rf"<kanari|kanari[\"']|{RAN}|(?:href|src|action)=\"?javascript:", re.IGNORECASE)
# Columns that addresses are made of, that name something in the code, or that are secrets and not text.
NOT_TEXT = {
    *("slug", "code", "kind", "timezone", "reference", "dedup_key", "key", "event", "reminder_days", "password", "privacy_notice"),
    *("token_hash", "submission_key", "what", "channel", "purpose", "search_key", "sort_key_en", "sort_key_fr", "letter"),
}
WRITTEN_BY_CODE = {
    "PurgeRun.problem",
    *(f"NoticeVersion.{name}" for name in ("version", "text_en", "text_fr", "digest")),
    *(f"ImportRecord.{name}" for name in ("digest", "stored_as", "new_state", "default_sector", "fingerprint")),
    "ColumnMatch.headings_key",
    "Nomination.sector",
    *("Campaign.audience", "Campaign.query"),
}
# An invitation to a country has no name and no address of its own.
ONLY_OF_PERSONS = {"Invitation.family_name", "Invitation.email"}
FOREIGN = {"django_tasks_database", "auth", "contenttypes", "sessions", "account", "mfa", "usersessions", "admin"}


def text_columns(model: type[models.Model]) -> Iterator[Any]:
    """The columns into which somebody may have got any text at all."""
    for column in model._meta.concrete_fields:
        is_text = isinstance(column, models.CharField | models.TextField) and not column.choices and not column.primary_key
        if is_text and column.name not in NOT_TEXT and f"{model.__name__}.{column.name}" not in WRITTEN_BY_CODE:
            yield column


def plant(text: str = CANARY) -> int:
    """Put a canary, or another hostile text, into every such column, whatever its form would say; the number of values that are one now."""
    ours = [model for model in apps.get_models() if model._meta.app_label not in FOREIGN]
    columns = [(model, column) for model in ours for column in text_columns(model)]
    return sum(rows_with(model, column).update(**{column.name: canary_for(column, text)}) for model, column in columns)


def rows_with(model: type[models.Model], column: Any) -> Any:
    """The rows of which this column may hold a text."""
    rows = model._base_manager.all()
    return rows.exclude(family_name="") if f"{model.__name__}.{column.name}" in ONLY_OF_PERSONS else rows


def canary_for(column: Any, text: str) -> Concat | str:
    """The canary with the row's key behind it, because much is unique; addresses stay such that mail could be sent to them, and no two
    tables share one."""
    if isinstance(column, Encrypted):  # the database cannot put anything together there
        return text
    key = Cast("pk", models.CharField())
    if isinstance(column, models.EmailField):
        return Concat(models.Value(f"kanari.{column.model._meta.model_name}."), key, models.Value("@evil.example"))
    return Concat(models.Value(text[: (column.max_length or 100) - 8]), key)


def loose(response: Any) -> list[str]:
    """Where a canary is more than text, with what stands around it."""
    found = [name for name, value in response.headers.items() if re.search(r"[\r\n\0]", value) or name == "Set-Cookie"]
    if response.headers.get("Content-Type", "").startswith("text/html"):
        page = (response.body if hasattr(response, "body") else response.content).decode()
        found += [page[max(0, hit.start() - 80) : hit.end() + 40] for hit in LET_LOOSE.finditer(page)]
    return found


def fault(response: Any, what: str) -> list[str]:
    """What is wrong with an answer to something hostile; nothing where nothing is."""
    if response.status_code >= 500:
        kind, error = (getattr(response, "exc_info", None) or (None, ""))[:2]
        return [f"{what}: {response.status_code} {kind and kind.__name__} {str(error)[:200]}"]
    return [f"{what}: {found}" for found in loose(response)[:1]]


def undrawn() -> Any:
    """Answers without their pages, for where only the status is of interest: drawing takes most of the time."""
    return patch.object(Template, "render", lambda *args, **kwargs: "")
