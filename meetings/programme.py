"""A programme as one reader may see it: by day, on the venue's clock, with closed sessions masked."""

import datetime as dt
import itertools
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meetings import dates
from meetings.languages import Wording, current_language
from meetings.models import Meeting, Session

NOTHING = Wording("", "en")


@dataclass(frozen=True, slots=True)
class Item:
    """One session as one reader may see it; what may not be seen is empty."""

    pk: int
    kind: Session.Kind
    starts: dt.datetime
    ends: dt.datetime
    title: Wording
    abstract: Wording = NOTHING
    speakers: tuple[str, ...] = ()
    room: Wording = NOTHING
    has_interpretation: bool = False
    is_chatham_house: bool = False
    is_masked: bool = False

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


def item_of(session: Session, families: Collection[str] = ()) -> Item:
    """What somebody of these families of sectors may see of a session; visitors have none."""
    pk, kind, starts, ends = session.pk, Session.Kind(session.kind), session.local_start(), session.local_end()
    if not session.is_open_to(families):
        return Item(pk, kind, starts, ends, title=Wording(_("Closed session"), current_language()), is_masked=True)
    return Item(
        pk,
        kind,
        starts,
        ends,
        title=session.title,
        abstract=session.abstract,
        speakers=speakers_of(session),
        room=session.room.name if session.room else NOTHING,
        has_interpretation=bool(session.room and session.room.has_interpretation),
        is_chatham_house=session.is_chatham_house,
    )


def speakers_of(session: Session) -> tuple[str, ...]:
    """The speakers, one a line; nobody under the Chatham House Rule, whoever reads."""
    if not session.names_may_be_told:
        return ()
    return tuple(line.strip() for line in session.speakers.splitlines() if line.strip())


def items_of(meeting: Meeting, families: Collection[str] = ()) -> list[Item]:
    """The sessions of a meeting in order, as somebody of these families may see them; one query."""
    return [item_of(session, families) for session in meeting.sessions.in_order()]


def by_day(items: Iterable[Item]) -> list[Day]:
    """Sort sessions into the days they start on at the venue, and those of the same hours side by side."""
    return [
        Day(date, tuple(Slot(tuple(side_by_side)) for _moments, side_by_side in itertools.groupby(day, moments)))
        for date, day in itertools.groupby(items, lambda item: item.starts.date())
    ]


def moments(item: Item) -> tuple[float, float]:
    """Start and end as points in time: when the clocks go back, half past two comes twice."""
    return item.starts.timestamp(), item.ends.timestamp()


def venue_clock(meeting: Meeting, at: dt.datetime | None = None) -> str:
    """Name the clock that times are on: "Dublin time", and with a moment how far it is from Universal Time then."""
    words = _("%(city)s time") % {"city": meeting.city.text}
    return f"{words}, {dates.offset(at.astimezone(meeting.zone))}" if at else words
