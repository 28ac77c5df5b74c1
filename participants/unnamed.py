"""Typed text without the names of the people it is about, for readers to whom those names are not shown."""

import re
from collections.abc import Iterable
from typing import Protocol

from accounts.blanking import blanked, pattern_of
from accounts.text import fold
from participants.models import Participant

SHORTEST = 2  # letters of a whole name; of a part of one it takes one more
# Words of names that are words of every other sentence too.
PARTICLES = frozenset({"and", "ben", "bin", "das", "del", "den", "der", "des", "dos", "les", "the", "van", "von"})


class Named(Protocol):
    """What a person is called by."""

    given_name: str
    family_name: str
    email: str


def without_names(text: str, people: Iterable[Named]) -> str:
    """``text`` with every part of these people's names blanked, and their addresses."""
    return without_words(text, (words for one in people for words in (one.given_name, one.family_name, one.email)))


def without_protected_names(text: str) -> str:
    """``text`` with the names of everybody who is protected blanked."""
    if not text:
        return text
    rows = Participant.objects.filter(is_protected=True).values_list("given_name", "family_name", "email")
    return without_words(text, (words for row in rows for words in row))


def without_words(text: str, names: Iterable[str]) -> str:
    """``text`` with these names blanked, each as a whole and in its parts."""
    return blanked(pattern_of({word for name in names for word in words_of(name)}), text)


def words_of(name: str) -> set[str]:
    """A name and the words it is made of; an address stays whole."""
    whole = fold(name).strip()
    parts = set() if "@" in whole else {part for part in re.split(r"[\W_]+", whole) if len(part) > SHORTEST} - PARTICLES
    return parts | ({whole} if len(whole) >= SHORTEST else set())
