"""Reading Excel workbooks (.xlsx) that may be hostile: what they unpack to is measured before anything is made of it.

openpyxl reads row by row, with defusedxml, which refuses entities; formulas are not evaluated, the value that was stored with
them is taken. What is left to look after is size: a part is put together in memory up to the end of an element.
"""

import datetime as dt
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import ParseError  # defusedxml raises it too

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from participants.importing import limits
from participants.importing.errors import Unreadable, too_many_rows

PIECE = 65_536
OVERLAP = 64
ROW_TAG = re.compile(rb"<(?:\w{1,20}:)?row[\s/>]")
STRING_TAG = re.compile(rb"<(?:\w{1,20}:)?si[\s/>]")
SHEET_END = re.compile(rb"</(?:\w{1,20}:)?sheetData>")
SHEETS, STRINGS = "xl/worksheets/", "sharedstrings.xml"
# What broken or hostile files make the libraries raise.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ParseError, DefusedXmlException, InvalidFileException),
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, NotImplementedError, RuntimeError, RecursionError, OverflowError),
)


def rows_of(file: IO[bytes]) -> Iterator[list[str]]:
    """The rows of the first sheet that shows and holds anything, as text, gaps filled with empty rows."""
    try:
        with zipfile.ZipFile(file) as archive:
            check_kind(archive)
            measure(archive)
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions it does not know, which do not concern us
            yield from filled_rows(load_workbook(file, read_only=True, data_only=True, keep_links=False))
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable(_("This Excel workbook is damaged. Open it, save it again as .xlsx, and try once more.")) from error


def check_kind(archive: zipfile.ZipFile) -> None:
    """Refuse what is packed in the same way and is no workbook."""
    names = set(archive.namelist()[: limits.MOST_PARTS + 1])
    if "xl/workbook.bin" in names:
        raise Unreadable(_("This is a binary Excel workbook (.xlsb). Save it as .xlsx or as CSV."))
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable(_("This is an OpenDocument file. Save it as .xlsx or as CSV."))
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is not an Excel workbook. Save the list as .xlsx or as CSV."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(_("This workbook holds macros. Save it as .xlsx, without them."))


def measure(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook that would unpack to more than any list of people, by its directory and by reading it once."""
    parts = archive.infolist()
    if len(parts) > limits.MOST_PARTS or sum(part.file_size for part in parts) > limits.MOST_UNPACKED:
        raise too_large()
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable(_("This workbook is protected by a password. Save it without one."))
        name = part.filename.lower()
        if name.startswith(SHEETS) and name.endswith(".xml"):
            if look_through(archive, part, ROW_TAG, largest=limits.LARGEST_SHEET, most=limits.MOST_SHEET_ROWS) > limits.MOST_SHEET_ROWS:
                raise too_many_rows()
        elif name.endswith(STRINGS):
            if look_through(archive, part, STRING_TAG, largest=limits.LARGEST_STRINGS, most=limits.MOST_STRINGS) > limits.MOST_STRINGS:
                raise too_large()
        elif is_read_whole(name) and part.file_size > limits.LARGEST_PART:
            raise too_large()


def is_read_whole(name: str) -> bool:
    """True for the small parts that openpyxl reads at one go: contents, workbook, styles, theme, relations."""
    return name.endswith(".rels") or name.startswith(("[content_types]", "docprops/", "xl/theme/", "xl/styles", "xl/workbook"))


def look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, tag: re.Pattern[bytes], *, largest: int, most: int) -> int:
    """Read a part without keeping it, and count its tags until they are more than ``most``; refuse more bytes than ``largest``,
    and too much between two tags."""
    total = found = since = 0
    longest, kept = limits.LARGEST_ROW, b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            total, since = total + len(piece), since + len(piece)
            window = kept + piece
            places = [match.start() for match in tag.finditer(window) if match.end() > len(kept)]  # the others were counted before
            found += len(places)
            if places:
                since = len(window) - places[-1]
            if found > most:
                return found
            if SHEET_END.search(window):
                longest = limits.LARGEST_TAIL
            if total > largest or since > longest + PIECE:
                raise too_large()
            kept = window[-OVERLAP:]
    return found


def too_large() -> Unreadable:
    """The refusal of a workbook that unpacks to too much."""
    return Unreadable(
        _("Unpacked, this workbook is far larger than a list of people. Copy the list into a new workbook, or save it as CSV.")
    )


def filled_rows(book: Any) -> Iterator[list[str]]:
    """The rows of the first sheet that holds anything; a sheet that is empty or hidden is passed over."""
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        is_empty = True
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > limits.LAST_ROW:
                break
            row = [text_of(cell) for cell in cells]
            is_empty = is_empty and not any(row)
            yield row
        if not is_empty:
            return


def text_of(value: object) -> str:
    """What a cell shows, as text: whole numbers without a decimal point, days in ISO form."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
