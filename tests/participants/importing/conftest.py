"""Fixtures of the import tests: a sheet as a file would give it, its plan, and what writing it leaves."""

import csv
import hashlib
import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest

from accounts.models import User
from meetings.models import Meeting
from participants.importing import applying, columns, planning, sheets, storing
from participants.models import ImportRecord

HEADINGS = ("First name", "Family name", "E-mail", "Country", "Sector", "Organisation")


def csv_file(rows: Sequence[Sequence[object]], *, encoding: str = "utf-8", delimiter: str = ",") -> io.BytesIO:
    """A CSV file with these rows, the first being the headings."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def xlsx_file(rows: Sequence[Sequence[object]]) -> io.BytesIO:
    """An Excel workbook with these rows on its one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


@pytest.fixture
def planned(meeting: Meeting) -> Callable[..., planning.Plan]:
    """The plan for rows under HEADINGS or others: ``planned([["Maeve", "Orrin", …]])``. Keywords change the order."""

    def make(rows, *, headings=HEADINGS, for_meeting=meeting, **order) -> planning.Plan:
        numbered = [(number, [str(cell) for cell in row]) for number, row in enumerate(rows, start=2)]
        fields = order.pop("fields", None) or columns.guess(headings, numbered)
        return planning.plan(numbered, planning.Order(fields=fields, **order), for_meeting)

    return make


@pytest.fixture
def groups(planned: Callable[..., planning.Plan]) -> Callable[..., list[str]]:
    """What becomes of each row, in their order."""
    return lambda rows, **more: [entry.group.value for entry in planned(rows, **more).entries]


@pytest.fixture
def brought(meeting: Meeting, secretariat: User) -> Callable[..., ImportRecord]:
    """An import by the secretariat of a file with these rows, its columns matched."""

    def make(rows, *, headings=HEADINGS, by=secretariat, **fields) -> ImportRecord:
        file = csv_file([headings, *rows])
        sheet = sheets.read(file, name="list.csv")
        return ImportRecord.objects.create(
            **{
                "made_by": by,
                "meeting": meeting,
                "kind": sheet.kind,
                "digest": hashlib.sha256(file.getvalue()).hexdigest(),
                "new_state": "pending",
                "fields": columns.guess(sheet.headings, sheet.rows),
                "stored_as": storing.put(storing.Tray.of(sheet, "list.csv")),
                **fields,
            }
        )

    return make


@pytest.fixture
def written() -> Callable[[ImportRecord], ImportRecord]:
    """Look at an import's plan, tell the worker to write it, and let it; returns the record as it is then."""

    def write(record: ImportRecord) -> ImportRecord:
        applying.queue(record=record, plan=plan_of(record))
        applying.write(record.pk)
        record.refresh_from_db()
        return record

    return write


def plan_of(record: ImportRecord) -> planning.Plan:
    """The plan as its page shows it."""
    tray = storing.get(record.stored_as)
    return planning.plan(tray.rows, applying.order_of(record, tray), record.meeting)
