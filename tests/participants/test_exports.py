"""What each purpose holds, in which order and language, who is hidden from it, and what the ledger keeps."""

import csv
import datetime as dt
import io
from collections.abc import Iterator

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from delegations.models import Country
from meetings.audiences import Category
from meetings.models import Meeting
from participants.exports import PURPOSES, Choice, file_name, purposes_for, start_export
from participants.models import ExportRecord, Journey, Needs, Participant
from tests.factories import BodyFactory, CountryFactory, ParticipantFactory, PassportFactory, SectorFactory

PEOPLE = ["host_security", "hotel", "transport", "participants_list", "full"]
CANARIES = ["Livia", "Canary", "CANARY", "livia.canary", "555 0199", "Undercover", "Special operations"]


def content_of(purpose: str, **options: object) -> bytes:
    choice = Choice(purpose=PURPOSES[purpose], **options)
    _record, pieces = start_export(queryset=Participant.objects.all(), choice=choice, by=None, filters={})
    return b"".join(pieces)


def rows_of(purpose: str, **options: object) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content_of(purpose, **options).decode("utf-8-sig"), newline="")))


def all_text_of(purpose: str, **options: object) -> str:
    content = content_of(purpose, **options)
    if options.get("format") != "xlsx":
        return content.decode()
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(value) for row in book.active.iter_rows(values_only=True) for value in row) + str(vars(book.properties))


@pytest.fixture
def maeve(meeting: Meeting) -> Participant:
    row = ParticipantFactory(
        meeting=meeting,
        salutation="ms",
        given_name="Maeve",
        family_name="Orrin",
        email="maeve.orrin@garda.example",
        phone="+353 1 555 01 00",
        country=CountryFactory(code="IE"),
        registered_at=dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC),
        created_at=dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC),
        privacy_notice="2026-09",
        notes="Prefers aisle seats",
    )
    Journey.objects.create(
        participant=row,
        arrives_on=dt.date(2026, 11, 23),
        departs_on=dt.date(2026, 11, 26),
        arrival_details="Flight EI 540, 14:35",
        departure_details="Train to Paris",
        hotel="Hôtel des Orangers",
    )
    return row


# --- columns and rows of each purpose ---


def test_host_security_says_who_enters_and_when(maeve: Participant) -> None:
    assert rows_of("host_security") == [
        ["Name", "Country", "Organisation", "Function", "Arrival", "Departure"],
        ["Ms Maeve ORRIN", "Ireland", "National Police", "Detective Inspector", "2026-11-23", "2026-11-26"],
    ]


def test_hotel_says_who_sleeps_there_and_how_long(maeve: Participant) -> None:
    assert rows_of("hotel") == [
        ["Name", "Country", "Arrival", "Departure", "Nights"],
        ["Ms Maeve ORRIN", "Ireland", "2026-11-23", "2026-11-26", "3"],
    ]


def test_hotel_leaves_nights_open_until_both_days_are_known(meeting: Meeting) -> None:
    Journey.objects.create(participant=ParticipantFactory(meeting=meeting), arrives_on=dt.date(2026, 11, 23))

    assert rows_of("hotel")[1][2:] == ["2026-11-23", "", ""]


def test_hotel_holds_those_too_who_said_nothing(meeting: Meeting) -> None:
    ParticipantFactory(meeting=meeting)

    assert rows_of("hotel")[1][2:] == ["", "", ""]


def test_transport_says_whom_to_fetch_when_and_where(maeve: Participant) -> None:
    assert rows_of("transport") == [
        ["Name", "Country", "Arrival", "Arrives by", "Hotel", "Departure", "Leaves by"],
        [
            *("Ms Maeve ORRIN", "Ireland", "2026-11-23", "Flight EI 540, 14:35"),
            *("Hôtel des Orangers", "2026-11-26", "Train to Paris"),
        ],
    ]


def test_of_a_protected_person_transport_has_the_days_and_nothing_that_leads_to_them(maeve: Participant) -> None:
    maeve.is_protected, maeve.alias = True, "Expert M."
    maeve.save()

    assert rows_of("transport")[1] == ["Expert M.", "Ireland", "2026-11-23", "", "", "2026-11-26", ""]


@pytest.mark.parametrize("purpose", ["participants_list", "full"])
def test_journeys_are_on_no_list_that_is_not_about_them(maeve: Participant, purpose: str) -> None:
    text = all_text_of(purpose)

    assert [word for word in ("2026-11-23", "2026-11-26", "EI 540", "Paris", "Orangers") if word in text] == []


