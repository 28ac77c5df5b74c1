"""The timeline as a file: safe cells, a row in the ledger with everybody in it, a fresh proof, and no protected name."""

import csv
import io

import pytest

from accounts.models import Look
from participants.models import ExportedPeople, ExportRecord, Participant, Reveal
from tests.factories import UserFactory

FILE = "/admin/audit/export.csv"


@pytest.fixture
def office(client_of, auditor):
    return client_of(auditor)


@pytest.fixture
def deeds(registration, protected_registration):
    """A clerk with a name like a formula looked at two people."""
    Participant.history.all().delete()
    clerk = UserFactory(staff=True, name="=cmd()")
    Reveal.objects.create(participant=protected_registration, made_by=clerk, reason="+1 asked")
    Look.objects.create(by=clerk, what="history", key=f"participants.participant:{registration.pk}", spell=1)
    return clerk


def rows(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_the_file_has_the_lines_of_the_page(office, deeds, registration, protected_registration):
    response = office.post(FILE)

    heading, *lines = rows(response)
    assert heading == ["When", "Kind", "By", "What", "About", "Others", "Why"]
    assert [line[1:] for line in lines] == [
        ["Seen", "'=cmd()", "Opened the change history", f"{registration.reference} Maeve Orrin", "0", ""],
        ["Name shown", "'=cmd()", "Had the real name shown", f"{protected_registration.reference} Expert K.", "0", "'+1 asked"],
    ]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Disposition"].startswith('attachment; filename="audit-')


def test_the_filters_of_the_page_hold(office, deeds, registration, protected_registration):
    assert [line[1] for line in rows(office.post(f"{FILE}?kind=revealed"))] == ["Kind", "Name shown"]


def test_the_ledger_knows_what_left_and_who_was_in_it(office, auditor, deeds, registration, protected_registration):
    rows(office.post(f"{FILE}?kind=revealed"))

    record = ExportRecord.objects.get()
    assert (record.made_by, record.purpose, record.filters, record.rows) == (auditor, "audit", {"What": "Name shown"}, 1)
    assert ExportedPeople.objects.get().keys() == [protected_registration.pk]


def test_the_export_is_on_the_page_itself(office, deeds):
    rows(office.post(FILE))

    assert office.get("/admin/audit/?kind=exported").context["lines"][0].what == "Exported: Who did what"


def test_without_a_fresh_proof_nothing_leaves(office, deeds, settings):
    settings.FRESH_SIGN_IN_SECONDS = 0

    response = office.post(f"{FILE}?kind=seen")

    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/reauthenticate/?next=%2Fadmin%2Faudit%2F%3Fkind%3Dseen"
    assert ExportRecord.objects.count() == 0
