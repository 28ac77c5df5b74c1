"""A programme as one reader may see it: by day, on the venue's clock, with closed sessions masked."""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings import dates
from meetings.languages import Wording, current_language
from meetings.models import Meeting, Session

NOTHING = Wording("", "en")


@dataclass(frozen=True, slots=True)
class Eyes:
    """What one reader may see of the programme of one meeting: a visitor has neither family nor category."""

    families: frozenset[str] = frozenset()
    category: str = ""
    admitted: frozenset[int] = frozenset()
    sees_all: bool = False

    def may_see(self, session: Session) -> bool:
        """True when this reader may know what the session is about; ``admitted`` holds primary keys of sessions open to them by name."""
        if not session.is_closed or self.sees_all or session.pk in self.admitted:
            return True
        return session.is_open_to(self.families) and (not session.categories or self.category in session.categories)


VISITOR = Eyes()


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody with a part in a session, as one reader may see them; ``role`` is a word, empty for a speaker."""

    name: str
    words: str = ""
    role: str = ""

    def __str__(self) -> str:
        """On one line: "Maeve Orrin, An Garda Síochána (Moderator)"."""
        named = ", ".join(part for part in (self.name, self.words) if part)
        return f"{named} ({self.role})" if self.role else named


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a session that is booked."""

    total: int
    left: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the apps above know of sessions, by primary key, already as the reader may see it."""

    voices: Mapping[int, tuple[Voice, ...]] = field(default_factory=dict)
    seats: Mapping[int, Seats] = field(default_factory=dict)


UNKNOWN = Known()


@dataclass(frozen=True, slots=True)
class Item:
    """One session as one reader may see it; what may not be seen is empty."""

    pk: int
    kind: Session.Kind
    starts: dt.datetime
    ends: dt.datetime
    title: Wording
    abstract: Wording = NOTHING
    voices: tuple[Voice, ...] = ()
    room: Wording = NOTHING
    languages: tuple[str, ...] = ()
    has_interpretation: bool = False
    is_chatham_house: bool = False
    is_masked: bool = False
    label: str = ""
    seats: Seats | None = None

    @property
    def language_words(self) -> str:
        """The working languages, as they are called in the language of the page."""
        names = {"en": pgettext("working language", "English"), "fr": pgettext("working language", "French")}
        return ", ".join(names.get(code, code) for code in self.languages)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Those with a part, each on one line."""
        return tuple(str(voice) for voice in self.voices)

    @property
    def hours(self) -> str:
        """From when to when on the venue's clock."""
        return dates.hours(self.starts, self.ends)

    @property
    def is_closed(self) -> bool:
        """True of a session that is not for everybody, masked or not."""
        return self.kind == Session.Kind.CLOSED

    @property
    def is_pause(self) -> bool:
        """True of what is no work: a break, a social event."""
        return self.kind in {Session.Kind.BREAK, Session.Kind.SOCIAL}


@dataclass(frozen=True, slots=True)
class Slot:
    """Sessions that run side by side, from and to the same minute."""

    items: tuple[Item, ...]

    @property
    def hours(self) -> str:
        """From when to when on the venue's clock."""
        return self.items[0].hours


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions that start on one day at the venue."""

    date: dt.date
    slots: tuple[Slot, ...]

    @property
    def items(self) -> list[Item]:
        """The day's sessions in order."""
        return [item for slot in self.slots for item in slot.items]

    @property
    def offset(self) -> str:
        """How far the venue's clock is from Universal Time; on the night the clocks change, before and after."""
        return " → ".join(dict.fromkeys(dates.offset(item.starts) for item in self.items))


@dataclass(frozen=True, slots=True)
class Running:
    """What goes on at a moment, and what begins next."""

    now: tuple[Item, ...]
    next: tuple[Item, ...]

    def __bool__(self) -> bool:
        return bool(self.now or self.next)


def item_of(session: Session, eyes: Eyes = VISITOR, known: Known = UNKNOWN) -> Item:
    """What this reader may see of a session; under the Chatham House Rule nobody is named, whoever reads."""
    pk, kind, starts, ends = session.pk, Session.Kind(session.kind), session.local_start(), session.local_end()
    if not eyes.may_see(session):
        return Item(pk, kind, starts, ends, title=Wording(_("Closed session"), current_language()), is_masked=True)
    return Item(
        pk,
        kind,
        starts,
        ends,
        title=session.title,
        abstract=session.abstract,
        voices=known.voices.get(pk, ()) if session.names_may_be_told else (),
        room=session.room.name if session.room else NOTHING,
        languages=tuple(session.languages),
        has_interpretation=is_interpreted(session),
        is_chatham_house=session.is_chatham_house,
        label=session.label,
        seats=known.seats.get(pk),
    )


def is_interpreted(session: Session) -> bool:
    """True when one may listen in the other language: as the session says, or where it names no language, as its room has booths."""
    if session.is_interpreted or session.languages:
        return session.is_interpreted
    return bool(session.room and session.room.has_interpretation)


def items_of(sessions: Iterable[Session], eyes: Eyes = VISITOR, known: Known = UNKNOWN) -> list[Item]:
    """Sessions in their order, as this reader may see them."""
    return [item_of(session, eyes, known) for session in sessions]


def by_day(items: Iterable[Item]) -> list[Day]:
    """Sort sessions into the days they start on at the venue, and those of the same hours side by side."""
    return [
        Day(date, tuple(Slot(tuple(side_by_side)) for _moments, side_by_side in itertools.groupby(day, moments)))
        for date, day in itertools.groupby(items, lambda item: item.starts.date())
    ]


def running_at(items: Iterable[Item], at: dt.datetime) -> Running:
    """What goes on at that moment and what begins next, whichever day: a session is over in the minute it ends."""
    moment = at.timestamp()  # dates of one zone compare by their clock, which strikes some hours twice
    rows = [(item, *moments(item)) for item in items]
    begins = min((starts for _item, starts, _ends in rows if starts > moment), default=None)
    now = tuple(item for item, starts, ends in rows if starts <= moment < ends)
    return Running(now, tuple(item for item, starts, _ends in rows if starts == begins))


def moments(item: Item) -> tuple[float, float]:
    """Start and end as points in time: when the clocks go back, half past two comes twice."""
    return item.starts.timestamp(), item.ends.timestamp()


def venue_clock(meeting: Meeting, at: dt.datetime | None = None) -> str:
    """Name the clock that times are on: "Dublin time", and with a moment how far it is from Universal Time then."""
    words = _("%(city)s time") % {"city": meeting.city.text}
    return f"{words}, {dates.offset(at.astimezone(meeting.zone))}" if at else words
