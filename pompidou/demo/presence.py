"""Who was there at the demo's meetings that are over: most all the time, some left early; and what the secretariat wrote by hand."""

import datetime as dt
from typing import NamedTuple

from simple_history.utils import bulk_create_with_history

from accounts.models import User
from attendance.models import CheckIn, Half
from meetings.models import Meeting
from participants.models import Participant
from pompidou.demo import staff

DOOR = "Main entrance"
LEFT_EARLY = 6  # every so many-th is not there in the last half-days
ABSENT = 7  # the place in the list of whoever did not come, where nothing else is said
Status = CheckIn.Status


class Said(NamedTuple):
    """What the secretariat wrote of one person of ``people.csv``, for every half-day from the ``since``-th on."""

    key: str
    status: str
    reason: str
    since: int = 0
    instead: str = ""


SAID = {
    "strasbourg-2016": (
        Said("kerstin.alund", Status.APOLOGISED, "Called to court as a witness: wrote the week before."),
        Said("vasilios.karamanos", Status.APOLOGISED, "On sick leave: the ministry wrote."),
        Said("karmenu.xuereb", Status.ABSENT, "Did not arrive and sent no message."),
        Said("agnes.koszegi", Status.SUBSTITUTED, "Called back to Budapest; a colleague took the seat.", 3, "gergo.szollosi"),
    )
}


def write(meeting: Meeting) -> None:
    """Presence for every half-day but the last afternoon, when the meeting is over."""
    CheckIn.history.filter(participant__meeting=meeting).delete()
    CheckIn.objects.filter(participant__meeting=meeting).delete()
    CheckIn.history.filter(participant__meeting=meeting).delete()  # deleting a row adds to its history
    slots = [(day, half) for day in meeting.days for half in Half.values][:-1]
    said = SAID.get(meeting.slug, ())
    by_hand = [row for one in said for row in written(one, meeting, slots[one.since :], staff.secretary())]
    recorded = {(row.participant_id, row.day, row.half) for row in by_hand}
    rows = [row for row in at_the_door(meeting, slots, skips_one=not said) if (row.participant_id, row.day, row.half) not in recorded]
    bulk_create_with_history([*rows, *by_hand], CheckIn)


def at_the_door(meeting: Meeting, slots: list[tuple[dt.date, str]], *, skips_one: bool) -> list[CheckIn]:
    """What the badges say of everybody with a place."""
    people = list(Participant.objects.filter(meeting=meeting).confirmed().named().order_by("pk"))
    return [
        came(person, meeting, day, half)
        for number, person in enumerate(people)
        if not (skips_one and number == ABSENT)
        for day, half in (slots[:-2] if number % LEFT_EARLY == LEFT_EARLY - 1 else slots)
    ]


def came(person: Participant, meeting: Meeting, day: dt.date, half: str) -> CheckIn:
    """Somebody at the door a quarter of an hour before the half-day begins."""
    begins = dt.time(8, 45) if half == Half.MORNING else dt.time(13, 45)
    row = CheckIn(participant=person, day=day, half=half, at=dt.datetime.combine(day, begins, tzinfo=meeting.zone), place=DOOR)
    row._history_date = row.at  # type: ignore[attr-defined]
    return row


def written(said: Said, meeting: Meeting, slots: list[tuple[dt.date, str]], by: User) -> list[CheckIn]:
    """One line of the secretariat's, as rows of the evening of the day."""
    people = {person.submission_key: person for person in Participant.objects.filter(meeting=meeting)}
    person, instead = (people.get(f"demo:{meeting.slug}:{key}") for key in (said.key, said.instead))
    rows = []
    for day, half in slots if person else ():
        at = dt.datetime.combine(day, dt.time(18), tzinfo=meeting.zone)
        row = CheckIn(participant=person, day=day, half=half, status=said.status, substitute=instead, at=at, by=by, reason=said.reason)
        row.source, row._history_user, row._history_date = CheckIn.Source.HAND, by, at  # type: ignore[attr-defined]
        rows.append(row)
    return rows
