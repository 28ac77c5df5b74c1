"""The one cleaner for text that a person typed, and the model fields that apply it (door four of the design)."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# Bidirectional embeddings, overrides and isolates reorder what a reader sees (Unicode TR 36, "Trojan source").
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What Unicode counts as a letter or a symbol but shows as nothing: Hangul fillers and the blank of Braille.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Format controls that no name needs: deprecated ones that change how what follows is shown, and anchors that hide a text.
OBSOLETE = frozenset("\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb")
# Letters that carry their stroke or tail within, which Unicode does not take apart; people search for them without.
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŧ": "t", "’": "'"})
TOO_LONG = _("This is too long: at most %(limit_value)d characters.")
MOST_MARKS_IN_A_ROW = 4  # Vietnamese and Hebrew need at most three


def clean_person_text(value: str, *, multiline: bool = False) -> str:
    """Return ``value`` in composed form (NFC) without outer white space, otherwise exactly as typed.

    Raises ValidationError, with a message for whoever typed it, on control characters, bidirectional overrides,
    text made only of invisible characters, and stacks of combining marks. Line breaks pass when ``multiline``.
    """
    text = unicodedata.normalize("NFC", value).strip()
    if multiline:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_controls(text, multiline=multiline)
    # Zero-width joiners are letters' neighbours in Persian or Hindi names, so they may stand among letters, never alone.
    if text and not any(unicodedata.category(character)[0] in "LNPS" and character not in BLANKS for character in text):
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
        # Cc: controls; Cs: halves of a character; Co and Cn: not assigned; Zl and Zp: line separators; tags: invisible ASCII;
        # U+FFFD stands where a character was lost on the way.
        hidden = unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or 0xE0000 <= ord(character) <= 0xE0FFF
        if hidden or character in OBSOLETE or character == "\ufffd":
            raise ValidationError(_("This contains a hidden control character. Please type it again."), code="control")


def refuse_stacked_marks(text: str) -> None:
    """Raise ValidationError when one letter carries more marks than any script needs."""
    run = 0
    for character in text:
        category = unicodedata.category(character)
        if unicodedata.combining(character) or category == "Me":
            run += 1
        elif category not in {"Mn", "Cf"}:  # these two stand between marks without starting a new letter
            run = 0
        if run > MOST_MARKS_IN_A_ROW:
            raise ValidationError(_("This contains a letter with too many accents on it."), code="marks")


def fold(value: str) -> str:
    """Return ``value`` without accents, strokes or case, to compare and search names: "Łukasz Ní" and "lukasz ni" meet."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    return "".join(character for character in plain if not unicodedata.combining(character)).translate(STROKES)


class PersonCharField(models.CharField):
    """One line that a person typed; forms, the admin, imports and ``full_clean`` all pass the cleaner."""

    default_error_messages = {"max_length": TOO_LONG}

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
