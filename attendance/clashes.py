"""What cannot be, or should not be, in a programme: found in one go, and said in words beside the session it concerns."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.models import Booking, Part
from meetings import dates
from meetings.models import Meeting, Session
from meetings.versions import quoted
from participants.faces import Sight, face_of
from participants.models import Journey, Participant

State = Participant.State
NEEDS_ROOM = frozenset({Session.Kind.PLENARY, Session.Kind.WORKSHOP, Session.Kind.CLOSED})


@dataclass(frozen=True, slots=True)
class Planned:
    """A session with everything its clashes are found from."""

    session: Session
    parts: tuple[Part, ...]
    let_in: int
    seated: int

    @property
    def day(self) -> dt.date:
        """The day at the venue on which it starts."""
        return self.session.local_start().date()

    @property
    def words(self) -> str:
        """Title and hours: “Opening”, 09:00–10:30."""
        return f"{quoted(self.session)}, {dates.hours(self.session.local_start(), self.session.local_end())}"

    def overlaps(self, other: "Planned") -> bool:
        """True when both run at some moment."""
        return self.session.starts_at < other.session.ends_at and other.session.starts_at < self.session.ends_at


def planned(meeting: Meeting) -> list[Planned]:
    """The sessions that take place with their parts, those let in by name and those with a seat; three queries."""
    let_in, seated = Count("admissions", distinct=True), Count("bookings", filter=Q(bookings__state=Booking.State.SEAT), distinct=True)
    sessions = meeting.sessions.held().in_order().select_related("room", "meeting").annotate(let_in=let_in, seated=seated)
    parts: dict[int, tuple[Part, ...]] = defaultdict(tuple)
    for part in Part.objects.filter(session__meeting=meeting).in_order():
        parts[part.session_id] += (part,)
    return [Planned(session, parts[session.pk], session.let_in, session.seated) for session in sessions]


def clashes_of(meeting: Meeting, sight: Sight | None, *, sees_journeys: bool) -> dict[int, list[str]]:
    """Sentences by session, those without a clash left out; people are named as ``sight`` may see them, without one not at all."""
    rows = planned(meeting)
    away = journeys_of(rows) if sees_journeys else {}
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.session.pk] += [*alone(row, meeting), *(of_people(row, sight, away) if sight else ())]
    for one, other in itertools.combinations(rows, 2):
        if one.overlaps(other):
            for here, there in ((one, other), (other, one)):
                found[here.session.pk] += together(here, there, sight)
    return {pk: sentences for pk, sentences in found.items() if sentences}


def alone(row: Planned, meeting: Meeting) -> Iterator[str]:
    """What is wrong with a session whatever else there is."""
    session = row.session
    if row.day not in meeting.days:
        yield _("It is not on a day of the meeting, which is %(days)s.") % {"days": dates.day_range(meeting.starts_on, meeting.ends_on)}
    if session.room is None and session.kind in NEEDS_ROOM:
        yield _("It has no room yet.")
    yield from of_seats(row)
    yield from of_clock(session)
    if session.is_closed and not session.families and not row.let_in and not row.parts:
        yield _("It is closed and admits nobody: tick families, or let people in by name.")


def of_seats(row: Planned) -> Iterator[str]:
    """More seats than the room has, or more people with a seat than there are seats."""
    session, limit = row.session, row.session.seats_in_all
    if session.seats is not None and session.room and session.seats > session.room.seats:
        yield _("It has %(seats)s seats, and its room %(room)s.") % {"seats": session.seats, "room": session.room.seats}
    if limit is not None and row.seated > limit:
        text = ngettext("%(n)s person has a seat", "%(n)s people have a seat", row.seated) % {"n": row.seated}
        yield _("%(people)s, and there are %(limit)s. Nobody loses theirs.") % {"people": text, "limit": limit}


def of_clock(session: Session) -> Iterator[str]:
    """On the night the clocks change a session lasts longer or shorter than its hours say."""
    start, end = session.local_start(), session.local_end()
    shown, real = end.replace(tzinfo=None) - start.replace(tzinfo=None), session.ends_at - session.starts_at
    if shown != real:
        minutes = round(real.total_seconds() / 60)
        yield ngettext(
            "The clocks change during it: it really lasts %(n)s minute.",
            "The clocks change during it: it really lasts %(n)s minutes.",
            minutes,
        ) % {"n": minutes}


def of_people(row: Planned, sight: Sight, away: dict[int, Journey]) -> Iterator[str]:
    """Those with a part who do not come, or are not there that day."""
    for person in people_in(row.parts):
        name = face_of(person, sight).name
        if person.state == State.WITHDRAWN:
            yield _("%(name)s has withdrawn.") % {"name": name}
        elif person.state != State.CONFIRMED:
            yield _("%(name)s has no place: %(state)s.") % {"name": name, "state": person.get_state_display().lower()}
        elif person.pk in away and is_away(away[person.pk], row.day):
            yield _("%(name)s is not there on that day, as their arrival and departure say.") % {"name": name}


def together(here: Planned, there: Planned, sight: Sight | None) -> Iterator[str]:
    """What two sessions at the same time cannot share: a room, a person."""
    if here.session.room_id and here.session.room_id == there.session.room_id:
        yield _("%(room)s is taken at that time by %(other)s.") % {"room": here.session.room, "other": there.words}
    if sight is None:
        return
    there_too = {person.pk for person in people_in(there.parts)}
    for person in people_in(here.parts):
        if person.pk in there_too:
            yield _("%(name)s has a part at that time in %(other)s.") % {"name": face_of(person, sight).name, "other": there.words}


def people_in(parts: Iterable[Part]) -> list[Participant]:
    """The participants among those with a part, each once."""
    return list({part.participant.pk: part.participant for part in parts if part.participant}.values())


def journeys_of(rows: Sequence[Planned]) -> dict[int, Journey]:
    """Arrival and departure of those with a part, by participant; one query."""
    people = {person.pk for row in rows for person in people_in(row.parts)}
    return {journey.participant_id: journey for journey in Journey.objects.filter(participant__in=people)}


def is_away(journey: Journey, day: dt.date) -> bool:
    """True when somebody has not arrived by that day, or has left before it."""
    return bool((journey.arrives_on and day < journey.arrives_on) or (journey.departs_on and day > journey.departs_on))
