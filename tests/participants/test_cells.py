"""Every cell that leaves is only text, whatever somebody typed, and reads back as it was written."""

import csv
import datetime as dt
import io
import unicodedata
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.cells import csv_chunks, safe_cell, xlsx_file

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40)  # halves of characters and controls included
HOSTILE_STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
HOSTILE_TEXT = st.builds(
    lambda blanks, start, rest: blanks + start + rest, st.text(" '\"\u00a0\u200b", max_size=3), st.sampled_from(HOSTILE_STARTS), ANY_TEXT
)
CELL = st.one_of(ANY_TEXT, HOSTILE_TEXT, st.integers(-(2**40), 2**40), st.dates(), st.none(), st.booleans())


def rows_of_csv(content: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def rows_of_xlsx(rows: list[list[object]]) -> list[list[openpyxl.cell.Cell]]:
    with xlsx_file([rows], title="Test") as file:
        return [list(row) for row in openpyxl.load_workbook(file).active.iter_rows()]


@pytest.mark.parametrize("start", HOSTILE_STARTS)
def test_a_text_that_starts_like_a_formula_gets_an_apostrophe(start: str) -> None:
    cell = safe_cell(f"{start}cmd|' /C calc'!A0")

    assert cell[0] == "'"


@pytest.mark.parametrize("text", ["  =1+1", '"=1+1', "'=1+1", "\u00a0@SUM(A1)", "\u200b=1+1", " \x1b+1"])
def test_a_formula_after_blanks_or_quotes_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text)[0] == "'"


def test_a_telephone_number_survives_readably() -> None:
    assert safe_cell("+353 1 555 01 00") == "'+353 1 555 01 00"


@pytest.mark.parametrize("name", ["Siobhán Ní Bhriain-O'Connor", "김민준", "'t Hart", "Ağaoğlu", "d’Amico", "Орлова", "(Ret.) Brandt"])
def test_a_name_stays_as_typed(name: str) -> None:
    assert safe_cell(name) == name


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert [safe_cell(value) for value in (0, -3, 2.5, True, None)] == [0, -3, 2.5, 1, ""]


@pytest.mark.parametrize("value", [float("nan"), float("-inf")])
def test_a_number_without_a_value_is_text(value: float) -> None:
    assert isinstance(safe_cell(value), str)


def test_days_and_moments_are_in_iso_form() -> None:
    moment = dt.datetime(2026, 11, 24, 9, 30, 15, 999, tzinfo=dt.UTC)

    assert [safe_cell(dt.date(2026, 11, 24)), safe_cell(moment)] == ["2026-11-24", "2026-11-24T09:30:15+00:00"]


def test_line_breaks_become_blanks_and_controls_go() -> None:
    assert safe_cell("Rue de la\r\nPaix\x1b[31m \u202e12\x00") == "Rue de la  Paix[31m 12"


@given(ANY_TEXT)
def test_no_control_character_leaves(text: str) -> None:
    cell = safe_cell(text)

    assert [c for c in cell if unicodedata.category(c) in {"Cc", "Cs", "Cn"}] == []


@given(HOSTILE_TEXT)
def test_nothing_that_starts_like_a_formula_leaves(text: str) -> None:
    cell = safe_cell(text)

    assert cell[0] == "'"


@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=4), st.sampled_from(",;"), st.booleans())
def test_csv_reads_back_as_the_safe_cells(rows: list[list[object]], separator: str, bom: bool) -> None:
    content = b"".join(csv_chunks([[["a", "b", "c"]], rows], separator=separator, bom=bom))

    assert rows_of_csv(content, separator) == [["a", "b", "c"], *([str(safe_cell(value)) for value in row] for row in rows)]


@settings(deadline=None, max_examples=30)  # writes and opens a file each time
@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=3))
def test_xlsx_reads_back_as_the_safe_cells_and_holds_no_formula(rows: list[list[object]]) -> None:
    cells = [cell for row in rows_of_xlsx([["a", "b"], *rows]) for cell in row]

    assert [cell.value or "" for cell in cells] == ["a", "b", *(safe_cell(value) or "" for row in rows for value in row)]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []


def test_a_csv_file_starts_with_the_mark_and_ends_lines_with_cr_lf() -> None:
    assert b"".join(csv_chunks([[["Name", "Pays"]], [["Zoë", "Éire"]]])) == "\ufeffName,Pays\r\nZoë,Éire\r\n".encode()


def test_a_csv_file_without_mark_and_with_semicolons() -> None:
    assert b"".join(csv_chunks([[["Name", "Pays"]], [["a;b", "c,d"]]], separator=";", bom=False)) == b'Name;Pays\r\n"a;b";c,d\r\n'


def test_markup_that_the_xlsx_writer_would_pass_on_stays_text() -> None:
    [[cell]] = rows_of_xlsx([["<r><t>1</t></c></r>"]])

    assert cell.value == "'<r><t>1</t></c></r>"


def test_a_web_address_is_no_link() -> None:
    [[cell]] = rows_of_xlsx([["https://evil.example/"]])

    assert (cell.value, cell.hyperlink) == ("https://evil.example/", None)


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    [[cell]] = rows_of_xlsx([["x" * 40_000]])

    assert len(cell.value) == 32_767


def test_an_xlsx_file_names_nobody_in_its_properties() -> None:
    with xlsx_file([[["Name"]]], title="Hotel") as file, zipfile.ZipFile(file) as parts:
        properties = parts.read("docProps/core.xml").decode()

    assert "<dc:creator></dc:creator>" in properties
    assert "<dc:title>Hotel</dc:title>" in properties
