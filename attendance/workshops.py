"""The sessions with booking as one participant may see them: seats left, what they have, and what they can do."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from attendance.entry import reason_of_group
from attendance.models import Booking
from attendance.programme import eyes_of_place
from attendance.seats import Room, kept_shares, seats_in
from meetings.dates import hours, moment
from meetings.languages import Wording
from meetings.models import Session
from meetings.programme import Eyes
from meetings.versions import published_keys
from participants.models import Participant

State = Booking.State


@dataclass(frozen=True, slots=True)
class Choice:
    """One session to choose, with what this person has there and why they cannot have it."""

    session: Session
    state: str
    position: int
    waiting: int
    free: int | None
    total: int | None
    reason: str
    closed: str
    besides: list[Session]
    rank: int | None
    shares: tuple[int, int, str] | None
    is_over: bool

    @property
    def title(self) -> Wording:
        return self.session.title

    @property
    def hours(self) -> str:
        return hours(self.session.local_start(), self.session.local_end())

    @property
    def has_seat(self) -> bool:
        return self.state == State.SEAT

    @property
    def is_queued(self) -> bool:
        return self.state == State.QUEUE

    @property
    def is_full(self) -> bool:
        return self.free == 0

    @property
    def next_position(self) -> int:
        """Where somebody who joined the queue now would stand."""
        return self.waiting + 1

    @property
    def beside(self) -> Session | None:
        """The first session at the same time in which this person has a seat."""
        return self.besides[0] if self.besides else None

    @property
    def overlap(self) -> str:
        """Why a seat here cannot simply be taken, with the hours of what is beside; empty where nothing is."""
        return _("You have a seat in %(sessions)s at that time.") % {"sessions": named(self.besides)} if self.besides else ""

    @property
    def may_give_up(self) -> bool:
        """True for a seat or a place in the queue that is of any use still."""
        return bool(self.state) and not self.is_over

    @property
    def by_wishes(self) -> bool:
        return self.session.booking == Session.Booking.WISHES

    @property
    def may_ask(self) -> bool:
        """True where a seat, a place in the queue or an exchange can be asked for now."""
        return not (self.reason or self.closed or self.by_wishes or self.has_seat)


@dataclass(frozen=True, slots=True)
class Slot:
    """The sessions that begin at the same minute."""

    date: dt.date
    hours: str
    choices: list[Choice]


def choices_of(participant: Participant, at: dt.datetime) -> list[Choice]:
    """Every published session of the meeting with booking that this person may know of; as many queries for one as for a hundred.

    What somebody has stays theirs, cancelled or not published any more, until they are told.
    """
    eyes = eyes_of_place(participant.pk, participant.sector.family, participant.category)
    own = participant.bookings.standing().values("session")
    rows = Session.objects.filter(meeting=participant.meeting_id).exclude(booking=Session.Booking.NONE)
    rows = rows.filter(Q(is_cancelled=False, pk__in=published_keys(participant.meeting, eyes)) | Q(pk__in=own))
    sessions = list(rows.select_related("meeting", "room").order_by("starts_at", "ends_at", "pk"))
    bookings = list(
        Booking.objects.filter(session__in=sessions).standing().select_related("participant__sector").order_by("queued_at", "pk")
    )
    ranks = dict(participant.wishes.values_list("session", "rank"))
    mine = {booking.session_id: booking for booking in bookings if booking.participant_id == participant.pk}
    seated = [session for session in sessions if session.pk in mine and mine[session.pk].state == State.SEAT]
    seen = [session for session in sessions if eyes.may_see(session)]
    return [choice_of(one, participant, eyes, bookings, seated, ranks.get(one.pk), at) for one in seen]


def choice_of(
    session: Session,
    person: Participant,
    eyes: Eyes,
    bookings: Iterable[Booking],
    seated: list[Session],
    rank: int | None,
    at: dt.datetime,
) -> Choice:
    here = [booking for booking in bookings if booking.session_id == session.pk]
    line = [booking.participant_id for booking in here if booking.state == State.QUEUE]
    room = Room(seats_in(session), Counter(b.participant.sector.family for b in here if b.state == State.SEAT), kept_shares(session, at))
    own = next((booking.state for booking in here if booking.participant_id == person.pk), "")
    is_allocated = any(booking.origin == Booking.Origin.ALLOCATION for booking in here)
    return Choice(
        session,
        own,
        line.index(person.pk) + 1 if own == State.QUEUE else 0,
        len(line),
        room.free_for(person.sector.family),
        room.total,
        reason="" if session.pk in eyes.admitted else reason_of_group(session, person) or "",
        closed=closed_words(session, at, is_allocated=is_allocated),
        besides=[other for other in seated if other != session and overlap(other, session)],
        rank=rank,
        shares=shares_words(session, at),
        is_over=session.ends_at <= at,
    )


def closed_words(session: Session, at: dt.datetime, *, is_allocated: bool) -> str:
    """Why nothing can be asked for now: not open yet, closed, or given by wishes already."""
    if session.ends_at <= at:
        return _("This session is over.")
    if session.booking == Session.Booking.WISHES and is_allocated:
        return _("The seats were given by wishes. Those that are left are not open yet.")
    if session.booking_opens_at and at < session.booking_opens_at:
        return _("Booking opens on %(when)s.") % {"when": moment(session.booking_opens_at.astimezone(session.meeting.zone))}
    if at >= min(session.booking_closes_at or session.starts_at, session.starts_at):
        return _("Booking is closed.")
    return ""


def shares_words(session: Session, at: dt.datetime) -> tuple[int, int, str] | None:
    """How many seats are kept for law enforcement and for the private sector, and until when; None where none are."""
    if not kept_shares(session, at) or session.shares_until is None:
        return None
    until = moment(session.shares_until.astimezone(session.meeting.zone))
    return session.enforcement_seats or 0, session.industry_seats or 0, until


def named(sessions: Iterable[Session]) -> str:
    """Sessions with their hours, for a sentence."""
    words = _("“%(session)s” (%(hours)s)")
    return ", ".join(words % {"session": one.title.text, "hours": hours(one.local_start(), one.local_end())} for one in sessions)


def overlap(one: Session, other: Session) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def by_slot(choices: Iterable[Choice]) -> list[Slot]:
    """Choices side by side that begin together."""
    slots = []
    for start, group in itertools.groupby(choices, lambda choice: choice.session.local_start()):
        together = list(group)
        slots.append(Slot(start.date(), together[0].hours, together))
    return slots
