"""Writes the three meetings of the demo with their rooms, programmes and changes of dates."""

import datetime as dt
import tomllib
from functools import cache
from typing import Any

from django.utils import timezone

from attendance.speaking import marks_of
from meetings.models import DateChange, Meeting, ProgrammeVersion, Room, Session
from meetings.versions import keep_version
from pompidou.demo import seats
from pompidou.demo.roster import DATA, read
from pompidou.demo.stages import Calendar

Stage = ProgrammeVersion.Stage
PAST = ("strasbourg-2016", "dublin-2017")
COMING = "strasbourg-2026"


@cache
def texts() -> dict[str, dict[str, Any]]:
    """The editions as ``meetings.toml`` describes them, by their addresses."""
    return tomllib.loads((DATA / "meetings.toml").read_text(encoding="utf-8"))


# Settings that a visitor may have changed, and that decide how the people of the demo get their places.
AS_IT_CAME = {"is_published": True, "needs_approval": True, "decides_twice": False, "offer_hours": 48}


def write_meeting(slug: str, calendar: Calendar | None = None) -> Meeting:
    """Make the meeting, or put it back as it was, with its programme; ``calendar`` gives the coming one its dates."""
    fields = dict(texts()[slug])
    rooms, change = fields.pop("rooms"), fields.pop("date_change", None)
    fields = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    if calendar:
        fields |= dates_of(calendar)
    Meeting.history.filter(slug=slug).delete()
    meeting, _created = Meeting.objects.update_or_create(slug=slug, defaults={**AS_IT_CAME, **fields})
    meeting.date_changes.all().delete()
    meeting.programme_versions.all().delete()
    if change:
        add_date_change(meeting, change)
    write_programme(meeting, rooms)
    return meeting


def publish(meeting: Meeting) -> None:
    """Once it is known who speaks: of a meeting that is over as final, of the coming one as provisional; never in the future."""
    over = meeting.slug in PAST
    at = min(meeting.begins_at - dt.timedelta(days=7 if over else 21), timezone.now())
    keep_version(meeting=meeting, stage=Stage.FINAL if over else Stage.PROVISIONAL, marks=marks_of(meeting), at=at, by=None)


def dates_of(calendar: Calendar) -> dict[str, Any]:
    """The columns of a meeting that say when."""
    return {
        "planned_starts_on": calendar.starts_on,
        "planned_ends_on": calendar.ends_on,
        "starts_on": calendar.starts_on,
        "ends_on": calendar.ends_on,
        "registration_opens_at": calendar.opens_at,
        "registration_closes_at": calendar.closes_at,
        "frozen_on": calendar.frozen_on,
    }


def add_date_change(meeting: Meeting, change: dict[str, Any]) -> None:
    """Write down that the meeting moved from its planned days to those it has."""
    DateChange.objects.create(
        meeting=meeting,
        old_starts_on=meeting.planned_starts_on,
        old_ends_on=meeting.planned_ends_on,
        new_starts_on=meeting.starts_on,
        new_ends_on=meeting.ends_on,
        **change,
    )


def write_programme(meeting: Meeting, rooms: dict[str, dict[str, Any]]) -> None:
    """Replace rooms and sessions by those of the demo."""
    seats.forget(meeting)
    old_sessions = list(meeting.sessions.values_list("pk", flat=True))
    meeting.sessions.all().delete()
    Session.history.filter(id__in=old_sessions).delete()  # last: deleting a row adds to its history
    meeting.rooms.all().delete()
    by_name = {name: Room.objects.create(meeting=meeting, **fields) for name, fields in rooms.items()}
    Session.objects.bulk_create(session_of(row, meeting, by_name) for row in read("sessions.csv") if row["meeting"] == meeting.slug)
    seats.open_booking(meeting)


def session_of(row: dict[str, str], meeting: Meeting, rooms: dict[str, Room]) -> Session:
    """One line of ``sessions.csv`` on the venue's clock."""
    day = meeting.starts_on + dt.timedelta(days=int(row["day"]) - 1)
    return Session(
        meeting=meeting,
        room=rooms.get(row["room"]),
        kind=row["kind"],
        starts_at=dt.datetime.combine(day, dt.time.fromisoformat(row["starts"]), tzinfo=meeting.zone),
        ends_at=dt.datetime.combine(day, dt.time.fromisoformat(row["ends"]), tzinfo=meeting.zone),
        families=row["families"].split(),
        is_chatham_house=bool(row["chatham_house"]),
        languages=row["languages"].split(),
        is_interpreted=bool(row["interpreted"]),
        label=row["label"],
        seats=number(row["seats"]),
        **booking_of(row, meeting),
        **{name: row[name] for name in ("title_en", "title_fr", "abstract_en", "abstract_fr")},
    )


def booking_of(row: dict[str, str], meeting: Meeting) -> dict[str, Any]:
    """How seats are given: from the opening of registration until two days before; seats kept for two sides until ten days before."""
    if not row["booking"]:
        return {}
    shares = {"enforcement_seats": number(row["enforcement"]), "industry_seats": number(row["industry"])}
    if any(shares.values()):
        shares["shares_until"] = meeting.begins_at - dt.timedelta(days=10)  # type: ignore[assignment]
    closes = meeting.begins_at - dt.timedelta(days=2)
    return {"booking": row["booking"], "booking_opens_at": meeting.registration_opens_at, "booking_closes_at": closes, **shares}


def number(text: str) -> int | None:
    """A number of the file; None where it has none."""
    return int(text) if text else None


def speakers(meeting: Meeting) -> dict[int, list[str]]:
    """The lines about those who speak, by the keys of the sessions as they were written."""
    keys = {(session.title_en, session.starts_at): session.pk for session in meeting.sessions.all()}
    rows = [row for row in read("sessions.csv") if row["meeting"] == meeting.slug and row["speakers"]]
    return {keys[row["title_en"], session_of(row, meeting, {}).starts_at]: row["speakers"].split("|") for row in rows}
