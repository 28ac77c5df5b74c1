"""Somebody's own calendar: where they have a seat or a part, and what they may attend without booking."""

from collections.abc import Set
from dataclasses import replace

from attendance.entry import reason_of_group
from attendance.models import Booking
from attendance.programme import eyes_of_place, known_of
from meetings.models import Meeting, Session
from meetings.programme import VISITOR, Eyes, Item, item_of
from meetings.versions import published_sessions
from participants.faces import PUBLIC
from participants.models import Participant

UNBOOKED = frozenset({Session.Kind.PLENARY, Session.Kind.CLOSED, Session.Kind.SOCIAL})


def own_items(participant: Participant) -> list[Item]:
    """The sessions of somebody with a place, as they may see them; those who speak as the public sees them."""
    meeting, eyes = participant.meeting, own_eyes(participant)
    known = known_of(PUBLIC, meeting)
    return [item_of(session, eyes, known) for session in own_sessions(participant, eyes)]


def shared_items(participant: Participant) -> list[Item]:
    """The same for a calendar that another service fetches and keeps: nobody is named, and every closed session is masked."""
    items = [item_of(session, VISITOR) for session in own_sessions(participant, own_eyes(participant))]
    return [replace(item, voices=()) for item in items]


def own_eyes(participant: Participant) -> Eyes:
    """What somebody with a place sees."""
    return eyes_of_place(participant.pk, participant.sector.family, participant.category)


def own_sessions(participant: Participant, eyes: Eyes) -> list[Session]:
    """The sessions of somebody's own calendar in order, as they were published; five queries."""
    seated = set(Booking.objects.seated().filter(participant=participant).values_list("session_id", flat=True))
    chosen = seated | eyes.admitted
    once_open = open_before(participant.meeting)
    return [session for session in published_sessions(participant.meeting) if stands_in(session, participant, eyes, chosen | once_open)]


def stands_in(session: Session, participant: Participant, eyes: Eyes, kept: Set[int]) -> bool:
    """True of what was chosen, of what anybody like this reader may attend, and of what was open to them and closed since."""
    if session.pk in kept:
        return True  # also one that is closed by now: an entry that is left out may keep its words in programs that do not delete
    if session.booking != Session.Booking.NONE or session.kind not in UNBOOKED:
        return False
    return eyes.may_see(session) and reason_of_group(session, participant) is None


def open_before(meeting: Meeting) -> frozenset[int]:
    """The closed sessions that were something else once, by primary key; one query."""
    closed = Session.objects.filter(meeting=meeting, kind=Session.Kind.CLOSED).values("pk")
    rows = Session.history.filter(id__in=closed).exclude(kind=Session.Kind.CLOSED).order_by()
    return frozenset(rows.values_list("id", flat=True))
