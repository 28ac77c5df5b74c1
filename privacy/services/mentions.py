"""Where else somebody is named: in any column with text of any table."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.encryption import Unreadable
from accounts.text import fold
from participants.models import Participant
from privacy.finding import ERASED, Terms, changed, every_table, readable, text_fields, texts_of

logger = logging.getLogger(__name__)

AROUND = 60  # characters shown on each side of a word
# Columns that say who somebody else is. What is in them is theirs, also when it is the same word.
THEIR_OWN = {
    "participants.participant": {"given_name", "family_name", "email", "phone", "reference", "search_key"},
    "participants.historicalparticipant": {"given_name", "family_name", "email", "phone", "reference"},
    "accounts.user": {"name", "email", "password"},
    "account.emailaddress": {"email"},
    "correspondence.message": {"to"},
    "delegations.invitation": {"given_name", "family_name", "email"},
    "delegations.historicalinvitation": {"given_name", "family_name", "email"},
    "delegations.nomination": {"given_name", "family_name", "email"},
    "delegations.historicalnomination": {"given_name", "family_name", "email"},
    "delegations.invitationlink": {"email"},
}
# Sealed, hashed, or written by the program alone.
WITHOUT = {
    *("sessions.session", "accounts.tally", "contenttypes.contenttype", "auth.permission", "auth.group", "mfa.authenticator"),
    *("participants.personallink", "account.emailconfirmation", "privacy.erasure", "privacy.purgerun"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A word in one column of one row that may mean somebody. ``around`` shows the place without the word."""

    table: str
    pk: Any
    column: str
    label: str
    around: str

    @property
    def key(self) -> str:
        return f"{self.table}:{self.pk}:{self.column}"


@dataclass(frozen=True, slots=True)
class Found:
    """Rows in which somebody is named for certain, by table, and words that may be somebody else's."""

    certain: Mapping[type[models.Model], list[Any]]
    doubtful: tuple[Mention, ...]


def find_mentions(terms: Terms, *, going: Mapping[str, Q], shared_families: frozenset[str]) -> Found:
    """Read every text of every table but the rows that go anyway (``going``: label → which). Changes nothing, locks nothing."""
    certain: dict[type[models.Model], list[Any]] = {}
    doubtful: list[Mention] = []
    # A mail to somebody of the same name says "Dear" to them.
    in_mails = replace(terms, words=terms.words - shared_families)
    for model in every_table():
        label = model._meta.label_lower
        sought = in_mails if label == "correspondence.message" else terms
        try:
            pks, mentions = look_through(model, sought, going.get(label))
        except Unreadable:  # encrypted under a key that is lost: nobody reads it any more, so it leads to nobody
            logger.error("%s cannot be searched: no key opens it", label)
            continue
        doubtful += mentions
        if pks:
            certain[model] = pks
    return Found(certain, tuple(doubtful))


def look_through(model: type[models.Model], terms: Terms, going: Q | None) -> tuple[list[Any], list[Mention]]:
    """One table: the rows that name somebody for certain, and the words that may."""
    columns = columns_of(model)
    rows: models.QuerySet[Any] = models.QuerySet(model)
    if model._meta.label_lower in WITHOUT or not columns:
        return [], []
    certain, doubtful = [], list[Mention]()
    for pk, *values in (rows.exclude(going) if going else rows).values_list("pk", *columns).iterator(chunk_size=1000):
        if names(terms, values):
            certain.append(pk)
        doubtful += words_in(model, pk, zip(columns, values, strict=True), terms)
    return certain, doubtful


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns of a table in which somebody else could be named."""
    return [field.name for field in text_fields(model) if field.name not in THEIR_OWN.get(model._meta.label_lower, ())]


def names(terms: Terms, values: Iterable[Any]) -> bool:
    """Whether somebody is named for certain in any of the values."""
    pattern = terms.certain_pattern
    return pattern is not None and any(pattern.search(readable(text)) for value in values for text in texts_of(value))


def words_in(model: type[models.Model], pk: Any, values: Iterable[tuple[str, Any]], terms: Terms) -> Iterator[Mention]:
    """The columns in which a word stands that may be theirs, once what is certain is taken out."""
    for column, value in values:
        for text in texts_of(value):
            if terms.are_in(text) and terms.are_in(left := terms.redact(text)):
                field: Any = model._meta.get_field(column)
                yield Mention(model._meta.label_lower, pk, column, str(field.verbose_name), around(left, terms))
                break


def around(text: str, terms: Terms) -> str:
    """The words before and after, with the word itself left out: who reads this may not be the one to see the name."""
    hidden = terms.redact_all(text)
    place = hidden.find(ERASED)
    start, end = max(0, place - AROUND), place + len(ERASED) + AROUND
    return ("… " if start else "") + hidden[start:end].strip() + (" …" if end < len(hidden) else "")


def take_out(model: type[models.Model], pk: Any, columns: Iterable[str], change: Callable[[str], str]) -> bool:
    """Write the row with ``change`` made to every text in these columns; whether anything was different.

    Goes past ``save()`` on purpose: a history would keep what is taken out, and a trace lets nobody change it.
    """
    row = models.QuerySet(model).select_for_update().filter(pk=pk).values(*columns).first() or {}
    new = {name: fitted(model._meta.get_field(name), value, changed(value, change)) for name, value in row.items()}
    different = {name: value for name, value in new.items() if value != row[name]}
    if not different:
        return False
    models.QuerySet(model).filter(pk=pk).update(**different)
    if model is Participant:
        participant = Participant.objects.get(pk=pk)
        Participant.objects.filter(pk=pk).update(search_key=participant.make_search_key())
    return True


def fitted(field: Any, old: Any, new: Any) -> Any:
    """The new value as the column takes it: nothing where nothing else stood there or an address is no address any more."""
    if not isinstance(new, str) or new == old:
        return new
    if field.blank and (isinstance(field, models.EmailField) or not fold(new.replace(ERASED, "")).strip(" ,;.()-–")):
        return ""
    if field.unique:
        new = f"{new}{hash(old) & 0xFFFF:x}"
    return new[: field.max_length] if field.max_length else new