@pytest.mark.parametrize("purpose", PURPOSES)
def test_passports_are_on_no_list(maeve: Participant, purpose: str) -> None:
    PassportFactory(participant=maeve, number="XK4477120", birth_place="Ballyvaughan")

    with CaptureQueriesContext(connection) as queries:
        text = all_text_of(purpose)

    assert [word for word in ("XK4477120", "Ballyvaughan") if word in text] == []
    assert [query["sql"] for query in queries if "participants_passport" in query["sql"]] == []


def test_list_of_participants_is_the_official_one(maeve: Participant) -> None:
    assert rows_of("participants_list") == [
        ["Name", "Function", "Organisation", "Country"],
        ["Ms Maeve ORRIN", "Detective Inspector", "National Police", "Ireland"],
    ]


def test_full_list_holds_everything_but_what_is_kept_apart_and_notes(maeve: Participant) -> None:
    headings, row = rows_of("full")

    assert dict(zip(headings, row, strict=True)) == {
        "Reference": maeve.reference,
        "Status": "Confirmed",
        "Category": "Member state",
        "Name": "Maeve Orrin",
        "Title": "Ms",
        "Given names": "Maeve",
        "Family name": "Orrin",
        "Function": "Detective Inspector",
        "Service or unit": "Cybercrime Unit",
        "Organisation": "National Police",
        "International organisation": "",
        "Country": "Ireland",
        "Sector": "Police",
        "Family of sectors": "Law enforcement",
        "E-mail address": "maeve.orrin@garda.example",
        "Telephone": "'+353 1 555 01 00",
        "Language of mails": "English",
        "Listening language": "English",
        "First time": "Yes",
        "On the list of participants": "Name, function and organisation",
        "May be photographed": "No",
        "Privacy notice read": "2026-09",
        "Form sent": "2026-09-01T11:00:00+02:00",
        "Registered": "2026-09-01T12:00:00+02:00",
        "Last change of status": "2026-09-01T12:00:00+02:00",
    }


def test_catering_counts_diets_and_names_nobody(maeve: Participant) -> None:
    Needs.objects.create(participant=maeve, diet=Needs.Diet.VEGAN, diet_details="No nuts", accessibility="Step-free entrance")
    ParticipantFactory(meeting=maeve.meeting)

    assert rows_of("catering") == [
        ["What", "Count"],
        ["People", "2"],
        ["Vegetarian", "0"],
        ["Vegan", "1"],
        ["No pork", "0"],
        ["Halal", "0"],
        ["Kosher", "0"],
        ["Gluten-free", "0"],
        ["Lactose-free", "0"],
        ["Something else", "0"],
        ["Food needs in words: ask the secretariat", "1"],
        ["Accessibility needs: ask the secretariat", "1"],
    ]


@pytest.mark.parametrize("purpose", PEOPLE)
def test_nobodys_needs_or_notes_are_on_a_list_with_names(maeve: Participant, purpose: str) -> None:
    Needs.objects.create(participant=maeve, diet=Needs.Diet.VEGAN, diet_details="No nuts", accessibility="Step-free entrance")

    text = all_text_of(purpose).casefold()

    assert [word for word in ("vegan", "nuts", "step-free", "aisle") if word in text] == []


def test_an_international_organisation_stands_in_for_the_organisation(meeting: Meeting) -> None:
    body = BodyFactory(code="example-org")
    ParticipantFactory(
        meeting=meeting,
        category=Category.INTERNATIONAL_ORGANISATION,
        country=None,
        body=body,
        organisation="",
        given_name="민준",
        family_name="김",
    )

    assert rows_of("participants_list")[1] == ["민준 김", "Detective Inspector", "International Example Organisation", ""]


# --- protected people and those who wish not to be listed ---


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("purpose", [*PEOPLE, "catering"])
def test_a_protected_name_is_in_no_file(protected_registration: Participant, purpose: str, file_format: str) -> None:
    text = all_text_of(purpose, format=file_format)

    assert [canary for canary in CANARIES if canary in text] == []


@pytest.mark.parametrize("purpose", PEOPLE)
def test_a_protected_person_is_on_the_list_under_their_alias(protected_registration: Participant, purpose: str) -> None:
    assert "Expert K." in rows_of(purpose)[1]


def test_the_one_who_exports_is_masked_too_when_protected(protected_registration: Participant) -> None:
    choice = Choice(purpose=PURPOSES["hotel"])

    _record, pieces = start_export(queryset=Participant.objects.all(), choice=choice, by=protected_registration.user, filters={})

    assert b"CANARY" not in b"".join(pieces)


