"""A form's answers as a reader sees them: for checking before sending, and for keeping what could not be sent."""

import datetime as dt
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from meetings.dates import day
from participants.forms.fields import RowField


class Answer(NamedTuple):
    """One question and what was answered; an empty text where nothing was."""

    name: str
    label: str
    text: str


class Part(NamedTuple):
    """The answers of one section."""

    title: Any
    answers: list[Answer]


def summary(form: Any) -> list[Part]:
    """Every answer of a form, by section: those typed, or those it starts with; one that does not pass stands as it was typed."""
    return [Part(section.title, [answer(form, name) for name in section.fields if name != "privacy_accepted"]) for section in form.sections]


def answer(form: Any, name: str) -> Answer:
    """One question with its answer."""
    typed = form[name].value()
    value = getattr(form, "cleaned_data", {}).get(name, typed)
    return Answer(name, form.fields[name].label, in_words(form.fields[name], value, typed))


def in_words(field: forms.Field, value: Any, typed: Any) -> str:
    """An answer in words: the label of a choice, a date written out, yes or no."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.date):
        return day(value, weekday=True)
    if isinstance(field, RowField):
        return name_of_row(field, typed)
    if isinstance(field, forms.ChoiceField):
        labels = dict(field.choices)  # type: ignore[arg-type]  # it is a list of pairs in every field of ours
        return str(labels.get(typed, typed or ""))
    return str(value or "")


def name_of_row(field: RowField, code: Any) -> str:
    """The name of the country or organisation with this code; a code that is none stands as it was typed."""
    if row := field.rows.get(code):
        return field.name(row)
    return str(field.other) if field.other and code == "other" else str(code or "")
