"""Somebody's own calendar: where they have a seat or a part, and what they may attend without booking."""

from dataclasses import replace

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
    return [session for session in published_sessions(participant.meeting) if stands_in(session, eyes, chosen, once_open)]


def stands_in(session: Session, eyes: Eyes, chosen: frozenset[int] | set[int], once_open: frozenset[int]) -> bool:
    """True of what was chosen, of what anybody like this reader may attend, and of what was open to them and closed since."""
    if session.pk in chosen:
        return True
    if session.is_closed and not eyes.may_see(session):
        return session.pk in once_open  # an entry that is there already must lose its words, which one that is left out may keep
    return session.booking == Session.Booking.NONE and session.kind in UNBOOKED and may_attend(session, eyes)


def may_attend(session: Session, eyes: Eyes) -> bool:
    """True when somebody of this family and category is admitted; an open session without families admits anybody."""
    by_family = bool(eyes.families & set(session.families)) if session.families else not session.is_closed
    return by_family and (not session.categories or eyes.category in session.categories)


def open_before(meeting: Meeting) -> frozenset[int]:
    """The closed sessions that were something else once, by primary key; one query."""
    closed = Session.objects.filter(meeting=meeting, kind=Session.Kind.CLOSED).values("pk")
    rows = Session.history.filter(id__in=closed).exclude(kind=Session.Kind.CLOSED).order_by()
    return frozenset(rows.values_list("id", flat=True))