def test_protected_names_are_there_when_chosen(protected_registration: Participant) -> None:
    [_headings, row] = rows_of("host_security", protected_names=True, reason="The host's police asked for passports")

    assert row[:4] == ["Livia CANARY", "Italy", "National Police", "Undercover officer"]


def test_the_order_does_not_tell_a_protected_name(meeting: Meeting) -> None:
    for family_name in ("Adams", "Zola"):
        ParticipantFactory(meeting=meeting, given_name="", family_name=family_name)
    ParticipantFactory(meeting=meeting, given_name="", family_name="Mole", protected=True, alias="Xavier")

    assert [row[0] for row in rows_of("participants_list")[1:]] == ["ADAMS", "Xavier", "ZOLA"]


def test_list_of_participants_leaves_out_those_who_wish_so(meeting: Meeting) -> None:
    ParticipantFactory(meeting=meeting, visibility=Participant.Visibility.HIDDEN)

    assert rows_of("participants_list") == [["Name", "Function", "Organisation", "Country"]]


def test_list_of_participants_leaves_out_a_name_alone(meeting: Meeting) -> None:
    ParticipantFactory(meeting=meeting, given_name="", family_name="Adams")
    ParticipantFactory(meeting=meeting, given_name="", family_name="Mole", visibility=Participant.Visibility.FUNCTION)

    assert [row[:2] for row in rows_of("participants_list")[1:]] == [["", "Detective Inspector"], ["ADAMS", "Detective Inspector"]]


def test_the_police_at_the_door_get_the_name_of_those_not_on_the_list(meeting: Meeting) -> None:
    ParticipantFactory(meeting=meeting, given_name="", family_name="Mole", visibility=Participant.Visibility.HIDDEN)

    assert rows_of("host_security")[1][0] == "MOLE"


# --- language, order, time ---


@pytest.fixture
def germans_and_albanians(meeting: Meeting) -> None:
    for code, family_name in (("DE", "Brandt"), ("AL", "Hoxha"), ("FR", "Écuyer"), ("FR", "Faure")):
        ParticipantFactory(meeting=meeting, given_name="", family_name=family_name, country=CountryFactory(code=code))


def test_english_order_and_words(germans_and_albanians: None) -> None:
    assert [row[3] for row in rows_of("participants_list")] == ["Country", "Albania", "France", "France", "Germany"]


def test_french_order_and_words(germans_and_albanians: None) -> None:
    assert rows_of("participants_list", language="fr")[0] == ["Nom", "Fonction", "Organisation", "Pays"]
    assert [row[3] for row in rows_of("participants_list", language="fr")[1:]] == ["Albanie", "Allemagne", "France", "France"]


def test_accents_do_not_change_the_place_in_the_alphabet(germans_and_albanians: None) -> None:
    assert [row[0] for row in rows_of("participants_list")[2:4]] == ["ÉCUYER", "FAURE"]


def test_a_sector_is_named_in_the_language_of_the_file(meeting: Meeting) -> None:
    sector = SectorFactory(code="weights", name_en="Weights", name_fr="Poids")
    ParticipantFactory(meeting=meeting, sector=sector)

    headings, row = rows_of("full", language="fr")

    assert row[headings.index("Secteur")] == "Poids"


def test_categories_stand_in_the_order_of_the_official_list(meeting: Meeting) -> None:
    for category in (Category.INTERPRETER, Category.ACADEMIA, Category.MEMBER_STATE):
        ParticipantFactory(meeting=meeting, category=category)

    headings, *rows = rows_of("full")

    assert [row[headings.index("Category")] for row in rows] == ["Member state", "Academia", "Interpreter"]


def test_a_country_bears_the_name_it_had_at_the_meeting(past_meeting: Meeting, meeting: Meeting) -> None:
    country = Country.objects.get(code="MK")
    for then in (past_meeting, meeting):
        ParticipantFactory(meeting=then, country=country)

    assert [row[1] for row in rows_of("hotel")[1:]] == ["The former Yugoslav Republic of Macedonia", "North Macedonia"]


def test_same_people_same_file(germans_and_albanians: None) -> None:
    assert content_of("full") == content_of("full")


# --- the file ---


def test_csv_has_mark_comma_and_cr_lf(maeve: Participant) -> None:
    assert content_of("hotel") == (
        "\ufeffName,Country,Arrival,Departure,Nights\r\nMs Maeve ORRIN,Ireland,2026-11-23,2026-11-26,3\r\n".encode()
    )


def test_csv_for_french_excel(maeve: Participant) -> None:
    assert content_of("hotel", language="fr", separator=";", bom=False).decode().splitlines()[0] == "Nom;Pays;Arrivée;Départ;Nuits"


