"""A list of ten thousand people: read, planned and written, against writing as many rows without looking at them."""

import csv
import hashlib
import io
import os
import random
import time

from django.db import transaction

from bench.people import invented
from bench.place import resident_mb, say
from bench.table import Measure, at_most, ratio_at_most
from meetings.models import Meeting
from participants.importing import applying, columns, planning, sheets, storing
from participants.models import ImportRecord, Participant

HEADINGS = ["First name", "Family name", "E-mail", "Country", "Sector", "Organisation", "Service", "Function", "Telephone", "Language"]


def list_import(meeting: Meeting, floor_meeting: Meeting, rows: int) -> list[Measure]:
    """Once, because the second time every row is the same; which is measured too."""
    say(f"Importing {rows:,} rows")
    floor = floor_seconds(floor_meeting, rows)
    content, before = file_of(meeting, rows), resident_mb(os.getpid())
    start = time.perf_counter()
    record, plan = looked_at(meeting, content)
    seen = time.perf_counter() - start
    applying.queue(record=record, plan=plan)
    began = time.perf_counter()
    outcome = applying.write(record.pk)
    written = time.perf_counter() - began
    if outcome != "done" or plan.counts["new"] < rows * 0.9:
        raise RuntimeError(f"The import ended as {outcome}, with {plan.counts}")
    again = time.perf_counter()
    _record, second = looked_at(meeting, content)
    again = time.perf_counter() - again
    if second.writes:
        raise RuntimeError(f"The second time should change nothing: {second.counts}")
    return [
        Measure(f"Import of {rows:,} rows, all of it", seen + written, "s", floor, "(bulk insert)", "under 60 s", at_most(60)),
        Measure("of which: read and shown as a plan", seen, "s", floor, "(bulk insert)", "within 20 times", ratio_at_most(20)),
        Measure("of which: planned again and written", written, "s", aim="under 40 s", met=at_most(40)),
        Measure("The same file once more: nothing to do", again, "s"),
        Measure("Import, memory grows by", resident_mb(os.getpid()) - before, "MB"),
    ]


def looked_at(meeting: Meeting, content: bytes) -> tuple[ImportRecord, planning.Plan]:
    """What the pages do until the rows are shown."""
    sheet = sheets.read(io.BytesIO(content), name="list.csv")
    tray = storing.Tray.of(sheet, "list.csv")
    record = ImportRecord.objects.create(
        meeting=meeting,
        kind="csv",
        digest=hashlib.sha256(content).hexdigest(),
        new_state="confirmed",
        fields=columns.guess(sheet.headings, sheet.rows),
        stored_as=storing.put(tray),
    )
    tray = storing.get(record.stored_as)
    return record, planning.plan(tray.rows, applying.order_of(record, tray), meeting)


def file_of(meeting: Meeting, rows: int) -> bytes:
    """A CSV file of invented people, no two of them alike."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(HEADINGS)
    for number, person in enumerate(invented(meeting, rows, random.Random(3))):
        country = person.country.name_en if person.country else "Ireland"
        who = (person.given_name, f"{person.family_name} {number}", f"imported{number}@service{number % 977}.example")
        out.writerow([*who, country, person.sector.name_en, person.organisation, person.service, person.function, person.phone, "en"])
    return text.getvalue().encode()


def floor_seconds(meeting: Meeting, rows: int) -> float:
    """The same number of participants, written in bulk and taken back."""
    people = list(invented(meeting, rows, random.Random(4)))
    start = time.perf_counter()
    with transaction.atomic():
        Participant.objects.bulk_create(people, batch_size=500)
        seconds = time.perf_counter() - start
        transaction.set_rollback(True)
    return seconds
