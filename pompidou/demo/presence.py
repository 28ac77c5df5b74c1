"""Who was there at the demo's meetings that are over: most all the time, some left early, and one did not come."""

import datetime as dt

from simple_history.utils import bulk_create_with_history

from attendance.models import CheckIn, Half
from meetings.models import Meeting
from participants.models import Participant

DOOR = "Main entrance"
LEFT_EARLY = 6  # every so many-th is not there in the last half-days
ABSENT = 7  # the place in the list of whoever did not come


def write(meeting: Meeting) -> None:
    """Presence for every half-day but the last afternoon, when the meeting is over."""
    CheckIn.history.filter(participant__meeting=meeting).delete()
    CheckIn.objects.filter(participant__meeting=meeting).delete()
    CheckIn.history.filter(participant__meeting=meeting).delete()  # deleting a row adds to its history
    slots = [(day, half) for day in meeting.days for half in Half.values][:-1]
    people = list(Participant.objects.filter(meeting=meeting).confirmed().named().order_by("pk"))
    rows = [
        came(person, meeting, day, half)
        for number, person in enumerate(people)
        if number != ABSENT
        for day, half in (slots[:-2] if number % LEFT_EARLY == LEFT_EARLY - 1 else slots)
    ]
    bulk_create_with_history(rows, CheckIn)


def came(person: Participant, meeting: Meeting, day: dt.date, half: str) -> CheckIn:
    """Somebody at the door a quarter of an hour before the half-day begins."""
    begins = dt.time(8, 45) if half == Half.MORNING else dt.time(13, 45)
    return CheckIn(participant=person, day=day, half=half, at=dt.datetime.combine(day, begins, tzinfo=meeting.zone), place=DOOR)
