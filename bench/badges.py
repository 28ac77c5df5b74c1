"""Badges for 500 people as one PDF: making the codes, reading the rows, drawing the file."""

import time

from attendance.models import Badge
from attendance.printing.badges import Style, badges_pdf
from attendance.services.badges import make_badges
from bench.place import say
from bench.table import Measure, at_most
from meetings.models import Meeting
from participants.models import Participant

PEOPLE = 500


def badges(meeting: Meeting, *, times: int) -> list[Measure]:
    """The best of a few; no badge is there before, so that making them is part of it."""
    people = list(Participant.objects.filter(meeting=meeting).confirmed().named()[:PEOPLE])
    if len(people) < PEOPLE:
        raise RuntimeError(f"The meeting has {len(people)} people with a place instead of {PEOPLE}")
    say(f"{PEOPLE} badges in two sizes, {times} times")
    return [measure(meeting, people, format, times=times) for format in ("a6", "card")]


def measure(meeting: Meeting, people: list[Participant], format: str, *, times: int) -> Measure:
    seconds = []
    for _ in range(times):
        Badge.objects.filter(participant__meeting=meeting).delete()
        start = time.perf_counter()
        badges_pdf(meeting=meeting, badges=make_badges(participants=people, by=None), style=Style(format=format))
        seconds.append(time.perf_counter() - start)
    name = {"a6": "A6", "card": "86 × 54 mm"}[format]
    return Measure(f"{PEOPLE} badges as a PDF, {name}", min(seconds), "s", aim="under 10 s", met=at_most(10))
