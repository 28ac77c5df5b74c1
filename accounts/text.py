"""The one cleaner for text that a person typed, and the model fields that apply it (door four of the design)."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# Bidirectional embeddings, overrides and isolates reorder what a reader sees (Unicode TR 36, "Trojan source").
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Zero-width joiners are letters' neighbours in Persian or Hindi names, so they may stand among letters, never alone.
ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u034f\u180e\u115f\u1160\u3164\uffa0")
LINE_BREAKS = frozenset("\n\r")
MOST_MARKS_IN_A_ROW = 4  # Vietnamese and Hebrew need at most three


def clean_person_text(value: str, *, multiline: bool = False) -> str:
    """Return ``value`` in composed form (NFC) without outer white space, otherwise exactly as typed.

    Raises ValidationError, with a message for whoever typed it, on control characters, bidirectional overrides,
    text made only of invisible characters, and stacks of combining marks. Line breaks pass when ``multiline``.
    """
    text = unicodedata.normalize("NFC", value.encode("utf-8", "replace").decode("utf-8")).strip()
    if multiline:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_controls(text, multiline=multiline)
    if text and all(character in ZERO_WIDTH or character.isspace() for character in text):
        raise ValidationError(_("This contains only invisible characters."), code="invisible")
    refuse_stacked_marks(text)
    return text


def refuse_controls(text: str, *, multiline: bool) -> None:
    """Raise ValidationError when ``text`` holds a character that steers a terminal, a parser or the reading order."""
    for character in text:
        if character in BIDI_CONTROLS:
            raise ValidationError(
                _("This contains a hidden character that changes the reading direction. Please type it again."), code="bidi"
            )
        if multiline and character in "\n\t":
            continue
        # Cc: controls; Cs: halves of a character; Co and Cn: not assigned; Zl and Zp: line separators; tags: invisible ASCII
        if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or 0xE0000 <= ord(character) <= 0xE0FFF:
            raise ValidationError(_("This contains a hidden control character. Please type it again."), code="control")


def refuse_stacked_marks(text: str) -> None:
    """Raise ValidationError when one letter carries more marks than any script needs."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MOST_MARKS_IN_A_ROW:
            raise ValidationError(_("This contains a letter with too many accents on it."), code="marks")


def fold(value: str) -> str:
    """Return ``value`` without accents or case, for comparing and sorting names: "Ní Bhriain" and "ni bhriain" meet."""
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).replace("’", "'")


class PersonCharField(models.CharField):
    """One line that a person typed; forms, the admin, imports and ``full_clean`` all pass the cleaner."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(clean_person_text(value) if isinstance(value, str) else value, model_instance)

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(**kwargs)
        return cleaned(field, multiline=False)


class PersonTextField(models.TextField):
    """Paragraphs that a person typed; passes the cleaner, line breaks allowed."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(clean_person_text(value, multiline=True) if isinstance(value, str) else value, model_instance)

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(**kwargs)
        return cleaned(field, multiline=True)


def cleaned(field: Any, *, multiline: bool) -> Any:
    """Make a form field run the cleaner before its own checks, so that a hostile value is an error beside that field."""
    if not hasattr(field, "to_python"):
        return field
    parse = field.to_python

    def to_python(value: Any) -> Any:
        return parse(clean_person_text(value, multiline=multiline) if isinstance(value, str) else value)

    field.to_python = to_python
    return field
