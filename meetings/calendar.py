"""A programme as a calendar file (RFC 5545) that calendar programs take in and keep up to date."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vText

from meetings.models import Meeting, Session
from meetings.programme import Item


@dataclass(frozen=True, slots=True)
class Revision:
    """How often a session was changed since it was made, and when last."""

    number: int
    at: dt.datetime


def revisions_of(meeting: Meeting) -> dict[int, Revision]:
    """The revision of each session by primary key, from their history; one query."""
    rows = (
        Session.history.filter(meeting_id=meeting.pk)
        .order_by()
        .values_list("id")
        .annotate(versions=Count("history_id"), last=Max("history_date"))
    )
    return {pk: Revision(versions - 1, last) for pk, versions, last in rows}


def calendar_of(meeting: Meeting, items: Iterable[Item], *, at: dt.datetime) -> bytes:
    """Write the calendar file of a programme, made at ``at``, in the language of the page.

    ``items`` are already what the reader may see. A session keeps its UID for good and its SEQUENCE grows with every
    change, so that a file taken in again moves entries instead of doubling them.
    """
    calendar = Calendar()
    for name, value in heading_of(meeting):
        calendar.add(name, value)
    calendar.add_component(clock_rules(meeting.timezone, meeting.starts_on, meeting.ends_on))
    revisions = revisions_of(meeting)
    for item in items:
        calendar.add_component(event_of(item, meeting, revision=revisions.get(item.pk), at=at))
    return calendar.to_ical()


def heading_of(meeting: Meeting) -> list[tuple[str, str]]:
    """The properties of the whole file; calendar programs show the older X-WR- names."""
    name = vText(f"{meeting.title.text} – {meeting.city.text} {meeting.year}")  # the library does not know NAME for a text, to be escaped
    return [
        ("VERSION", "2.0"),
        ("PRODID", "-//Pompidou Group//Meetings//EN"),
        ("METHOD", "PUBLISH"),
        ("UID", f"meeting@{namespace(meeting)}"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("X-WR-TIMEZONE", meeting.timezone),
        ("X-PUBLISHED-TTL", "PT1H"),  # how often programs that subscribe should ask; the older name, which is the one they know
    ]


@lru_cache(maxsize=16)
def clock_rules(zone: str, first: dt.date, last: dt.date) -> Timezone:
    """When the venue's clock changes, from a year before the meeting to a year after; working it out takes a tenth of a second."""
    year = dt.timedelta(days=366)
    return Timezone.from_tzid(zone, first_date=first - year, last_date=last + year)


def namespace(meeting: Meeting) -> str:
    """What makes the identifiers of a meeting unique in the world: its code, not the host, so that a site that moves doubles nothing."""
    return f"{meeting.code.lower()}.meetings.pompidou"


def event_of(item: Item, meeting: Meeting, *, revision: Revision | None, at: dt.datetime) -> Event:
    """Write one session; a masked one has its hours and the words "Closed session", nothing else."""
    event = Event()
    event.add("UID", f"session-{item.pk}@{namespace(meeting)}")
    event.add("DTSTAMP", at.astimezone(dt.UTC))
    event.add("SEQUENCE", revision.number if revision else 0)
    if revision:
        event.add("LAST-MODIFIED", revision.at.astimezone(dt.UTC))
    event.add("DTSTART", item.starts)
    event.add("DTEND", item.ends)
    event.add("SUMMARY", item.title.text, parameters={"LANGUAGE": item.title.language})
    event.add("LOCATION", place_of(item, meeting))
    event.add("URL", f"{settings.BASE_URL}{reverse('programme', args=[meeting.slug])}#session-{item.pk}")
    event.add("CATEGORIES", [str(item.kind.label)])
    event.add("CLASS", "CONFIDENTIAL" if item.is_closed and not item.is_masked else "PUBLIC")
    event.add("TRANSP", "TRANSPARENT" if item.is_pause else "OPAQUE")
    if description := description_of(item):
        event.add("DESCRIPTION", description)
    return event


def place_of(item: Item, meeting: Meeting) -> str:
    """Room, venue and city, as far as they are known and may be told."""
    return ", ".join(part.text for part in (item.room, meeting.venue, meeting.city) if part)


def description_of(item: Item) -> str:
    """What it is about, who speaks, and the rule it is held under."""
    rule = _("Held under the Chatham House Rule.") if item.is_chatham_house else ""
    return "\n\n".join(part for part in (item.abstract.text, "\n".join(item.speakers), rule) if part)
