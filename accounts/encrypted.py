"""Columns that are stored encrypted: what a copy of the database does not tell, and what no query can look into.

Every value is stored as one token, an empty one too, so that nobody reads from the rows which questions were answered. Nothing
can be searched, sorted or compared in the database; that is counted in Python, row by row.
"""

import datetime as dt
from typing import Any

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models

from accounts import encryption
from accounts.text import PersonCharField, PersonTextField


class Encrypted(models.Field):
    """What the encrypted fields have in common; ``to_text`` and ``from_text`` are what they differ in."""

    def get_internal_type(self) -> str:
        return "TextField"  # a token is longer than the text in it

    def to_text(self, value: Any) -> str:
        """The value as the text to encrypt."""
        return "" if value is None else str(value)

    def from_text(self, text: str) -> Any:
        """The value that was made into this text."""
        return text

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if hasattr(value, "as_sql"):
            if isinstance(getattr(value, "output_field", None), Encrypted):  # bulk_update, whose values come back here, or a token
                return value
            raise FieldError(f"{self} is encrypted, so the database cannot make its value.")
        return encryption.encrypt(self.to_text(self.to_python(value)))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """The value; None only where a join found no row. Raises Unreadable when no key opens it."""
        return None if value is None else self.from_text(encryption.read(value, where=str(self)))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self} is encrypted, so the database cannot look for what is in it.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> None:
        return None

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self.check_nothing_compares()]

    def check_nothing_compares(self) -> list[checks.CheckMessage]:
        """Two tokens of the same text differ, so no index or constraint over them means anything."""
        options = self.model._meta
        compared = {name for rule in [*options.indexes, *options.constraints] for name in getattr(rule, "fields", ())}
        compared |= {name for names in options.unique_together for name in names}
        if self.unique or getattr(self, "db_index", False) or self.name in compared:
            return [checks.Error("An encrypted field cannot be indexed or unique.", obj=self, id="accounts.E001")]
        return []


class EncryptedCharField(Encrypted, PersonCharField):
    """One line that a person typed, or a choice; ``max_length`` counts what was typed."""


class EncryptedTextField(Encrypted, PersonTextField):
    """Paragraphs that a person typed."""


class EncryptedDateField(Encrypted, models.DateField):
    """A day; None where it was not said."""

    def to_text(self, value: Any) -> str:
        return "" if value is None else value.isoformat()

    def from_text(self, text: str) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None


def encrypted_fields(model: type[models.Model]) -> list[Encrypted]:
    """The encrypted columns of a model's own table."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, Encrypted)]
