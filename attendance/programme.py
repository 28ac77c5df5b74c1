"""What one reader may see of the programme of a meeting: their eyes, who speaks, and the seats that are left."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from accounts.text import fold
from attendance.models import Admission, Booking, Part
from meetings.models import Meeting, Session
from meetings.programme import VISITOR, Eyes, Item, Known, Seats, Voice, items_of
from meetings.versions import sessions_for
from participants.faces import PUBLIC, Sight, face_of, sight_of
from participants.models import Participant


def items_for(user: Any, meeting: Meeting, *, leaves: bool = False) -> list[Item]:
    """The programme as ``user`` may see it, None being the public; as many queries for one session as for a hundred.

    Staff read it as it stands, others as it was published. What ``leaves`` is a file that may be passed on: it names those
    who speak as the public sees them, its reader too.
    """
    eyes = eyes_of(user, meeting)
    return items_of(sessions_for(meeting, eyes), eyes, known_of(PUBLIC if leaves else sight_of(user), meeting))


def known_of(sight: Sight, meeting: Meeting) -> Known:
    """Who speaks as ``sight`` may see them, and the seats."""
    return Known(voices_for(sight, meeting), seats_of(meeting))


def eyes_of(user: Any, meeting: Meeting) -> Eyes:
    """What ``user`` may see here: staff who may see sessions all of it, others by their confirmed place, nobody else's."""
    if not isinstance(user, User):
        return VISITOR
    if user.is_staff and user.has_perm("meetings.view_session"):
        return Eyes(sees_all=True)
    rows = Participant.objects.of(user).confirmed().filter(meeting=meeting)
    place = rows.values_list("pk", "sector__family", "category").first()
    return eyes_of_place(*place) if place else VISITOR


def eyes_of_place(pk: int, family: str, category: str) -> Eyes:
    """What somebody with a place sees: what is open to their family and category, and where they are let in by name or have a part."""
    named = Admission.objects.filter(participant=pk).order_by().values_list("session_id")
    taking_part = Part.objects.filter(participant=pk).order_by().values_list("session_id")
    admitted = frozenset(session for (session,) in named.union(taking_part))
    return Eyes(frozenset({family}), category, admitted)


def voices_for(sight: Sight, meeting: Meeting) -> dict[int, tuple[Voice, ...]]:
    """Who has a part in which session, as ``sight`` may see them; participants without a place are left out."""
    rows = Part.objects.filter(Q(participant=None) | Q(participant__state=Participant.State.CONFIRMED), session__meeting=meeting)
    told = teller(sight, meeting)
    found: dict[int, tuple[Voice, ...]] = {}
    for part in rows.in_order():
        found[part.session_id] = (*found.get(part.session_id, ()), voice_of(part, sight, told))
    return found


def voice_of(part: Part, sight: Sight, told: Callable[[str], Voice]) -> Voice:
    """One part: a guest as typed unless that names somebody protected, a participant through their face."""
    role = "" if part.role == Part.Role.SPEAKER else str(Part.Role(part.role).label)
    if part.participant is None:
        line = joined((part.guest_name, part.guest_words))
        voice = told(line)
        return Voice(part.guest_name, part.guest_words, role) if voice.name == line else replace(voice, role=role)
    face = face_of(part.participant, sight)
    return Voice(face.name, joined((face.function, face.organisation)), role)


def teller(sight: Sight, meeting: Meeting) -> Callable[[str], Voice]:
    """How what is typed about a guest is told: words that name a protected participant give way to their face."""
    protected = [
        (set(fold(person.given_name).split()) | set(fold(person.family_name).split()), face_of(person, sight))
        for person in Participant.objects.filter(meeting=meeting, is_protected=True).named()
    ]

    def told(line: str) -> Voice:
        words = set(re.split(r"[\s,;()]+", fold(line)))
        masks = [face for name, face in protected if face.is_masked and name <= words]
        return Voice(masks[0].name, masks[0].organisation) if masks else Voice(line)

    return told


def joined(words: Iterable[str]) -> str:
    """The words that are there, with commas."""
    return ", ".join(word for word in words if word)


def seats_of(meeting: Meeting) -> dict[int, Seats]:
    """The seats of the sessions that are booked, and how many are left; none for a session without a limit."""
    taken = Count("bookings", filter=Q(bookings__state=Booking.State.SEAT))
    rows = Session.objects.filter(meeting=meeting).exclude(booking=Session.Booking.NONE).order_by()
    counted = rows.annotate(taken=taken).values_list("pk", "seats", "room__seats", "taken")
    limits = [(pk, seats if seats is not None else room_seats, number) for pk, seats, room_seats, number in counted]
    return {pk: Seats(limit, max(limit - number, 0)) for pk, limit, number in limits if limit is not None}
