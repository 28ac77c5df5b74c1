"""Finding somebody in text: in every column of every table that holds text, whatever the case, accents or encoding."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode

from django.apps import apps
from django.db import models

from accounts.blanking import ERASED, blanked, pattern_of
from accounts.text import fold

SHORTEST_WORD = 3  # a shorter name stands in too many words of too many languages
FEWEST_DIGITS = 7
CHUNK = 500


@dataclass(frozen=True)
class Terms:
    """What leads to one person. ``certain`` can mean nobody else; ``words``, such as a family name alone, can."""

    certain: frozenset[str]
    words: frozenset[str] = frozenset()
    search_words: frozenset[str] = field(default=frozenset())  # names as somebody would search for them

    @cached_property
    def certain_pattern(self) -> re.Pattern[str] | None:
        return pattern_of(self.certain)

    @cached_property
    def words_pattern(self) -> re.Pattern[str] | None:
        return pattern_of(self.words)

    def redact(self, text: str) -> str:
        """``text`` with what is certain taken out."""
        return taken_out(self.certain_pattern, text)

    def redact_all(self, text: str) -> str:
        """``text`` with the words taken out too."""
        return taken_out(self.words_pattern, self.redact(text))

    def redact_search(self, text: str) -> str:
        """What somebody searched for, without what begins a name of this person."""
        kept = [ERASED if self.begins_a_name(word) else word for word in text.split()]
        return self.redact_all(" ".join(kept))

    def begins_a_name(self, word: str) -> bool:
        folded = fold(word)
        return len(folded) >= SHORTEST_WORD and any(name.startswith(folded) for name in self.search_words)

    def are_in(self, text: str) -> bool:
        """True when a word alone is in ``text``."""
        return self.words_pattern is not None and self.words_pattern.search(readable(text)) is not None


def folded_pair(given: str, family: str) -> tuple[str, str]:
    return fold(given).strip(), fold(family).strip()


def both_orders(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Whole names, as people write them."""
    return {order for given, family in pairs if given and family for order in (f"{given} {family}", f"{family} {given}")}


def terms_of(
    *,
    names: Iterable[tuple[str, str]],
    addresses: Iterable[str],
    phones: Iterable[str],
    references: Iterable[str],
    others: Iterable[str],
    shared: Collection[tuple[str, str]] = (),
) -> Terms:
    """The terms of somebody with these (given, family) names; ``others`` are words that may be theirs: an alias.

    Names that somebody else bears too (``shared``, folded) are certain for nobody.
    """
    pairs = [folded_pair(given, family) for given, family in names]
    full = both_orders(pair for pair in pairs if pair not in shared)
    digits = ("".join(filter(str.isdigit, phone)) for phone in phones)
    certain = {fold(address) for address in addresses} | {fold(reference) for reference in references} | full
    words = (
        both_orders(pair for pair in pairs if pair in shared)
        | {family for _, family in pairs}
        | {fold(other) for other in others}
        | {given for given, family in pairs if not family}
    )
    return Terms(
        certain=frozenset(filter(None, certain)) | frozenset(number for number in digits if len(number) >= FEWEST_DIGITS),
        words=frozenset(word for word in words if len(word) >= SHORTEST_WORD),
        search_words=frozenset(part for pair in pairs for name in pair for part in {name, *name.split()} if len(part) >= SHORTEST_WORD),
    )


def taken_out(pattern: re.Pattern[str] | None, text: str) -> str:
    """``text`` with each match replaced, everything else left as it was typed."""
    if pattern is None:
        return text
    if is_query(text):
        pairs = parse_qsl(text, keep_blank_values=True)
        changed = [(name, taken_out(pattern, value)) for name, value in pairs]
        return text if changed == pairs else urlencode(changed)
    return blanked(pattern, text)


def is_query(text: str) -> bool:
    """True for the query string of an address."""
    return "=" in text and not any(map(str.isspace, text))


def readable(text: str) -> str:
    """``text`` folded, and decoded where it is part of an address."""
    return fold(unquote_plus(text) if is_query(text) else text)


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a column's value: itself, or those in its JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in texts_of(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in texts_of(part))
    elif value is not None and not isinstance(value, bool | int | float):
        yield str(value)


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """``value`` with ``change`` made to every text in it; JSON kept in a text column stays JSON."""
    if isinstance(value, str):
        if value[:1] in {"[", "{"}:
            try:
                return json.dumps(changed(json.loads(value), change), ensure_ascii=False)
            except ValueError:
                pass
        return change(value)
    if isinstance(value, dict):
        return {changed(name, change): changed(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [changed(one, change) for one in value]
    return value


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table in which anybody could be named."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [one for one in model._meta.local_concrete_fields if isinstance(one, kinds) and not one.choices]


def every_table() -> list[type[models.Model]]:
    """Every table with text, those of libraries and of histories too."""
    return [model for model in apps.get_models(include_auto_created=True) if text_fields(model) and model._meta.managed]
