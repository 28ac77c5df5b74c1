"""Content in two languages: columns ``title_en`` and ``title_fr``, and one accessor that never hides a gap."""

from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import get_language


class Wording(NamedTuple):
    """A text and the language it is really in, which differs from the page's where a translation is missing."""

    text: str
    language: str

    @property
    def is_missing(self) -> bool:
        """True when the page shows another language than its own."""
        return bool(self.text) and self.language != current_language()

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def current_language() -> str:
    """The language of the page: ``en`` or ``fr``."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def grouped(value: int) -> str:
    """A number as people read it: 1,234 in English, 1 234 with a narrow space in French."""
    return number_format(value, force_grouping=True)


def wording(row: Any, name: str, language: str | None = None) -> Wording:
    """Return the column ``name`` of ``row`` in ``language`` (default: the page's), or in the other where it is empty."""
    wanted = language or current_language()
    other = "en" if wanted == "fr" else "fr"
    for language_of_text in (wanted, other):
        if text := getattr(row, f"{name}_{language_of_text}"):
            return Wording(text, language_of_text)
    return Wording("", wanted)


class Bilingual:
    """Attribute that reads ``<name>_en`` or ``<name>_fr`` in the page's language: ``title = Bilingual()``."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        return self if row is None else wording(row, self.name)
