"""Who may go into a session, for the list of a device. For one person ``attendance.entry`` says it; a test holds the two together."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from attendance.models import Admission, Part
from meetings.models import Meeting, Session
from participants.models import Participant


def is_for_some(session: Session) -> bool:
    """True when not everybody who has a place may go in."""
    return bool(session.is_closed or session.families or session.categories)


def lets_in(session: Session, *, family: str, category: str, by_name: bool) -> bool:
    """True when somebody of this family and category may go in, or is let in by name."""
    if by_name or not is_for_some(session):
        return True
    if session.categories and category not in session.categories:
        return False
    return family in session.families if session.families or session.is_closed else True


def names_let_in(meeting: Meeting) -> Mapping[int, set[int]]:
    """Session → those let in by name: they are on the list of it, or have a part in it."""
    found: dict[int, set[int]] = defaultdict(set)
    for model in (Admission, Part):
        rows = model.objects.filter(session__meeting=meeting, participant__isnull=False).order_by()
        for session, participant in rows.values_list("session_id", "participant_id"):
            found[session].add(participant)
    return found


def entrants(sessions: Collection[Session], people: Collection[Participant], meeting: Meeting) -> dict[int, list[int]]:
    """For each session that is not for everybody, who of ``people`` may go in."""
    named = names_let_in(meeting)
    return {
        session.pk: [
            person.pk
            for person in people
            if lets_in(session, family=person.sector.family, category=person.category, by_name=person.pk in named.get(session.pk, ()))
        ]
        for session in sessions
        if is_for_some(session)
    }
