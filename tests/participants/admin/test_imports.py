"""The pages that import a list, as the secretariat goes through them."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Look
from participants.importing import applying, limits, storing
from participants.models import ColumnMatch, ImportRecord, Participant
from tests.corpus import FILE_NAMES
from tests.factories import MeetingFactory, ParticipantFactory, UserFactory, in_days
from tests.filled import filled
from tests.participants.admin.conftest import LIST
from tests.participants.importing.conftest import csv_file, xlsx_file

IMPORT = f"{LIST}import/"
HEADINGS = ["First name", "Family name", "E-mail", "Country", "Sector", "Organisation"]
MAEVE = ["Maeve", "Orrin", "maeve.orrin@garda.example", "IE", "Police", "National Police"]
JONAS = ["Jonas", "Brandt", "jonas.brandt@zoll.example", "DE", "Customs", "Zoll"]
FAULTY = ["Zoë", "Meer", "zoe@post.example", "Luxembourgh", "Police", ""]


@pytest.fixture
def bring(office, meeting):
    """Send a file with these rows; returns the answer."""

    def send(*rows, name="list.csv", content=None, headings=HEADINGS, browser=office, for_meeting=meeting, **answers):
        file = SimpleUploadedFile(name, csv_file([headings, *rows]).read() if content is None else content)
        return browser.post(IMPORT, {"meeting": for_meeting.pk, "new_state": "pending", "file": file, **answers})

    return send


@pytest.fixture
def brought(office, bring):
    """An import whose columns are matched as they were guessed; its record."""

    def go(*rows, **more):
        response = bring(*rows, **more)
        assert response.status_code == 302, response.context["form"].errors
        record = ImportRecord.objects.latest("pk")
        page = f"{IMPORT}{record.pk}/columns/"
        assert office.post(page, filled(office.get(page), "columns")).status_code == 302
        record.refresh_from_db()
        return record

    return go


def page(record, name):
    return f"{IMPORT}{record.pk}/{name}/" if name else f"{IMPORT}{record.pk}/"


def chips(response):
    return {group.value: count for group, count, _here in response.context["chips"]}


# --- the whole way ---


def test_from_the_file_to_the_list(office, brought, said):
    record = brought(MAEVE, JONAS)

    rows = office.get(page(record, "rows"))
    assert chips(rows) == {"new": 2, "changed": 0, "same": 0, "duplicate": 0, "faulty": 0, "left_out": 0}
    confirm = office.get(page(record, "write"))
    assert confirm.context["sentences"] == ["2 new people await approval.", "Nobody on the list is written to."]
    sent = office.post(page(record, "write"), {"count": "2"})
    assert sent.headers["Location"] == page(record, "")
    waiting = office.get(page(record, ""))
    assert (waiting.headers["Refresh"], waiting.context["title"]) == ("2", "The list is being written")

    applying.write(record.pk)

    done = office.get(page(record, ""))
    assert "Refresh" not in done.headers
    assert [line["face"].name for line in done.context["people"].lines] == ["Maeve Orrin", "Jonas Brandt"]
    assert set(Participant.objects.values_list("state", flat=True)) == {"pending"}


def test_a_workbook_is_taken_as_well(office, bring):
    response = bring(name="list.xlsx", content=xlsx_file([HEADINGS, MAEVE]).read())

    assert response.status_code == 302
    assert ImportRecord.objects.get().kind == "xlsx"


def test_the_list_has_the_button_for_those_who_may(client_of, office, registration, auditor):
    assert "Import a list" in office.get(LIST).text
    assert "Import a list" not in client_of(auditor).get(LIST).text


# --- the file ---


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("list.csv", b"", "This file is empty."),
        ("list.pdf", b"%PDF-1.4", "This is a PDF. Ask for the list as CSV or as an Excel workbook."),
        ("list.xlsx", b"a,b\n", "The name says Excel, but this is a text file. Give it a name that ends in .csv."),
        ("../../x", b"Name\nOrrin\n", "The name must end in .csv or .xlsx."),
    ],
)
def test_a_file_that_is_no_list_is_an_error_beside_the_field(bring, name, content, error):
    response = bring(name=name, content=content)

    assert response.context["form"].errors["file"] == [error]
    assert ImportRecord.objects.count() == 0


@pytest.mark.parametrize("name", FILE_NAMES)
def test_the_name_of_a_file_leads_nowhere(office, bring, name):
    response = bring(MAEVE, name=name)

    record = ImportRecord.objects.get()
    shown = storing.get(record.stored_as).name
    assert response.status_code == 302
    assert re.fullmatch(r"imports/[0-9a-f]{32}", record.stored_as)
    assert shown.isprintable()
    assert "/" not in shown
    assert office.get(page(record, "columns")).status_code == 200


@pytest.mark.parametrize("kind", ["text/html", "image/png", "application/x-msdownload", "application/json", ""])
def test_what_the_browser_says_of_a_file_does_not_matter(office, meeting, kind):
    file = SimpleUploadedFile("list.csv", csv_file([HEADINGS, MAEVE]).read(), content_type=kind)

    response = office.post(IMPORT, {"meeting": meeting.pk, "new_state": "pending", "file": file})

    assert response.status_code == 302


def test_a_file_that_is_too_large_is_refused(bring, monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 10)

    assert bring(MAEVE).context["form"].errors["file"] == ["This file is larger than 0 MB. A list of 20,000 people takes less."]


def test_nobody_is_written_to_about_a_meeting_that_is_over(bring, past_meeting):
    response = bring(MAEVE, for_meeting=past_meeting, with_mails="on")

    assert response.context["form"].errors["with_mails"] == ["The meeting is over: nobody is written to about it."]


def test_everybody_of_a_meeting_that_is_over_was_there(office, brought, past_meeting):
    record = brought(MAEVE, for_meeting=past_meeting)

    assert record.new_state == "confirmed"
    assert office.get(page(record, "write")).context["sentences"][0] == "1 person is entered as having been there."


def test_what_was_begun_can_be_gone_on_with(office, brought):
    record = brought(MAEVE)

    assert office.get(IMPORT).context["begun"] == [(record, page(record, "columns"))]


# --- the columns ---


def test_columns_are_guessed_corrected_and_remembered(office, bring):
    rows, headings = [["Orrin", "Ireland", "Police", "x"]], ["Wer", "Woher", "Was", "Noch"]
    bring(*rows, headings=headings)
    first = ImportRecord.objects.get()
    form = office.get(page(first, "columns"))
    assert [line["field"].initial for line in form.context["lines"]] == ["", "", "", ""]

    office.post(page(first, "columns"), filled(form, "columns", column_0="family_name", column_1="country", column_2="sector", column_3=""))
    bring(*rows, headings=headings)

    second = ImportRecord.objects.latest("pk")
    assert second.pk != first.pk
    assert [line["field"].initial for line in office.get(page(second, "columns")).context["lines"]] == [
        "family_name",
        "country",
        "sector",
        "",
    ]
    assert ColumnMatch.objects.count() == 1


def test_a_field_is_matched_once(office, bring):
    bring(MAEVE)
    record = ImportRecord.objects.get()

    response = office.post(page(record, "columns"), {"column_0": "email", "column_1": "email"})

    assert response.context["form"].errors == {"column_1": ["“e-mail address” is matched with two columns."]}


def test_something_must_tell_who_it_is(office, bring):
    bring(MAEVE)

    response = office.post(page(ImportRecord.objects.get(), "columns"), {"column_0": "country"})

    assert response.context["form"].non_field_errors() == ["Say which column holds the family name, the whole name, or the e-mail address."]


def test_whose_export_it_is_is_said(office, bring):
    bring(["1", "x", "A", "Orrin", "a@b.example"], headings=["ID", "Name", "First Name", "Last Name", "Email Address"])

    assert "This looks like an export of Indico." in office.get(page(ImportRecord.objects.get(), "columns")).text


# --- the rows ---


def test_faulty_cells_are_mended_in_place(office, brought):
    record = brought(MAEVE, FAULTY)
    rows = office.get(page(record, "rows"))
    assert chips(rows)["faulty"] == 1
    assert "“Luxembourgh” is not known. Did you mean Luxembourg?" in rows.text

    after = office.post(page(record, "rows"), filled(rows, "rows", **{"cell-3-country": "Luxembourg"}), follow=True)

    assert chips(after) == {"new": 2, "changed": 0, "same": 0, "duplicate": 0, "faulty": 0, "left_out": 0}
    assert "1 row was looked at again." in after.text


def test_the_same_mistake_is_mended_everywhere(office, brought):
    record = brought(FAULTY, [*FAULTY[:1], "Other", "other@post.example", *FAULTY[3:]], MAEVE)

    office.post(page(record, "rows"), {"cell-2-country": "Luxembourg", "everywhere": "1"})

    assert chips(office.get(page(record, "rows")))["faulty"] == 0


def test_or_only_here(office, brought):
    record = brought(FAULTY, [*FAULTY[:1], "Other", "other@post.example", *FAULTY[3:]])

    office.post(page(record, "rows"), {"cell-2-country": "Luxembourg"})

    assert chips(office.get(page(record, "rows")))["faulty"] == 1


def test_a_cell_without_a_column_gets_one(office, brought):
    record = brought(["Orrin", "IE"], headings=["Family name", "Country"])

    office.post(page(record, "rows"), {"cell-2-sector": "customs"})

    assert chips(office.get(page(record, "rows")))["new"] == 1
    record.refresh_from_db()
    assert record.fields == ["family_name", "country", "sector"]


def test_rows_are_left_out_and_taken_back(office, brought):
    record = brought(MAEVE, FAULTY)

    office.post(page(record, "rows"), {"leave": ["3"]})
    assert chips(office.get(page(record, "rows"))) == {"new": 1, "changed": 0, "same": 0, "duplicate": 0, "faulty": 0, "left_out": 1}
    office.post(page(record, "rows"), {"back": ["3"], "group": "left_out"})

    assert chips(office.get(page(record, "rows")))["faulty"] == 1


def test_a_namesake_is_taken_in(office, brought, registration):
    record = brought([*MAEVE[:2], "another@garda.example", *MAEVE[3:]])
    assert chips(office.get(page(record, "rows")))["duplicate"] == 1

    office.post(page(record, "rows"), {"take": ["2"], "group": "duplicate"})

    assert chips(office.get(page(record, "rows")))["new"] == 1


@pytest.mark.parametrize(
    "posted",
    [
        {"cell-99-country": "IE"},
        {"cell-2-is_staff": "1"},
        {"cell-2-country; DROP": "IE"},
        {"leave": ["x", "-1", "9" * 40, "²"]},
        {"cell-99999999999999999999-country": "IE"},
    ],
)
def test_what_names_no_row_is_passed_over(office, brought, posted):
    record = brought(MAEVE)

    assert office.post(page(record, "rows"), posted).status_code == 302
    assert chips(office.get(page(record, "rows")))["new"] == 1


def test_changes_are_shown_old_and_new(office, brought, registration):
    record = brought([*MAEVE[:4], "Customs", "Garda"])

    [line] = office.get(page(record, "rows")).context["lines"]

    assert line["changes"] == [("sector", "Police", "Customs"), ("organisation", "National Police", "Garda")]


def test_of_somebody_protected_only_the_face_is_shown_and_that_leaves_a_trace(office, brought, protected_registration):
    record = brought(["Livia", "Canary", "livia.canary@polizia.example", "IT", "Police", "Special operations"])

    text = office.get(f"{page(record, 'rows')}?group=same").text

    assert "Expert K." in text
    assert protected_registration.reference in text
    assert [secret for secret in ("Livia", "Canary", "livia.canary", "Special operations") if secret in text] == []
    assert list(Look.objects.values_list("what", "reference")) == [("search", protected_registration.reference)]


# --- writing ---


def test_nothing_is_written_while_a_row_is_faulty(office, brought, said):
    record = brought(MAEVE, FAULTY)

    response = office.post(page(record, "write"), {"count": "1"}, follow=True)

    assert said(response) == ["Mend the faulty rows, or leave them out, first."]
    assert ImportRecord.objects.get().stage == "open"


@pytest.mark.parametrize("typed", ["", "1", "two", "2e0"])
def test_the_number_must_be_typed(office, brought, typed):
    record = brought(MAEVE, JONAS)

    response = office.post(page(record, "write"), {"count": typed})

    assert list(response.context["form"].errors) == ["count"]
    assert ImportRecord.objects.get().stage == "open"


def test_what_changed_meanwhile_leads_back_with_the_reason(office, brought, meeting, said):
    record = brought(MAEVE, JONAS)
    office.post(page(record, "write"), {"count": "2"})
    ParticipantFactory(meeting=meeting, email=MAEVE[2])
    applying.write(record.pk)

    response = office.get(page(record, ""), follow=True)

    assert said(response) == ["The list of participants changed while you looked. Nothing was written. Look at the rows again."]


def test_what_is_being_written_can_no_longer_be_changed(office, brought):
    record = brought(MAEVE)
    office.post(page(record, "write"), {"count": "1"})

    for name in ("columns", "rows", "write"):
        assert office.post(page(record, name), {"leave": ["2"]}).headers["Location"] == page(record, "")
    assert office.get(IMPORT).context["begun"] == [(record, page(record, ""))]


def test_how_far_it_is_is_shown(office, brought):
    record = brought(MAEVE, JONAS)
    office.post(page(record, "write"), {"count": "2"})
    ImportRecord.objects.update(stage="running", checked=1)

    assert "1 of 2 rows looked at once more." in office.get(page(record, "")).text


def test_an_import_is_given_up(office, brought, django_capture_on_commit_callbacks):
    record = brought(MAEVE)

    with django_capture_on_commit_callbacks(execute=True):
        asked = office.get(page(record, "cancel"))
        assert (asked.context["title"], default_storage.exists(record.stored_as)) == ("Give up this import?", True)
        office.post(page(record, "cancel"))

    assert not default_storage.exists(record.stored_as)
    assert office.get(page(record, "")).context["title"] == "Nothing was written"


def test_the_ledger_names_nobody(office, brought, client_of, auditor):
    record = brought(MAEVE)
    office.post(page(record, "write"), {"count": "1"})
    applying.write(record.pk)

    text = client_of(auditor).get(f"/admin/participants/importrecord/{record.pk}/change/").text

    assert record.digest in text
    assert [secret for secret in ("Orrin", "maeve", "list.csv") if secret in text] == []


# --- whose it is ---


@pytest.mark.parametrize("name", ["", "columns", "rows", "write"])
def test_somebody_elses_import_is_not_there(brought, client_of, administrator, name):
    record = brought(MAEVE)

    assert client_of(administrator).get(page(record, name)).status_code == 404


@pytest.mark.parametrize("name", ["columns", "rows", "write", "cancel"])
def test_nor_can_it_be_changed(brought, client_of, administrator, name):
    record = brought(MAEVE)

    assert client_of(administrator).post(page(record, name), {"count": "1", "leave": ["2"]}).status_code == 404
    assert storing.get(record.stored_as).left_out == []


@pytest.mark.parametrize("role", ["host_liaison", "desk", "rapporteur", "auditor"])
def test_those_who_may_not_import_are_refused(request, client_of, bring, role):
    browser = client_of(request.getfixturevalue(role))

    assert browser.get(IMPORT).status_code == 403
    assert bring(MAEVE, browser=browser).status_code == 403


def test_a_form_of_another_site_is_refused(secretariat, client_of, meeting):
    cookies = client_of(secretariat).cookies
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = cookies

    assert browser.post(IMPORT, {"meeting": meeting.pk}).status_code == 403


def test_the_right_to_import_without_that_to_change_people_is_not_enough(client_of, secretariat, db):
    lesser = UserFactory(staff=True)
    lesser.user_permissions.add(*[p for p in secretariat.groups.get().permissions.all() if p.codename == "import_participant"])

    assert client_of(lesser).get(IMPORT).status_code == 403


def test_the_coming_meeting_is_chosen_and_earlier_ones_are_left_to_choose(office, meeting, past_meeting):
    MeetingFactory(starts_on=in_days(400).date())

    field = office.get(IMPORT).context["form"]["meeting"]

    assert field.value() == meeting.pk
    assert past_meeting in field.field.queryset


def test_an_import_that_is_written_is_not_given_up(office, brought):
    record = brought(MAEVE)
    office.post(page(record, "write"), {"count": "1"})
    applying.write(record.pk)

    answer = office.get(page(record, "cancel"))

    assert (answer.status_code, answer["Location"]) == (302, page(record, ""))
