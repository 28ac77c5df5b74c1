"""A file becomes a sheet: headings, and numbered rows of text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from participants.importing import columns, delimited, encodings, limits, workbooks
from participants.importing.errors import Unreadable, too_many_rows

Row = tuple[int, list[str]]

HEADINGS_WITHIN = 15  # rows: above the headings many lists have a title, a date, a logo's place
CSV_NAMES, XLSX_NAMES = frozenset({".csv", ".txt", ".tsv"}), frozenset({".xlsx"})
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a file. Rows bear the numbers that a spreadsheet program shows beside them."""

    kind: str
    headings: list[str]
    rows: list[Row]


def read(file: IO[bytes], *, name: str, encoding: str = "") -> Sheet:
    """The sheet in a file; raises Unreadable, which says why and what to do, for anything else, in memory that does not
    depend on the file. The content decides what it is, and its name must not say otherwise."""
    file.seek(0, 2)
    if file.tell() > limits.MOST_BYTES:
        raise Unreadable(
            _("This file is larger than %(most)d MB. A list of %(rows)s people takes less.")
            % {"most": limits.MOST_BYTES // limits.MEGABYTE, "rows": limits.written(limits.MOST_ROWS)}
        )
    file.seek(0)
    start = file.read(4096)
    kind = kind_of(start + file.read() if start.startswith(OLD_EXCEL) else start, name)
    file.seek(0)
    rows = workbooks.rows_of(file) if kind == "xlsx" else delimited.rows_of(encodings.text_of(file.read(), encoding))
    return with_headings(kind, list(numbered(rows)))


def kind_of(start: bytes, name: str) -> str:
    """``csv`` or ``xlsx``, by the first bytes; raises Unreadable for what can be neither, and where the name says the other."""
    suffix = PurePosixPath(name.replace("\\", "/").lower()).suffix
    refuse_others(start)
    if start.startswith(b"PK"):
        if suffix in CSV_NAMES:
            raise Unreadable(_("The name says CSV, but this is an Excel workbook. Give it a name that ends in .xlsx."))
        kind = "xlsx"
    else:
        if suffix in XLSX_NAMES:
            raise Unreadable(_("The name says Excel, but this is a text file. Give it a name that ends in .csv."))
        kind = "csv"
    if suffix not in CSV_NAMES | XLSX_NAMES:
        raise Unreadable(_("The name must end in .csv or .xlsx."))
    return kind


def refuse_others(start: bytes) -> None:
    """Say what it is, where that can be told, and what to do instead."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start.strip():
        raise Unreadable(_("This file is empty."))
    if start.startswith(OLD_EXCEL):
        if ENCRYPTED in start:
            raise Unreadable(_("This workbook is protected by a password. Save it without one."))
        raise Unreadable(
            _("This is an old Excel workbook (.xls), or one that is protected by a password. Save it as .xlsx, without a password.")
        )
    if text.startswith(b"%pdf"):
        raise Unreadable(_("This is a PDF. Ask for the list as CSV or as an Excel workbook."))
    if text.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta")):
        raise Unreadable(_("This is a web page or XML. Open it in a spreadsheet program and save it as .xlsx or CSV."))
    if text.startswith(b"{\\rtf"):
        raise Unreadable(_("This is a text document. Save the list as CSV or as an Excel workbook (.xlsx)."))


def numbered(rows: Iterable[list[str]]) -> Iterator[Row]:
    """The rows that hold anything, with their numbers; cells cut where they are longer than any field. Refuses too many."""
    kept = 0
    for number, cells in enumerate(rows, start=1):
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(cells) > limits.MOST_COLUMNS:
            raise Unreadable(_("This file has more than %(most)d columns.") % {"most": limits.MOST_COLUMNS})
        kept += 1
        if kept > limits.MOST_ROWS + HEADINGS_WITHIN:
            raise too_many_rows()
        yield number, [cell[: limits.LONGEST_CELL].strip(" \t\r\n") for cell in cells]


def with_headings(kind: str, rows: list[Row]) -> Sheet:
    """The sheet under its headings: the row among the first in which most columns are known; where none is, the first."""
    if not rows:
        raise Unreadable(_("This file holds no rows."))
    first = max(range(min(HEADINGS_WITHIN, len(rows))), key=lambda place: (columns.known(rows[place][1]), -place))
    headings, rest = rows[first][1], rows[first + 1 :]
    if not rest:
        raise Unreadable(_("This file holds headings and no rows."))
    if len(rest) > limits.MOST_ROWS:
        raise too_many_rows()
    width = max(len(headings), max(len(cells) for _number, cells in rest))
    return Sheet(kind, padded(headings, width), [(number, padded(cells, width)) for number, cells in rest])


def padded(cells: list[str], width: int) -> list[str]:
    """The cells, and empty ones up to that width."""
    return cells + [""] * (width - len(cells))
