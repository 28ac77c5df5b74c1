"""Who speaks where, told apart without names: what a version of the programme keeps, to say later that others speak."""

import hashlib

from django.db.models import Q

from accounts.text import fold
from attendance.models import Part
from meetings.models import Meeting
from participants.models import Participant

LENGTH = 8


def marks_of(meeting: Meeting) -> dict[int, tuple[str, ...]]:
    """A mark for each part that the programme names, by session; one query."""
    named = Q(participant=None) | Q(participant__state=Participant.State.CONFIRMED)
    found: dict[int, tuple[str, ...]] = {}
    for part in Part.objects.filter(named, session__meeting=meeting).order_by("pk"):
        found[part.session_id] = (*found.get(part.session_id, ()), mark_of(part))
    return found


def mark_of(part: Part) -> str:
    """The same for the same person in the same role and session, also when the row was made again; too short to say who it is."""
    who = part.participant_id or fold(part.guest_name)
    return hashlib.sha256(f"{part.session_id}:{part.role}:{who}".encode()).hexdigest()[:LENGTH]
