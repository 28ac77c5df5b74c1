"""Who of a meeting can have a certificate and who has one, read as a table."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from attendance.models import Certificate, CheckIn
from attendance.printing.audience import people_at
from meetings.languages import current_language
from meetings.models import Meeting
from participants.faces import PUBLIC, Face, face_of
from participants.models import Participant

Standing = Certificate.Standing


@dataclass(frozen=True, slots=True)
class Line:
    """One person with a place: on how many days they were there, and their certificate in each language, if any."""

    person: Participant
    face: Face
    days: int
    certificates: Sequence[Standing | None]

    @property
    def has_one(self) -> bool:
        return Standing.VALID in self.certificates


@dataclass(frozen=True, slots=True)
class Table:
    """The people of a meeting in the order of the list of participants."""

    lines: Sequence[Line]

    @property
    def entitled(self) -> int:
        """How many were there on at least one day."""
        return sum(line.days > 0 for line in self.lines)

    @property
    def certified(self) -> int:
        """How many have a valid certificate."""
        return sum(line.has_one for line in self.lines)


def table_of(meeting: Meeting) -> Table:
    """Everybody with a place, with what could be and what is certified. A fixed number of queries."""
    days, standing = days_of(meeting), standing_of(meeting)
    return Table([line_of(person, days.get(person.pk, set()), standing) for person in people_at(meeting, current_language())])


def line_of(person: Participant, days: set[dt.date], standing: Mapping[tuple[int, str], Certificate]) -> Line:
    """One person; a certificate that stands and is no longer true is told as such."""
    found = [standing.get((person.pk, language)) for language, _name in settings.LANGUAGES]
    return Line(person, face_of(person, PUBLIC), len(days), [row.standing_given(days) if row else None for row in found])


def days_of(meeting: Meeting) -> Mapping[int, set[dt.date]]:
    """Participant → the days on which they were present for at least a half-day."""
    found: dict[int, set[dt.date]] = defaultdict(set)
    rows = CheckIn.objects.of_days().present().filter(participant__meeting=meeting).order_by()
    for participant, day in rows.values_list("participant_id", "day"):
        found[participant].add(day)
    return found


def standing_of(meeting: Meeting) -> Mapping[tuple[int, str], Certificate]:
    """Participant and language → the certificate that was not taken back."""
    rows = Certificate.objects.standing().filter(participant__meeting=meeting)
    return {(row.participant_id, row.language): row for row in rows}
