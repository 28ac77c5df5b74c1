"""Days attended as a CSV file, for reimbursement: one line for each person, one column for each day."""

import datetime as dt
from collections import Counter

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.models import CheckIn
from attendance.printing.audience import people_recorded_at
from attendance.printing.delegations import delegations_of
from attendance.printing.leaving import as_file, note_print
from meetings.languages import current_language
from meetings.models import Meeting
from participants import cells
from participants.faces import PUBLIC, face_of

PURPOSE = "days_attended"


def days_file(meeting: Meeting, *, by: User) -> HttpResponse:
    """Half-days present on each day and days attended in all. Protected people stand there under their alias."""
    language = current_language()
    people = list(people_recorded_at(meeting, language))
    halves = half_days_present(meeting)
    headings = [_("Reference"), _("Name"), _("Country or organisation"), *(day.isoformat() for day in meeting.days), _("Days attended")]
    rows = []
    for group in delegations_of(people, meeting):
        for person in group.people:
            numbers = [halves[person.pk, day] for day in meeting.days]
            face = face_of(person, PUBLIC)
            rows.append([person.reference, face.formal_name, group.name(language), *numbers, sum(map(bool, numbers))])
    record = note_print(
        purpose=PURPOSE,
        people=[person.pk for person in people],
        meeting=meeting,
        by=by,
        columns=[str(heading) for heading in headings],
        options={"format": "csv", "language": language},
    )
    return as_file(b"".join(cells.csv_chunks([[headings, *rows]])), record, kind="csv")


def half_days_present(meeting: Meeting) -> Counter[tuple[int, dt.date]]:
    """Participant and day → on how many of its half-days they were present."""
    rows = CheckIn.objects.of_days().present().filter(participant__meeting=meeting).order_by()
    return Counter(rows.values_list("participant_id", "day"))
