"""Who speaks, moderates and reports in the demo: a participant where the line names one who comes, else a guest."""

import re

from accounts.text import fold
from attendance.models import Part
from meetings.models import Meeting
from participants.models import Participant

Role = Part.Role
ROLES = {"moderator": Role.MODERATOR, "rapporteur": Role.RAPPORTEUR}
LINE = re.compile(r"^(?P<name>[^,(]+)(?:, (?P<words>[^(]+?))?(?: \((?P<role>\w+)\))?$")


def write(meeting: Meeting, speakers: dict[int, list[str]]) -> None:
    """Give each session the parts that its lines name, by the session's key."""
    people = {
        fold(f"{person.given_name} {person.family_name}").strip(): person
        for person in Participant.objects.filter(meeting=meeting).confirmed()
    }
    for session, lines in speakers.items():
        for order, line in enumerate(lines, start=1):
            Part.objects.create(session_id=session, order=order, **who(line, people))


def who(line: str, people: dict[str, Participant]) -> dict[str, object]:
    """The columns of a part: "Maeve Orrin, National Police (moderator)"."""
    found = LINE.match(line)
    if found is None:
        raise ValueError(line)
    role = ROLES.get(found["role"] or "", Role.SPEAKER)
    person = people.get(fold(found["name"]).strip())
    if person:
        return {"role": role, "participant": person}
    return {"role": role, "guest_name": found["name"].strip(), "guest_words": found["words"] or ""}
