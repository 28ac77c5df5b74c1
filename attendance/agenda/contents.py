"""What an agenda says, as one reader may read it; plain texts only, in the language of the page."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from meetings import dates
from meetings.languages import Wording, current_language
from meetings.models import Meeting, ProgrammeVersion, Session
from meetings.programme import Day, Item, by_day, venue_clock
from meetings.versions import Standing

Label = Session.Label


@dataclass(frozen=True, slots=True)
class Entry:
    """One session: its number if it is work, and of a masked one its hours and the words "Closed session"."""

    number: str
    hours: str
    title: Wording
    room: Wording
    details: tuple[str, ...]
    label: str
    abstract: Wording
    voices: tuple[str, ...]
    is_pause: bool


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """One day with the clock its times are on."""

    heading: str
    clock: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The document; ``label`` is empty where it holds only what everybody may read."""

    language: str
    organiser: str
    reference: str
    title: str
    meeting: Wording
    when: str
    where: str
    state: str
    label: str
    note: str
    days: tuple[AgendaDay, ...]


def agenda_of(meeting: Meeting, items: Iterable[Item], *, at: dt.datetime, standing: Standing | None = None) -> Agenda:
    """The agenda made at ``at`` from what its reader may see; without ``standing`` it is what stands there now, published or not."""
    rows = list(items)
    language = current_language()
    label = label_of(rows)
    numbers = numbered(rows)
    return Agenda(
        language=language,
        organiser=settings.ORGANISER_FR if language == "fr" else settings.ORGANISER_EN,
        reference=reference_of(meeting, language, standing),
        title=_("Programme"),
        meeting=meeting.title,
        when=dates.day_range(meeting.starts_on, meeting.ends_on),
        where=", ".join(part.text for part in (meeting.venue, meeting.city) if part),
        state=standing.words if standing else _("As it stood on %(day)s") % {"day": dates.day(meeting.today(at))},
        label=label,
        note=note_of(rows, label),
        days=tuple(agenda_day(day, meeting, numbers) for day in by_day(rows)),
    )


def reference_of(meeting: Meeting, language: str, standing: Standing | None) -> str:
    """The reference of the document, in the same letters in both languages: "P-PG/Cyber (2026) OJ prov rev 2 E"."""
    words = [meeting.reference_series, "OJ"]
    if standing:
        words += [] if standing.version.stage == ProgrammeVersion.Stage.FINAL else ["prov"]
        words += [f"rev {standing.version.number}"] if standing.version.number > 1 else []
    return " ".join([*words, "F" if language == "fr" else "E"])


def label_of(items: Iterable[Item]) -> str:
    """The strictest label of the closed sessions it tells of, at least amber; none when everybody may read it."""
    told = [item.label or Label.AMBER for item in items if item.is_closed and not item.is_masked]
    ranks = list(Label.values)  # the strictest first
    return min((*told, Label.AMBER), key=ranks.index) if told else ""


def note_of(items: list[Item], label: str) -> str:
    """What a reader must know before anything else."""
    if not items:
        return _("The programme is not ready yet")
    return _("Holds sessions that are not open to everybody. Please do not pass it on.") if label else ""


def numbered(items: Iterable[Item]) -> dict[int, str]:
    """The number of each item by primary key: what is work is counted, masked or not, so that everybody has the same numbers."""
    work = [item.pk for item in items if not item.is_pause]
    return {pk: str(number) for number, pk in enumerate(work, start=1)}


def agenda_day(day: Day, meeting: Meeting, numbers: dict[int, str]) -> AgendaDay:
    """One day of the document."""
    heading = dates.day(day.date, weekday=True)
    clock = f"{venue_clock(meeting)}, {day.offset}"
    return AgendaDay(heading[0].upper() + heading[1:], clock, tuple(entry_of(item, numbers) for item in day.items))


def entry_of(item: Item, numbers: dict[int, str]) -> Entry:
    """One line of the document."""
    return Entry(
        number=numbers.get(item.pk, ""),
        hours=item.hours,
        title=item.title,
        room=item.room,
        details=() if item.is_masked or item.is_pause else tuple(details_of(item)),
        label=item.label,
        abstract=item.abstract,
        voices=item.speakers,
        is_pause=item.is_pause,
    )


def details_of(item: Item) -> Iterator[str]:
    """Kind, languages, interpretation and the rule it is held under."""
    yield str(item.kind.label)
    if item.languages:
        yield item.language_words
    if item.has_interpretation:
        yield _("English and French interpretation")
    if item.is_chatham_house:
        yield _("Chatham House Rule: no names are told")
