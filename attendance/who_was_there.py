"""Who was there, read as a table: a line for each person, a column for each half-day or for one session, and the days attended."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from attendance.models import CheckIn, Half, Slot, slot_of
from attendance.printing.audience import people_at, people_of, people_recorded_at
from attendance.printing.delegations import delegations_of, seat
from meetings.dates import clock, day
from meetings.languages import current_language
from meetings.models import Meeting, Session
from participants.faces import Face
from participants.models import Participant

Status = CheckIn.Status


@dataclass(frozen=True, slots=True)
class Cell:
    """What is recorded of one person for one slot, in words, and at which door or by whom; empty where nothing is."""

    status: str = ""
    words: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One person with what is recorded for each slot, and on how many days and half-days they were there."""

    person: Participant
    face: Face
    cells: Sequence[Cell]
    days: int
    half_days: int

    @property
    def has_place(self) -> bool:
        """True where something can be recorded; of others what was recorded is shown."""
        return self.person.state == Participant.State.CONFIRMED


@dataclass(frozen=True, slots=True)
class Column:
    """A slot, what stands above it, and how many were there."""

    slot: Slot
    label: str
    present: int


@dataclass(frozen=True, slots=True)
class Table:
    """The people of a meeting by delegation, for the slots that were asked for."""

    columns: Sequence[Column]
    groups: Sequence[tuple[str, Sequence[Line]]]

    @property
    def lines(self) -> list[Line]:
        return [line for _name, lines in self.groups for line in lines]


def half_days_of(meeting: Meeting) -> list[Slot]:
    """Every half-day of a meeting, in order."""
    return [Slot(date, half) for date in meeting.days for half in Half.values]


def sessions_of(meeting: Meeting) -> list[Slot]:
    """The sessions of a meeting that people sit in, in order."""
    rows = meeting.sessions.in_order().exclude(kind__in=[Session.Kind.BREAK, Session.Kind.SOCIAL]).filter(is_cancelled=False)
    return [slot_of(session) for session in rows]


def slot_words(slot: Slot) -> str:
    """What a slot is called in a list: "Tue 12 December, morning" or "Tue 12 December, 09:00, Workshop 1"."""
    date = day(slot.day, weekday=True, year=False)
    if slot.session is None:
        return f"{date}, {str(Half(slot.half).label).lower()}"
    return f"{date}, {clock(slot.session.local_start())} – {slot.session.title.text}"


def table_of(meeting: Meeting, session: Slot | None = None) -> Table:
    """The half-days of the meeting, or one session with those expected in it. A fixed number of queries."""
    slots = [session] if session else half_days_of(meeting)
    language = current_language()
    people = people_of(session.session, language) if session and session.session else list(people_recorded_at(meeting, language))
    rows = CheckIn.objects.filter(participant__meeting=meeting).select_related("by", "substitute")
    known = {(row.participant_id, row.session_id, *(() if row.session_id else (row.day, row.half))): row for row in rows}
    days = days_of(rows)
    half_days = Counter(row.participant_id for row in rows if row.session_id is None and row.status == Status.PRESENT)
    present: Counter[Slot] = Counter()
    lines: dict[int, Line] = {}
    for person in people:
        found = [known.get(key_of(person, slot)) for slot in slots]
        present.update(slot for slot, row in zip(slots, found, strict=True) if row and row.status == Status.PRESENT)
        cells = [cell_of(row, meeting) for row in found]
        lines[person.pk] = Line(person, person.face_for(None), cells, len(days[person.pk]), half_days[person.pk])
    columns = [Column(slot, heading(slot), present[slot]) for slot in slots]
    groups = [(group.name(language), [lines[person.pk] for person in group.people]) for group in delegations_of(people, meeting)]
    return Table(columns, groups)


def others_at_the_meeting(participant: Participant) -> list[tuple[str, list[Participant]]]:
    """Everybody else with a place by delegation, that of the person first: one of them may have come instead."""
    language = current_language()
    groups = delegations_of(people_at(participant.meeting, language), participant.meeting)
    groups.sort(key=lambda group: seat(group.first) != seat(participant))
    others = [(group.name(language), [person for person in group.people if person.pk != participant.pk]) for group in groups]
    return [(name, people) for name, people in others if people]


def key_of(person: Participant, slot: Slot) -> tuple[object, ...]:
    """How a row of presence is found again."""
    return (person.pk, slot.session.pk) if slot.session else (person.pk, None, slot.day, slot.half)


def heading(slot: Slot) -> str:
    """What stands above a column: short for half-days, of which there are many."""
    if slot.session:
        return slot_words(slot)
    halves = {Half.MORNING: pgettext("half of a day", "a.m."), Half.AFTERNOON: pgettext("half of a day", "p.m.")}
    return f"{day(slot.day, weekday=False, year=False)}, {halves[Half(slot.half)]}"


def cell_of(row: CheckIn | None, meeting: Meeting) -> Cell:
    """One entry in words: the time at the door, or what was recorded by hand."""
    if row is None:
        return Cell()
    if row.status != Status.PRESENT:
        return Cell(row.status, status_words(row), who_said(row.by, row.place))
    by_hand = row.source == CheckIn.Source.HAND
    return Cell(row.status, _("by hand") if by_hand else clock(row.at.astimezone(meeting.zone)), who_said(row.by, row.place))


def status_words(row: Any) -> str:
    """The status, of a row or of one of the history, and where it is known who came instead."""
    if row.substitute is not None:
        return _("Substituted by %(name)s") % {"name": row.substitute.face_for(None).name}
    return str(Status(row.status).label)


def who_said(by: User | None, place: str) -> str:
    """The member of staff, or the door where the badge was scanned."""
    return by.name or by.email if by else place


def days_of(rows: Iterable[CheckIn]) -> Mapping[int, set[dt.date]]:
    """Participant → the days on which they were present for at least a half-day."""
    found: dict[int, set[dt.date]] = defaultdict(set)
    for row in rows:
        if row.session_id is None and row.status == Status.PRESENT:
            found[row.participant_id].add(row.day)
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said of one person, the newest first in a list; ``is_last`` where it still stands."""

    slot: str
    words: str
    when: dt.datetime
    by: str
    reason: str
    is_last: bool


def history_of(participant: Participant, slots: Sequence[Slot]) -> tuple[list[Entry], list[dt.date]]:
    """Everything that was ever recorded of somebody, and the days on which they were there as it stands."""
    names = {slot.key: slot_words(slot) for slot in slots}
    said = CheckIn.history.filter(participant=participant).order_by("-history_date", "-history_id")
    standing = {row.pk: row for row in CheckIn.objects.filter(participant=participant)}
    seen: set[int] = set()
    entries = []
    for row in said.select_related("history_user", "substitute"):
        taken_back = row.history_type == "-"
        is_last = row.id in standing and row.id not in seen
        seen.add(row.id)
        slot = names.get(f"s{row.session_id}" if row.session_id else f"{row.day}/{row.half}", str(row.day))
        words = _("Taken back") if taken_back else how(row, participant.meeting)
        entries.append(Entry(slot, words, row.history_date, who_said(row.history_user, row.place), row.reason, is_last))
    return entries, sorted(days_of(standing.values())[participant.pk])


def how(row: CheckIn, meeting: Meeting) -> str:
    """The status, and the time at the door where there was one."""
    status = status_words(row)
    if row.status == Status.PRESENT and row.source != CheckIn.Source.HAND:
        return f"{status}, {clock(row.at.astimezone(meeting.zone))}"
    return status
