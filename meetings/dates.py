"""Days and times as the Council of Europe writes them, in English and in French.

English "12-14 December 2017" without ordinals; French "12-14 décembre 2017" and "1er mars". Times are on 24 hours,
"09:30" and "9h30".
"""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import override

from meetings.languages import current_language


def day(value: dt.date, language: str | None = None, *, weekday: bool = False, year: bool = True) -> str:
    """Write one day: "12 December 2017", "1er mars 2018", with the weekday before it when asked."""
    wanted = language or current_language()
    with override(wanted):
        number = "1er" if wanted == "fr" and value.day == 1 else str(value.day)
        words = [date_format(value, "l")] if weekday else []
        words += [number, date_format(value, "F")] + ([str(value.year)] if year else [])
    return " ".join(words)


def day_range(first: dt.date, last: dt.date, language: str | None = None) -> str:
    """Write the days of a meeting, saying month and year once where they are the same."""
    if first == last:
        return day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        start = "1er" if first.day == 1 and (language or current_language()) == "fr" else str(first.day)
        return f"{start}–{day(last, language)}"
    return f"{day(first, language, year=first.year != last.year)} – {day(last, language)}"


def clock(moment: dt.datetime, language: str | None = None) -> str:
    """Write a time of day, already on the wanted clock: "09:30" in English, "9h30" in French."""
    if (language or current_language()) == "fr":
        return f"{moment.hour}h{moment.minute:02d}"
    return f"{moment.hour:02d}:{moment.minute:02d}"


def moment(value: dt.datetime, language: str | None = None) -> str:
    """Write day and time, already on the wanted clock: "20 October 2026, 23:59", "20 octobre 2026, 23h59"."""
    return f"{day(value.date(), language)}, {clock(value, language)}"


def hours(start: dt.datetime, end: dt.datetime, language: str | None = None) -> str:
    """Write from when to when, both already on the wanted clock: "09:30–10:45", "9h30–10h45"."""
    return f"{clock(start, language)}–{clock(end, language)}"


def offset(value: dt.datetime) -> str:
    """Write how far the clock of ``value`` is from Universal Time: "UTC+1", "UTC−3:30"."""
    minutes = round((value.utcoffset() or dt.timedelta()).total_seconds() / 60)
    whole, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{whole}{f':{rest:02d}' if rest else ''}"
