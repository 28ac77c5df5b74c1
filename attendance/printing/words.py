"""Texts as the templates of PDFs take them: each with the language it is in and the direction it runs."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext, override

from meetings.languages import wording

LANGUAGES = {"en": ("en",), "fr": ("fr",), "both": ("en", "fr")}
RIGHT_TO_LEFT = frozenset({"R", "AL"})
STRONG = RIGHT_TO_LEFT | {"L"}


def said(text: str, language: str) -> dict[str, str]:
    """One text for a template."""
    return {"text": text, "language": language, "direction": direction_of(text)}


def direction_of(text: str) -> str:
    """Where a text begins to be read: on the side that its first letter asks for."""
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in STRONG), "L")
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def in_each(languages: Sequence[str], text: Callable[[str], str]) -> list[dict[str, str]]:
    """What ``text`` says in each language; what is the same in both stands once, what is empty not at all."""
    found: dict[str, str] = {}
    for language in languages:
        with override(language):
            found.setdefault(text(language), language)
    return [said(words, language) for words, language in found.items() if words]


def columns(row: Any, name: str, languages: Sequence[str]) -> list[dict[str, str]]:
    """The columns ``name_en`` and ``name_fr`` of a row; where one is missing, the other once."""
    found: dict[str, str] = {}
    for language in languages:
        words = wording(row, name, language)
        found.setdefault(words.text, words.language)
    return [said(text, language) for text, language in found.items() if text]


def fixed(languages: Sequence[str], message: str) -> list[dict[str, str]]:
    """A fixed text of ours in each language."""
    return in_each(languages, lambda language: gettext(message))
