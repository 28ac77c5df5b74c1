"""Filters for content in two languages and for days and times; they only format."""

import datetime as dt
import zoneinfo
from typing import Any

from django import template
from django.template.defaultfilters import linebreaks_filter, urlize
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from meetings import dates
from meetings.languages import Wording, grouped

register = template.Library()


@register.filter(is_safe=True)
def marked(value: Any) -> SafeString:
    """Show a Wording; where it is in the other language than the page, say so to screen readers and browsers."""
    text = conditional_escape(str(value))
    if isinstance(value, Wording) and value.is_missing:
        return format_html('<span lang="{}">{}</span>', value.language, text)
    return text


@register.filter(is_safe=True)
def paragraphs(value: Any) -> SafeString:
    """Show a longer Wording as paragraphs, with its web and mail addresses as links."""
    html = linebreaks_filter(urlize(str(value), autoescape=True))
    if isinstance(value, Wording) and value.is_missing:
        return format_html('<div lang="{}">{}</div>', value.language, html)
    return html


@register.filter(name="grouped")
def grouped_number(value: Any) -> Any:
    """Write a whole number with its thousands apart; anything else as it is."""
    return grouped(value) if isinstance(value, int) else value


@register.filter
def day(value: dt.date | None, style: str = "") -> str:
    """Write a date: "12 December 2017"; ``style`` may name "weekday" (put before) and "short" (no year)."""
    return "" if value is None else dates.day(value, weekday="weekday" in style, year="short" not in style)


@register.filter
def day_range(first: dt.date | None, last: dt.date | None) -> str:
    """Write the days from ``first`` to ``last``: "12–14 December 2017"."""
    return dates.day_range(first, last) if first and last else ""


@register.filter
def clock(moment: dt.datetime | None, zone: zoneinfo.ZoneInfo | None = None) -> str:
    """Write the time of day on the clock of ``zone``; without it on the site's own."""
    return "" if moment is None else dates.clock(timezone.localtime(moment, zone))


@register.filter
def moment(value: dt.datetime | None, zone: zoneinfo.ZoneInfo | None = None) -> str:
    """Write day and time: "12 December 2017, 09:30", on the clock of ``zone``; without it on the site's own."""
    if value is None:
        return ""
    local = timezone.localtime(value, zone)
    return f"{dates.day(local.date())}, {dates.clock(local)}"
