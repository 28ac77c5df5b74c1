"""Taking words out of a text, whatever their case or accents, and leaving the rest as it was typed."""

import re
from collections.abc import Iterable

from accounts.text import fold

ERASED = "[…]"


def pattern_of(terms: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of the terms as whole words in folded text; digits of a number with whatever stands between them."""
    parts = [
        r"[\s().\-/]*".join(term) if term.isdigit() else r"\W+".join(map(re.escape, term.split()))
        for term in sorted(terms, key=len, reverse=True)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def blanked(pattern: re.Pattern[str] | None, text: str) -> str:
    """``text`` with each match replaced, everything else left as it was typed."""
    if pattern is None or pattern.search(fold(text)) is None:
        return text
    folded, places = with_places(text)
    pieces, end = [], 0
    for match in pattern.finditer(folded):
        pieces += [text[end : places[match.start()]], ERASED]
        end = places[match.end() - 1] + 1
    return "".join([*pieces, text[end:]])


def with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place of the character it was made from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        piece = fold(character)
        folded.append(piece)
        places += [place] * len(piece)
    return "".join(folded), places
