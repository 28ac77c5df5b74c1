"""Whom the papers of a meeting are for: everybody with a place, those who may enter a session, and who enters all closed ones."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q

from attendance.entry import is_of_category
from attendance.models import Admission, Booking, CheckIn, Part
from meetings.models import Meeting, Session
from participants.models import Participant, ParticipantQuerySet


def people_at(meeting: Meeting, language: str) -> ParticipantQuerySet:
    """Everybody with a place, in the order of the list of participants in that language."""
    return in_order(Participant.objects.filter(meeting=meeting).confirmed(), language)


def people_recorded_at(meeting: Meeting, language: str) -> ParticipantQuerySet:
    """The same, and with them those of whom presence is recorded though they have no place any more: who apologised, who left."""
    recorded = CheckIn.objects.filter(participant=OuterRef("pk"))
    return in_order(Participant.objects.filter(Q(state=Participant.State.CONFIRMED) | Exists(recorded), meeting=meeting), language)


def in_order(people: ParticipantQuerySet, language: str) -> ParticipantQuerySet:
    """Those of them who are not erased, in the order of the list of participants, with all that a paper says of them."""
    rows = people.named().select_related("country", "body", "sector")
    return rows.prefetch_related("country__former_names").in_official_order(language)


def people_of(session: Session, language: str) -> list[Participant]:
    """Those expected in a session: with a seat where seats are given, else everybody whom it admits."""
    people = people_at(session.meeting, language)
    if session.booking != Session.Booking.NONE:
        return list(people.filter(pk__in=Booking.objects.seated().filter(session=session).values("participant")))
    by_name = admitted_by_name([session])
    return [person for person in people if is_admitted(session, person, by_name)]


def admitted_everywhere(meeting: Meeting, people: Iterable[Participant]) -> set[int]:
    """Those who may enter every closed session of the meeting, by key: only they carry the mark, so that a steward may trust it."""
    closed = list(Session.objects.filter(meeting=meeting, kind=Session.Kind.CLOSED))
    if not closed:
        return set()
    by_name = admitted_by_name(closed)
    return {person.pk for person in people if all(is_admitted(session, person, by_name) for session in closed)}


def admitted_by_name(sessions: Sequence[Session]) -> set[tuple[int, int | None]]:
    """Session and participant of each admission and of each part, by key: as ``attendance.entry`` asks for one of them."""
    rows = [kind.objects.filter(session__in=sessions).values_list("session_id", "participant_id") for kind in (Admission, Part)]
    return {*rows[0], *rows[1]}


def is_admitted(session: Session, person: Participant, by_name: set[tuple[int, int | None]]) -> bool:
    """By name, or because family and category are among those admitted."""
    if (session.pk, person.pk) in by_name:
        return True
    family = person.sector.family
    is_of_family = session.is_open_to({family}) if session.is_closed else not session.families or family in session.families
    return is_of_family and is_of_category(session, person)
