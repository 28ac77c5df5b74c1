"""Every cell that leaves in CSV or XLSX goes through here: ``safe_cell``, and the only two writers, which apply it.

A spreadsheet program takes a text that starts with = + - @ (or their full-width forms, or after a tab or a line break)
for a formula and may run it (OWASP, "CSV Injection"). Such a text gets a leading apostrophe, which the same programs
show as a mark that what follows is text. A telephone number "+353 1 555 01 00" thus leaves as "'+353 1 555 01 00":
readable, and never dialled as a sum.
"""

import csv
import datetime as dt
import io
import math
import tempfile
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import IO

from xlsxwriter import Workbook

from accounts.text import BIDI_CONTROLS

Batch = Sequence[Sequence[Hashable]]

FORMULA_STARTS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫−\t\r\n\0")
QUOTES = frozenset("'\"`‘’‚“”„«»")
LINE_ENDS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
BOM = "\ufeff"
LONGEST_CELL = 32_767  # characters, the limit of the XLSX format
MOST_XLSX_ROWS, LAST_XLSX_COLUMN = 1_048_576, 16_383


def safe_cell(value: object) -> str | int | float:
    """Return what may stand in a cell for ``value``: numbers as they are, dates in ISO form, text that is only text."""
    if isinstance(value, str):
        # The usual case, decided without looking at each character in Python: an export has millions of cells.
        return value if value.isprintable() and (value[:1].isalnum() or not value) else safe_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else safe_text(str(value))


def safe_text(text: str) -> str:
    """The text on one line without control characters, with an apostrophe before whatever could be read as a formula."""
    kept = text if text.isprintable() else "".join(" " if c in LINE_ENDS else c for c in text if is_kept(c))
    return f"'{kept}" if reads_as_formula(text) else kept


def is_kept(character: str) -> bool:
    """False for what steers a parser, a terminal or the reading order, and for what XML cannot hold."""
    if character in LINE_ENDS:
        return True
    return character not in BIDI_CONTROLS and unicodedata.category(character) not in {"Cc", "Cs", "Cn"}


def reads_as_formula(text: str) -> bool:
    """True when the first thing a spreadsheet program would look at starts a formula, be it after blanks or quotes."""
    for character in text:
        if character in FORMULA_STARTS:
            return True
        if not (character.isspace() or character in QUOTES or unicodedata.category(character) == "Cf" or not is_kept(character)):
            return False
    return False


def safe_rows(batch: Batch) -> Iterator[tuple[str | int | float, ...]]:
    """The rows with every cell safe. A column repeats itself (countries, statuses, days), so each value is looked at once."""
    columns = []
    for column in zip(*batch, strict=True):
        safe = {value: safe_cell(value) for value in set(column)}
        columns.append([safe[value] for value in column])
    return zip(*columns, strict=True)


def csv_chunks(batches: Iterable[Batch], *, separator: str = ",", bom: bool = True) -> Iterator[bytes]:
    """Write the batches of rows as UTF-8 CSV (RFC 4180, lines end with CR LF), one piece of the file for each batch."""
    start = BOM if bom else ""
    for batch in batches:
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
        writer.writerows(safe_rows(batch))
        yield (start + buffer.getvalue()).encode()
        start = ""


def xlsx_file(batches: Iterable[Batch], *, title: str) -> IO[bytes]:
    """Write the batches of rows, the first row being the headings, into a temporary XLSX file; return it from its start.

    The rows go to the disk one by one, so memory does not grow with them.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller, who reads and closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, LAST_XLSX_COLUMN, 20)
        heading = book.add_format({"bold": True})
        for number, row in enumerate(row for batch in batches for row in safe_rows(batch)):
            if number >= MOST_XLSX_ROWS:
                raise ValueError("An XLSX sheet holds 1,048,576 rows; a CSV file has no limit.")
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, literal(cell), None if number else heading)
                else:
                    sheet.write_number(number, column, cell)
    file.seek(0)
    return file


def literal(text: str) -> str:
    """The text so that XlsxWriter writes it as such: within the format's limit, and not as the markup it takes <r>…</r> for."""
    return ("'" + text if text.startswith("<r>") else text)[:LONGEST_CELL]
