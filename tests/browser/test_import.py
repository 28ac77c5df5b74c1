"""A workbook of 300 rows made by somebody else's tool is imported, and its seven faulty rows are mended on the way."""

import openpyxl
import pytest
from django_tasks_db.models import DBTaskResult

from participants.importing import applying
from participants.models import ImportRecord, Participant
from tests.browser.screen import findings, follow, press
from tests.factories import MeetingFactory

HEADINGS = ["ID", "Name", "First Name", "Last Name", "Email Address", "Affiliation", "Position", "Country", "Sector"]
# row of the file → column, what stands there, what it is mended to
FAULTS = {
    12: (4, "expert12(at)police.example", "expert12@police.example"),
    40: (7, "Lithuanie", "Lituanie"),
    77: (7, "Lithuanie", "Lituanie"),
    101: (8, "Polizei", "Police"),
    160: (3, "", "Orrin160"),
    222: (7, "", "Ireland"),
    299: (5, "x" * 300, "Police"),
}


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for number in range(2, 302):
        row = [number, "x", f"Given{number}", f"Orrin{number}", f"expert{number}@police.example", "Police", "Inspector", "Turkey", "Police"]
        if number in FAULTS:
            column, wrong, _right = FAULTS[number]
            row[column] = wrong
        book.active.append(row)
    path = tmp_path / "registrations.xlsx"
    book.save(path)
    return path


def test_three_hundred_rows_with_seven_faults(committed_db, secretariat, open_page, workbook):
    MeetingFactory(slug="strasbourg-2026", code="CYB26", capacity=500)
    page = open_page("/admin/participants/participant/", user=secretariat)
    follow(page, "Import a list")
    page.set_input_files("#id_file", workbook)
    assert findings(page) == {}
    press(page, "Go on to the columns")
    assert "This looks like an export of Indico." in page.inner_text("#content-main")
    assert findings(page) == {}
    press(page, "Look at the rows")
    assert page.locator(".pg-states [aria-current]").inner_text().split() == ["Faulty", "7"]
    assert findings(page) == {}

    for number, (_column, _wrong, right) in FAULTS.items():
        if number != 77:  # the same mistake as in row 40, and mended with it
            page.locator(f"tr:has(.pg-number:text-is('{number}')) input[type=text]").fill(right)
    press(page, "Save and look again")
    assert page.locator(".pg-states li").first.inner_text().split() == ["New", "300"]

    follow(page, "Go on: write the list")
    page.fill("#id_count", "300")
    assert findings(page) == {}
    press(page, "Write the list")
    assert page.inner_text("h1") == "The list is being written"
    assert DBTaskResult.objects.filter(task_path="participants.importing.tasks.write_import").count() == 1
    applying.write(ImportRecord.objects.get().pk)
    page.wait_for_selector(".pg-notice-ok", timeout=20_000)  # the page looks again by itself

    assert "300 people were entered or changed." in page.inner_text(".pg-notice-ok")
    assert findings(page) == {}
    people = Participant.objects.filter(state="pending")
    assert people.count() == 300
    assert dict(people.values_list("family_name", "country__code"))["Orrin77"] == "LT"
    assert page.complaints == []
