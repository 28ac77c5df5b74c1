"""How many listen in which language in each session, for the interpreters and whoever sets up the rooms; no names."""

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from attendance.models import Booking
from meetings.dates import day, hours
from meetings.models import Meeting, Room, Session
from participants.models import Participant


@dataclass(frozen=True, slots=True)
class Line:
    """One session with its listeners by language: those with a seat, or, where no seats are booked, all who may come."""

    session: Session
    listeners: Counter[str]
    is_booked: bool

    @property
    def english(self) -> int:
        return self.listeners["en"]

    @property
    def french(self) -> int:
        return self.listeners["fr"]

    @property
    def total(self) -> int:
        return sum(self.listeners.values())

    @property
    def day(self) -> str:
        return day(self.session.local_start().date(), weekday=True)

    @property
    def hours(self) -> str:
        return hours(self.session.local_start(), self.session.local_end())

    @property
    def needs_interpreters(self) -> bool:
        """True where somebody listens in each of the two languages."""
        return bool(self.english and self.french)

    @property
    def lacks_interpreters(self) -> bool:
        """True where they are needed and none are planned."""
        return self.needs_interpreters and not self.session.is_interpreted


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One room: the most who listen there in each language in one session, and how many sessions lack interpreters."""

    room: Room
    english: int
    french: int
    without: int


def by_day(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The sessions under the day they are on."""
    return [(day, list(group)) for day, group in itertools.groupby(lines, lambda line: line.day)]


def by_room(lines: Iterable[Line]) -> list[RoomLine]:
    """What each room needs at most, in the order of their names; sessions without a room are left out."""
    rooms: dict[Room, list[Line]] = {}
    for line in lines:
        if line.session.room:
            rooms.setdefault(line.session.room, []).append(line)
    return [
        RoomLine(room, max(one.english for one in held), max(one.french for one in held), sum(one.lacks_interpreters for one in held))
        for room, held in sorted(rooms.items(), key=lambda pair: str(pair[0]))
    ]


def head_counts(meeting: Meeting) -> list[Line]:
    """Every session of the meeting that takes place, but breaks and social events, in order; three queries."""
    kinds = [Session.Kind.BREAK, Session.Kind.SOCIAL]
    sessions = meeting.sessions.held().in_order().select_related("meeting").exclude(kind__in=kinds)
    seated: dict[int, Counter[str]] = {}
    bookings = Booking.objects.filter(session__meeting=meeting).seated().order_by()
    for session, language in bookings.values_list("session", "participant__listening_language"):
        seated.setdefault(session, Counter())[language] += 1
    people = Participant.objects.confirmed().filter(meeting=meeting).order_by()
    there = list(people.values_list("sector__family", "category", "listening_language"))
    return [line_of(session, seated, there) for session in sessions]


def line_of(session: Session, seated: dict[int, Counter[str]], there: list[tuple[str, str, str]]) -> Line:
    if session.booking != Session.Booking.NONE:
        return Line(session, seated.get(session.pk, Counter()), is_booked=True)
    return Line(session, Counter(language for family, category, language in there if admits(session, family, category)), is_booked=False)


def admits(session: Session, family: str, category: str) -> bool:
    """Whether a session is open to a family and category; admissions by name are not counted."""
    by_family = family in session.families if session.families or session.is_closed else True
    return by_family and (not session.categories or category in session.categories)
