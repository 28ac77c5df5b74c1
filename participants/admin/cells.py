"""The cells of the participant list. A page has a hundred of each, so what repeats is made once per language."""

from functools import cache
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meetings.audiences import Category
from meetings.dates import clock
from meetings.languages import current_language
from participants.models import Participant


def person(participant: Any) -> SafeString:
    """The face, and that a name is protected or ought to be."""
    name = participant.face.name or "–"
    if participant.is_protected:
        return format_html('{} <span class="pg-mark">{}</span>', name, protection(participant))
    if participant.wish_is_shown:
        return format_html('{} <span class="pg-mark pg-mark-asks">{}</span>', name, _("asks for protection"))
    return format_html("{}", name)


def protection(participant: Any) -> str:
    return _("protected") if participant.face.is_masked else _("protected, shown to you")


def from_where(participant: Any) -> SafeString:
    """Country and organisation; an international organisation in the place of a country."""
    first, second = participant.country or participant.body, participant.face.organisation
    if not first:
        return format_html("{}", second or "–")
    return format_html("{} <span>{}</span>", first, second) if second else format_html("{}", first)


def checkbox(participant: Any) -> SafeString:
    """Chooses the person for an action, and says whom."""
    label = _("Choose %(name)s") % {"name": f"{participant.face.name} {participant.reference}"}
    html = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
    return format_html(html, ACTION_CHECKBOX_NAME, participant.pk, label)


def status(participant: Any) -> SafeString:
    """The tag, and what is under way or promised beside it."""
    tag, promise = status_tag(participant.state, current_language()), participant.promise
    words = participant.get_mark_display()
    if promise:
        look = "pg-mark pg-mark-long pg-mark-asks" if promise.is_late else "pg-mark pg-mark-long"
        other = [] if participant.mark in {"", Participant.Mark.HOLD} else [words]
        return format_html('{} <span class="{}">{}</span>', tag, look, " ".join((promise.words, *other)))
    return format_html('{} <span class="pg-mark">{}</span>', tag, words) if words else tag


def category(participant: Participant) -> str:
    return category_label(participant.category, current_language())


def registered(participant: Participant) -> SafeString | str:
    """The day; the time with it for whoever points at it."""
    if participant.registered_at is None:
        return "–"
    local = timezone.localtime(participant.registered_at)
    html = '<time datetime="{}" title="{}">{}</time>'
    return format_html(html, local.isoformat(timespec="minutes"), clock(local), date_format(local, "SHORT_DATE_FORMAT"))


@cache
def status_tag(state: str, language: str) -> SafeString:
    return render_to_string("components/status_tag.html", {"state": state, "label": Participant.State(state).label})


@cache
def category_label(value: str, language: str) -> str:
    return str(Category(value).label)
