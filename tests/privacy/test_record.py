"""The record of processing: the register to read and to take away."""

import csv
import io

from django.utils.translation import override

from accounts.personal_data import DataClass
from privacy import register
from privacy.models import RetentionPeriod


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_has_a_line_for_each_field(client_of, secretariat):
    rows = rows_of(client_of(secretariat).get("/admin/privacy/record.csv"))

    assert [row[2] for row in rows[1:]] == [entry.key for entry in register.entries()]


def test_a_line_says_why_for_how_long_and_for_whom(client_of, secretariat):
    rows = rows_of(client_of(secretariat).get("/admin/privacy/record.csv"))

    assert next(row for row in rows if row[2] == "participants.needs.diet") == [
        "Dietary and accessibility needs",
        "Food",
        "participants.needs.diet",
        "give you food you can eat and a meeting you can take part in",
        "your consent, which you can withdraw",
        "Dietary and accessibility needs",
        "30 days after the last day of the meeting",
        "You, the secretariat, the administrator of the system",
    ]


def test_the_file_follows_the_number_that_is_set(client_of, secretariat):
    period = RetentionPeriod.objects.get(data_class=DataClass.NEEDS)
    period.days = 14
    period.save()

    rows = rows_of(client_of(secretariat).get("/admin/privacy/record.csv"))

    assert next(row[6] for row in rows if row[2] == "participants.needs.diet") == "14 days after the last day of the meeting"


def test_the_file_speaks_french(client_of, auditor):
    rows = rows_of(client_of(auditor).get("/fr/admin/privacy/record.csv"))

    assert rows[0] == [
        "Table",
        "Champ",
        "Colonne",
        "Nous les conservons pour",
        "Fondement",
        "Catégorie",
        "Durée de conservation",
        "Qui les voit",
    ]


def test_every_cell_passes_the_one_door(client_of, secretariat, monkeypatch):
    monkeypatch.setattr(register.Entry, "label", property(lambda entry: "=1+1"))

    rows = rows_of(client_of(secretariat).get("/admin/privacy/record.csv"))

    assert {row[1] for row in rows[1:]} == {"'=1+1"}


def test_the_page_shows_every_table_and_fields_together(client_of, auditor):
    response = client_of(auditor).get("/admin/privacy/record/")

    shown = [(table.label, [[entry.label for entry in row["fields"]] for row in rows]) for table, rows in response.context["tables"]]
    assert len(shown) == len(register.tables())
    assert ["Title", "Given names", "Family name"] in dict(shown)["Registrations"]
    assert dict(shown)["Registrations: history of changes"] == [["Changed", "Why", "By"]]


def test_the_back_office_leads_to_it(client_of, auditor, desk):
    link = '<li><a href="/admin/privacy/record/">Record of processing</a></li>'

    assert link in client_of(auditor).get("/admin/").content.decode()
    assert link not in client_of(desk).get("/admin/").content.decode()


def test_no_word_of_the_register_is_missing_in_french():
    with override("fr"):
        french = {str(text) for entry in register.entries() for text in (entry.personal.purpose, entry.personal.what)}
    with override("en"):
        english = {str(text) for entry in register.entries() for text in (entry.personal.purpose, entry.personal.what)}

    assert french & english == set()


def test_tables_of_libraries_have_names_for_readers(client_of, auditor):
    response = client_of(auditor).get("/fr/admin/privacy/record/")

    with override("fr"):
        shown = [table.label for table, _ in response.context["tables"]]
    assert {"Tallies", "Authenticators", "User sessions", "Task Results"}.isdisjoint(shown)
    assert len(shown) == len(set(shown))  # sessions of a meeting and of a browser are one word in French
