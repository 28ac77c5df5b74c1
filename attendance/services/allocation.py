"""A run that places ranked wishes: drawn and shown first, then applied as it was shown, or not at all."""

import datetime as dt
import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts import security_log
from accounts.models import User
from attendance import booking_mails
from attendance.allocating import Given, Offer, Wisher, allocate
from attendance.entry import reason_against
from attendance.models import Allocation, Booking, Wish
from attendance.refusals import DrawnBefore
from attendance.seats import Room, rooms_of
from attendance.services.seating import State, standing, write
from meetings.models import Meeting, Session
from participants.models import Participant


@dataclass(frozen=True, slots=True)
class Draw:
    """What one seed gives with the wishes of this moment. ``digest`` names the wishes, seats and the seed it was drawn from."""

    seed: str
    digest: str
    given: list[Given]
    wishers: int
    sessions: dict[int, Session]

    @property
    def by_rank(self) -> list[tuple[int, int]]:
        """How many seats were given for first wishes, second wishes and so on."""
        return sorted(Counter(one.rank for one in self.given).items())

    @property
    def without(self) -> int:
        """How many of those who wished get nothing."""
        return self.wishers - len({one.wisher for one in self.given})

    def number_in(self, session: Session) -> int:
        return sum(one.session == session.pk for one in self.given)


def new_seed() -> str:
    """A seed nobody chose."""
    return secrets.token_hex(8)


def draw(*, meeting: Meeting, seed: str, at: dt.datetime | None = None) -> Draw:
    """Work out who would get which seat; writes nothing."""
    now = at or timezone.now()
    sessions = {session.pk: session for session in sessions_of(meeting, now)}
    wishers = wishers_of(meeting, sessions)
    rooms = rooms_of(sessions.values(), now)
    offers = [offer_of(session, rooms[session.pk]) for session in sessions.values()]
    digest = digest_of(seed, offers, wishers)
    return Draw(seed, digest, allocate(offers, wishers, seed=seed), len(wishers), sessions)


@transaction.atomic
def apply(*, meeting: Meeting, seed: str, digest: str, by: User, at: dt.datetime | None = None) -> Allocation:
    """Give the seats as they were shown, and tell everybody who got one. Raises DrawnBefore when wishes or seats changed meanwhile."""
    now = at or timezone.now()
    keys = [session.pk for session in sessions_of(meeting, now)]
    lock_people(meeting, keys)
    locked = Session.objects.locked([*keys, *beside(keys)])
    drawn = draw(meeting=meeting, seed=seed, at=now)
    if drawn.digest != digest:
        raise DrawnBefore
    people = Participant.objects.select_related("meeting", "sector").in_bulk([one.wisher for one in drawn.given])
    for one in drawn.given:
        give(locked[one.session], people[one.wisher], by=by, at=now)
    tell_unmet(meeting, keys, drawn, run_at=now)
    Wish.objects.filter(session__in=keys).delete()
    counts = {"wishers": drawn.wishers, "without": drawn.without, "ranks": {str(rank): number for rank, number in drawn.by_rank}}
    run = Allocation.objects.create(meeting=meeting, seed=seed, made_at=now, made_by=by, applied_at=now, counts=counts)
    security_log.record("seats_allocated", by=by, seats=len(drawn.given))
    return run


# --- parts ---


def lock_people(meeting: Meeting, keys: list[int]) -> None:
    """Lock the meeting, then everybody who wishes: so do those who withdraw or take a seat, and nobody waits in a ring."""
    Meeting.objects.locked(meeting.pk)
    wishing = Wish.objects.filter(session__in=keys).values("participant")
    list(Participant.objects.select_for_update(of=("self",)).filter(pk__in=wishing).order_by("pk").values_list("pk"))


def tell_unmet(meeting: Meeting, keys: list[int], drawn: Draw, *, run_at: dt.datetime) -> None:
    """Write to those with a place who wished and got nothing."""
    wishing = Wish.objects.filter(session__in=keys).exclude(participant__in=[one.wisher for one in drawn.given]).values("participant")
    for person in Participant.objects.filter(meeting=meeting, pk__in=wishing).confirmed().select_related("meeting"):
        booking_mails.tell_unmet(person, event=f"{run_at:%Y%m%d%H%M%S%f}")


def sessions_of(meeting: Meeting, at: dt.datetime) -> list[Session]:
    """The sessions of a meeting that are wished for, take place and have not begun."""
    rows = meeting.sessions.held().filter(booking=Session.Booking.WISHES, starts_at__gt=at)
    return list(rows.select_related("meeting", "room").order_by("pk"))


def beside(keys: list[int]) -> set[int]:
    """The keys of what runs beside these sessions: nobody may get a seat there meanwhile."""
    rows = Session.objects.filter(pk__in=keys)
    return {pk for row in rows for pk in Session.objects.side_by_side(row).values_list("pk", flat=True)}


def wishers_of(meeting: Meeting, sessions: dict[int, Session]) -> list[Wisher]:
    """Those with a place who wished, with what they may attend and the hours of the seats they hold."""
    rows = Wish.objects.filter(session__in=sessions, participant__state=Participant.State.CONFIRMED)
    wishes: dict[int, list[int]] = {}
    people: dict[int, Participant] = {}
    for wish in rows.select_related("participant__sector", "participant__meeting").order_by("participant", "rank"):
        people[wish.participant_id] = wish.participant
        wishes.setdefault(wish.participant_id, []).append(wish.session_id)
    busy: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
    held = Booking.objects.filter(participant__in=people).seated().select_related("session")
    for booking in held:
        busy.setdefault(booking.participant_id, []).append((booking.session.starts_at, booking.session.ends_at))
    return [
        Wisher(pk, person.sector.family, may_attend(person, wishes[pk], sessions), tuple(sorted(busy.get(pk, []))))
        for pk, person in people.items()
    ]


def may_attend(person: Participant, wished: list[int], sessions: dict[int, Session]) -> tuple[int, ...]:
    """The wishes that are open to somebody; who was let in by name is asked for only where a session is not for everybody."""
    for_some = {key for key in wished if sessions[key].is_closed or sessions[key].families or sessions[key].categories}
    return tuple(key for key in wished if key not in for_some or reason_against(sessions[key], person) is None)


def offer_of(session: Session, room: Room) -> Offer:
    return Offer(session.pk, (session.starts_at, session.ends_at), room.total, room.kept, room.taken)


def digest_of(seed: str, offers: list[Offer], wishers: list[Wisher]) -> str:
    """Names everything a draw hangs on; written before seats are given, because giving changes the offers."""
    told = [seed, *(repr((o.key, o.hours, o.total, sorted(o.kept.items()), sorted(o.taken.items()))) for o in offers), *map(repr, wishers)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def give(session: Session, participant: Participant, *, by: User, at: dt.datetime) -> None:
    """Write one seat and the mail about it."""
    booking = standing(session, participant) or Booking(session=session, participant=participant, queued_at=at)
    booking.origin = Booking.Origin.ALLOCATION
    write(booking, State.SEAT, by=by, at=at)
    booking_mails.tell_given(booking)
