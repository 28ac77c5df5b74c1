"""Every kind of file that people send becomes the same sheet; what is no list is refused with a sentence that helps."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from participants.importing import encodings, limits, sheets
from participants.importing.errors import Unreadable
from tests.participants.importing.conftest import csv_file, xlsx_file

HEADINGS = ["Family name", "First name", "Country", "Function"]
WESTERN = [["Lefèvre", "Éloïse", "Côte d’Ivoire", "Cheffe, dite « la chef »"], ["Muñoz", "Zoë", "España", "a;b\tc|d"]]
CENTRAL = [["Dvořák", "Šárka", "Česko", "Komisař"], ["Żółć", "Łucja", "Polska", "Śledczy"], ["Erdős", "Gyűrű", "Magyarország", ""]]


def read(file, name="list.csv", **options):
    return sheets.read(file, name=name, **options)


def rows_of(sheet):
    return [cells for _number, cells in sheet.rows]


def refusal(file, name="list.csv") -> str:
    with pytest.raises(Unreadable) as refused:
        read(file, name)
    return str(refused.value)


# --- CSV ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"])
def test_encodings_and_delimiters(encoding, delimiter):
    sheet = read(csv_file([HEADINGS, *WESTERN], encoding=encoding, delimiter=delimiter))

    assert (sheet.kind, sheet.headings, rows_of(sheet)) == ("csv", HEADINGS, WESTERN)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_central_european_windows(delimiter):
    assert rows_of(read(csv_file([HEADINGS, *CENTRAL], encoding="cp1250", delimiter=delimiter))) == CENTRAL


@pytest.mark.parametrize(
    "names", [["Bjørnsen", "Åse Bærg"], ["Müller", "Groß"], ["São João", "Conceição"], ["Núñez", "Peña"], ["Þór", "Ægir"]]
)
def test_western_names_are_not_taken_for_central_ones(names):
    rows = [[name, "A", "B", "C"] for name in names]

    assert rows_of(read(csv_file([HEADINGS, *rows], encoding="cp1252"))) == rows


def test_latin_1():
    data = "Family name,Country\nLefèvre,Côte\n".encode("latin-1") + b"N\x81me,X\n"

    assert rows_of(read(io.BytesIO(data))) == [["Lefèvre", "Côte"], ["N\x81me", "X"]]


@pytest.mark.parametrize(("encoding", "name"), [("cp1253", "Παπαδοπούλου"), ("cp1251", "Шевченко"), ("cp1254", "Çağlayan İş")])
def test_an_encoding_that_cannot_be_told_is_named(encoding, name):
    assert encoding in dict(encodings.CHOICES)
    assert rows_of(read(csv_file([["Family name"], [name]], encoding=encoding), encoding=encoding)) == [[name]]


def test_line_breaks_and_quotes_inside_a_cell():
    file = io.BytesIO(b'Family name,Function\r\n"O\'Brien","Head of\r\n""Unit"" 5"\r\nOrrin,x\r\n')

    assert read(file).rows == [(2, ["O'Brien", 'Head of\r\n"Unit" 5']), (3, ["Orrin", "x"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(ending):
    assert rows_of(read(io.BytesIO(ending.join(["Family name;Country", "Orrin;IE", "Brandt;DE", ""]).encode()))) == [
        ["Orrin", "IE"],
        ["Brandt", "DE"],
    ]


def test_excels_own_line_about_the_delimiter():
    assert rows_of(read(io.BytesIO(b"sep=;\r\nFamily name;Country\r\nOrrin;IE, maybe\r\n"))) == [["Orrin", "IE, maybe"]]


def test_a_single_column():
    assert rows_of(read(io.BytesIO(b"Family name\nOrrin\nBrandt\n"))) == [["Orrin"], ["Brandt"]]


def test_a_title_above_the_headings_is_passed_over():
    rows = [
        ["List of participants"],
        [],
        ["Dublin, 2016"],
        ["No.", "Family name", "Country"],
        ["1", "Orrin", "IE"],
        [],
        ["2", "Brandt", "DE"],
    ]

    sheet = read(csv_file(rows))

    assert sheet.headings == ["No.", "Family name", "Country"]
    assert sheet.rows == [(5, ["1", "Orrin", "IE"]), (7, ["2", "Brandt", "DE"])]


def test_short_and_long_rows_get_the_same_width():
    assert rows_of(read(io.BytesIO(b"Family name,Country\nOrrin\nBrandt,DE,x\n"))) == [["Orrin", "", ""], ["Brandt", "DE", "x"]]


def test_a_long_cell_is_cut():
    assert len(rows_of(read(csv_file([HEADINGS, ["x" * 5000, "", "", ""]])))[0][0]) == limits.LONGEST_CELL


# --- Excel ---


def test_a_workbook():
    sheet = read(xlsx_file([HEADINGS, *WESTERN, *CENTRAL]), "list.xlsx")

    assert (sheet.kind, sheet.headings, rows_of(sheet)) == ("xlsx", HEADINGS, WESTERN + CENTRAL)


def test_cells_of_a_workbook_that_are_no_text():
    moment = dt.datetime(2016, 6, 14, 9, 30)  # noqa: DTZ001  a sheet knows no time zones
    cells = [dt.date(2016, 6, 14), moment, 42, 42.0, 4.5, True, None, "=1+1"]

    sheet = read(xlsx_file([[f"H{n}" for n in range(8)], cells]), "list.xlsx")

    # A formula that was never worked out has no value, and none is worked out here.
    assert rows_of(sheet) == [["2016-06-14", "2016-06-14 09:30:00", "42", "42", "4.5", "yes", "", ""]]


def test_hidden_and_empty_sheets_are_passed_over():
    book = openpyxl.Workbook()
    book.active.title = "Empty"
    hidden = book.create_sheet("Hidden")
    hidden.append(["Family name"])
    hidden.append(["Canary"])
    hidden.sheet_state = "hidden"
    book.create_sheet("People").append(["Family name"])
    book["People"].append(["Orrin"])
    file = io.BytesIO()
    book.save(file)

    assert rows_of(read(file, "list.xlsx")) == [["Orrin"]]


def test_rows_keep_the_numbers_that_a_spreadsheet_shows():
    book = openpyxl.Workbook()
    book.active["A3"], book.active["B3"] = "Family name", "Country"
    book.active["A7"], book.active["B7"] = "Orrin", "IE"
    file = io.BytesIO()
    book.save(file)

    assert read(file, "list.xlsx").rows == [(7, ["Orrin", "IE"])]


# --- what is no list ---

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.csv", b"", "This file is empty."),
        ("list.csv", b" \r\n\t\n", "This file is empty."),
        ("list.csv", b"\n,,\n", "This file holds no rows."),
        ("list.csv", b"Family name,Country\n", "This file holds headings and no rows."),
        ("list.pdf", b"%PDF-1.7 ...", "This is a PDF. Ask for the list as CSV or as an Excel workbook."),
        ("list.csv", b"%PDF-1.7 ...", "This is a PDF. Ask for the list as CSV or as an Excel workbook."),
        (
            "list.xls",
            OLE,
            "This is an old Excel workbook (.xls), or one that is protected by a password. Save it as .xlsx, without a password.",
        ),
        (
            "list.xlsx",
            OLE * 20 + "EncryptedPackage".encode("utf-16-le"),
            "This workbook is protected by a password. Save it without one.",
        ),
        (
            "list.csv",
            b"\xef\xbb\xbf<!DOCTYPE html><table>",
            "This is a web page or XML. Open it in a spreadsheet program and save it as .xlsx or CSV.",
        ),
        (
            "list.xls",
            b"<html><table>",
            "This is a web page or XML. Open it in a spreadsheet program and save it as .xlsx or CSV.",
        ),
        ("list.csv", b"{\\rtf1 x", "This is a text document. Save the list as CSV or as an Excel workbook (.xlsx)."),
        ("list.csv", b"\x89PNG\r\n\x00\x01\x02", "This is not a text file. Save the list as CSV or as an Excel workbook (.xlsx)."),
        ("list.csv", b"Name\nNi\x00all\n", "This is not a text file. Save the list as CSV or as an Excel workbook (.xlsx)."),
        ("list.xlsx", b"Name,Country\n", "The name says Excel, but this is a text file. Give it a name that ends in .csv."),
        ("list.exe", b"Name,Country\nOrrin,IE\n", "The name must end in .csv or .xlsx."),
        ("list", b"Name,Country\nOrrin,IE\n", "The name must end in .csv or .xlsx."),
        ("list.xlsx", b"PK\x03\x04 broken", "This Excel workbook is damaged. Open it, save it again as .xlsx, and try once more."),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(name, content, sentence):
    assert refusal(io.BytesIO(content), name) == sentence


def test_a_workbook_under_the_name_of_a_text():
    assert refusal(xlsx_file([["Name"], ["Orrin"]]), "list.csv") == (
        "The name says CSV, but this is an Excel workbook. Give it a name that ends in .xlsx."
    )


def archive(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    file.seek(0)
    return file


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"word/document.xml": "x"}, "This is not an Excel workbook. Save the list as .xlsx or as CSV."),
        ({"mimetype": "x", "content.xml": "x"}, "This is an OpenDocument file. Save it as .xlsx or as CSV."),
        ({"xl/workbook.bin": "x"}, "This is a binary Excel workbook (.xlsb). Save it as .xlsx or as CSV."),
        ({"xl/workbook.xml": "x", "xl/vbaProject.bin": "x"}, "This workbook holds macros. Save it as .xlsx, without them."),
        ({"xl/workbook.xml": "x"}, "This Excel workbook is damaged. Open it, save it again as .xlsx, and try once more."),
    ],
)
def test_archives_that_are_no_workbook(parts, sentence):
    assert refusal(archive(parts), "list.xlsx") == sentence


def test_a_missing_quotation_mark_is_named():
    assert refusal(io.BytesIO(b'Family name,Country\n"Orrin,IE\n' + b"x,y\n" * 60_000)).endswith("Is a quotation mark missing?")