def test_xlsx_holds_the_same_rows(maeve: Participant) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content_of("hotel", format="xlsx")))

    assert [list(row) for row in book.active.iter_rows(values_only=True)] == [
        ["Name", "Country", "Arrival", "Departure", "Nights"],
        ["Ms Maeve ORRIN", "Ireland", "2026-11-23", "2026-11-26", 3],
    ]


@pytest.mark.parametrize("purpose", PEOPLE)
def test_a_formula_typed_as_a_name_is_text(meeting: Meeting, purpose: str) -> None:
    ParticipantFactory(meeting=meeting, given_name="=cmd|' /C calc'!A0", family_name="@SUM(1)", function="+1", organisation="-2")

    cells = [cell for row in rows_of(purpose)[1:] for cell in row]

    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}] == []


# --- the ledger ---


def test_the_ledger_has_its_row_before_the_first_byte_and_the_count_after_the_last(maeve: Participant, secretariat: User) -> None:
    choice = Choice(purpose=PURPOSES["hotel"], language="fr", separator=";", bom=False)

    _record, pieces = start_export(queryset=Participant.objects.confirmed(), choice=choice, by=secretariat, filters={"Status": "Confirmed"})
    before = ExportRecord.objects.get()
    list(pieces)
    after = ExportRecord.objects.get()

    assert (before.made_by, before.channel, before.meeting, before.purpose) == (secretariat, "admin", maeve.meeting, "hotel")
    assert (before.filters, before.columns) == ({"Status": "Confirmed"}, ["name", "country", "arrival", "departure", "nights"])
    assert before.options == {"format": "csv", "language": "fr", "separator": ";", "bom": False}
    assert (before.rows, after.rows, before.protected_names) == (None, 1, False)


def test_a_file_broken_off_has_no_count(maeve: Participant) -> None:
    _record, pieces = start_export(queryset=Participant.objects.all(), choice=Choice(purpose=PURPOSES["full"]), by=None, filters={})

    next(pieces)
    pieces.close()

    assert ExportRecord.objects.get().rows is None


def test_the_ledger_keeps_why_protected_names_were_needed(maeve: Participant) -> None:
    content_of("hotel", protected_names=True, reason="Passports at the desk")

    record = ExportRecord.objects.get()
    assert (record.protected_names, record.options["reason"]) == (True, "Passports at the desk")


def test_counts_are_never_recorded_as_protected_names(maeve: Participant) -> None:
    content_of("catering", protected_names=True, reason="None")

    assert ExportRecord.objects.get().protected_names is False


def test_people_of_two_meetings_have_no_one_meeting(maeve: Participant, past_meeting: Meeting) -> None:
    ParticipantFactory(meeting=past_meeting)

    content_of("full")

    assert (ExportRecord.objects.get().meeting, ExportRecord.objects.get().rows) == (None, 2)


def test_the_file_name_says_meeting_purpose_and_day(meeting: Meeting) -> None:
    choice = Choice(purpose=PURPOSES["host_security"], format="xlsx")
    record = ExportRecord(meeting=meeting, made_at=dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC))

    assert file_name(record, choice) == "participants-strasbourg-2026-host-security-2026-11-24.xlsx"


# --- who may, and at what cost ---


def test_host_liaison_takes_what_the_host_needs(host_liaison: User) -> None:
    assert [purpose.key for purpose in purposes_for(host_liaison)] == ["host_security", "catering", "hotel", "transport"]


def test_secretariat_takes_every_list(secretariat: User) -> None:
    assert [purpose.key for purpose in purposes_for(secretariat)] == list(PURPOSES)


def test_auditor_takes_none(auditor: User) -> None:
    assert purposes_for(auditor) == []


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("participants.exports.CHUNK", 2)
    return


@pytest.mark.parametrize("purpose", [*PEOPLE, "catering"])
def test_queries_do_not_grow_with_rows(meeting: Meeting, purpose: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            content_of(purpose)
        return len(captured)

    ParticipantFactory(meeting=meeting, country=CountryFactory(code="IE"))
    with_one = queries()
    for code in ("DE", "AL", "FR"):
        ParticipantFactory(meeting=meeting, country=CountryFactory(code=code), protected=True)

    assert queries() == with_one


def test_rows_in_several_batches_are_all_there(meeting: Meeting, small_batches: None) -> None:
    ParticipantFactory.create_batch(5, meeting=meeting)

    names = [row[0] for row in rows_of("participants_list")[1:]]

    assert len(set(names)) == 5
    assert ExportRecord.objects.get().rows == 5
