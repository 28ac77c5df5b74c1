"""What is printed for one meeting, each with its row in the ledger."""

import pytest

from participants.models import ExportRecord
from tests.factories import CountryFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(meeting):
    return f"/admin/attendance/badge/meeting/{meeting.pk}/"


def asked(paper, **answers):
    return {"paper": paper, **{f"{paper}-{name}": value for name, value in answers.items()}}


def papers(meeting):
    return [
        asked("attendance_sheet", occasion=f"{meeting.starts_on}:am", language="fr"),
        asked("check_in_sheet", language="en"),
        asked("table_signs", language="en", names="on"),
    ]


def test_every_paper_comes_as_a_file_with_a_row_in_the_ledger(office, meeting, registration, page):
    answers = [office.post(page, data) for data in papers(meeting)]

    assert [answer.content[:5] for answer in answers] == [b"%PDF-"] * 3
    assert [answer.headers["Content-Disposition"].split('"')[1][:-15] for answer in answers] == [
        "attendance-sheet-strasbourg-2026",
        "check-in-sheet-strasbourg-2026",
        "table-signs-strasbourg-2026",
    ]
    records = ExportRecord.objects.order_by("pk")
    assert [(record.purpose, record.rows, record.people.keys()) for record in records] == [
        ("attendance_sheet", 1, [registration.pk]),
        ("check_in_sheet", 1, [registration.pk]),
        ("table_signs", 1, [registration.pk]),
    ]


def test_the_ledger_says_of_what(office, meeting, registration, page):
    session = SessionFactory(meeting=meeting)

    office.post(page, asked("attendance_sheet", occasion=f"session:{session.pk}", language="en"))

    assert ExportRecord.objects.get().options == {"format": "pdf", "language": "en", "about": f"session:{session.pk}"}


def test_a_session_under_the_chatham_house_rule_has_no_sheet(office, meeting, registration, page):
    session = SessionFactory(meeting=meeting, is_chatham_house=True)

    response = office.post(page, asked("attendance_sheet", occasion=f"session:{session.pk}", language="en"))

    assert (response.status_code, ExportRecord.objects.count()) == (422, 0)


def test_the_page_of_a_session_leads_to_its_sheet(office, meeting, registration, page):
    session = SessionFactory(meeting=meeting)

    linked = office.get(f"/admin/meetings/session/{session.pk}/change/").content.decode()
    form = office.get(f"{page}?session={session.pk}").context["papers"][0][1]

    assert f'href="{page}?session={session.pk}#paper-attendance_sheet"' in linked
    assert form["occasion"].value() == f"session:{session.pk}"


def test_the_page_of_a_meeting_leads_there(office, meeting, page):
    assert f'href="{page}"' in office.get(f"/admin/meetings/meeting/{meeting.pk}/change/").content.decode()


def test_without_people_there_is_nothing_to_print(office, meeting, page, said):
    response = office.post(page, asked("check_in_sheet", language="en"), follow=True)

    assert said(response) == ["Nobody has a place there yet, so there is nothing to print."]
    assert ExportRecord.objects.count() == 0


def test_stale_proof_asks_again(client_of, secretariat, page):
    assert client_of(secretariat, minutes=20).get(page).headers["Location"].startswith("/accounts/")


@pytest.mark.parametrize("role", ["host_liaison", "desk", "rapporteur", "auditor"])
def test_nobody_else_prints(request, client_of, meeting, registration, page, role):
    browser = client_of(request.getfixturevalue(role))

    assert [browser.post(page, data).status_code for data in papers(meeting)] == [403, 403, 403]
    assert ExportRecord.objects.count() == 0


def test_queries_do_not_grow_with_the_people(office, meeting, page, django_assert_max_num_queries):
    for code in ("IE", "DE", "IT", "FR", "PT"):
        ParticipantFactory(meeting=meeting, country=CountryFactory(code=code))
    office.get(page)

    with django_assert_max_num_queries(22):
        office.post(page, asked("check_in_sheet", language="en"))


def test_a_session_without_a_sheet_has_no_link_to_one(office, meeting, page):
    session = SessionFactory(meeting=meeting, is_chatham_house=True)

    assert f'href="{page}' not in office.get(f"/admin/meetings/session/{session.pk}/change/").content.decode()
