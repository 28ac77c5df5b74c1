"""Files made to fill a machine, each written by a function; run as a program it reads each in a process of its own and says what
came of it, how long that took and how much memory: ``python -m tests.participants.importing.hostile FOLDER``."""

import json
import multiprocessing
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{OFFICE}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{OFFICE}.sharedStrings+xml"/>'
    "</Types>"
)
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = f'<workbook {NS} xmlns:r="{RELS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
BOOK_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
MEGABYTE = 1_000_000
Pieces = Iterator[str]


def workbook(path: Path, sheet: Pieces, strings: Iterable[str] = ()) -> None:
    """A workbook whose sheet and table of texts come piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        made.writestr("[Content_Types].xml", CONTENT_TYPES)
        made.writestr("xl/workbook.xml", BOOK)
        made.writestr("xl/_rels/workbook.xml.rels", BOOK_RELS)
        for name, root, pieces in (("xl/worksheets/sheet1.xml", "worksheet", sheet), ("xl/sharedStrings.xml", "sst", strings)):
            with made.open(name, "w") as part:
                part.write(f"<{root} {NS}>".encode())
                for piece in pieces:
                    part.write(piece.encode())
                part.write(f"</{root}>".encode())


def cell(text: str = "x") -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def many(piece: str, megabytes: int) -> Pieces:
    """The piece over and over, so many megabytes of it."""
    batch = piece * max(1, MEGABYTE // len(piece))
    return (batch for _ in range(megabytes))


def around(before: str, pieces: Pieces, after: str) -> Pieces:
    yield before
    yield from pieces
    yield after


def zip_bomb(path: Path) -> None:
    workbook(path, around("<sheetData><row>" + cell() + "</row></sheetData>", many(" ", 210), ""))


def million_columns(path: Path) -> None:
    workbook(path, around("<sheetData><row>", many(cell(), 35), "</row></sheetData>"))


def million_rows(path: Path) -> None:
    workbook(path, around("<sheetData>", many("<row>" + cell() * 2 + "</row>", 8), "</sheetData>"))


def empty_rows(path: Path) -> None:
    workbook(path, around("<sheetData>", many("<row/>", 40), "</sheetData>"))


def long_string(path: Path) -> None:
    workbook(path, iter(["<sheetData><row>" + cell() + "</row></sheetData>"]), around("<si><t>", many("x", 35), "</t></si>"))


def many_strings(path: Path) -> None:
    workbook(path, iter(["<sheetData><row>" + cell() + "</row></sheetData>"]), many("<si/>", 35))


def long_head(path: Path) -> None:
    workbook(path, around("", many("<x/>", 50), "<sheetData/>"))


def entities(path: Path) -> None:
    """Ten entities, each ten times the one before: a thousand million words when they are put in."""
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY e0 "lol">{names}]>'
    part(path, f"{doctype}<worksheet {NS}><sheetData><row>{cell('&e9;')}</row></sheetData></worksheet>")


def external_entity(path: Path) -> None:
    doctype = '<!DOCTYPE worksheet [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>'
    part(path, f"{doctype}<worksheet {NS}><sheetData><row>{cell('&passwd;')}</row><row>{cell()}</row></sheetData></worksheet>")


def part(path: Path, sheet: str) -> None:
    """A workbook with this text as its sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", CONTENT_TYPES.replace("sharedStrings", "none"))
        made.writestr("xl/workbook.xml", BOOK)
        made.writestr("xl/_rels/workbook.xml.rels", BOOK_RELS)
        made.writestr("xl/worksheets/sheet1.xml", sheet)


def encrypted_parts(path: Path) -> None:
    """A directory that says of every part that it is encrypted."""
    million_rows_small = ["<sheetData><row>" + cell() + "</row></sheetData>"]
    workbook(path, iter(million_rows_small))
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    path.write_bytes(data)


def many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.xml", BOOK)
        for number in range(20_000):
            made.writestr(f"xl/media/{number}", b"")


def text(path: Path, piece: bytes, megabytes: int, start: bytes = b"Family name,Country\n") -> None:
    """A text file, whose last megabytes are a hole on the disk where it is larger than what may be sent."""
    with path.open("wb") as file:
        file.write(start)
        file.writelines(piece * (MEGABYTE // len(piece)) for _ in range(megabytes))


def endless_line(path: Path) -> None:
    """900 MB in one line; a hole costs the disk nothing."""
    with path.open("wb") as file:
        file.write(b"Family name,Country\nOrrin,")
        file.truncate(900 * MEGABYTE)


def million_csv_columns(path: Path) -> None:
    text(path, b",", 9)


def million_csv_rows(path: Path) -> None:
    text(path, b"Orrin,IE\n", 9)


def long_csv_lines(path: Path) -> None:
    text(path, b"x" * MEGABYTE, 9)


def open_quote(path: Path) -> None:
    text(path, b"x,,,,,,,,\n", 9, start=b'Family name,Country\n"')


KINDS: dict[str, tuple[Callable[[Path], None], str]] = {
    **{kind.__name__: (kind, "xlsx") for kind in (zip_bomb, million_columns, million_rows, empty_rows, long_string, many_strings)},
    **{kind.__name__: (kind, "xlsx") for kind in (long_head, entities, external_entity, encrypted_parts, many_parts)},
    **{kind.__name__: (kind, "csv") for kind in (endless_line, million_csv_columns, million_csv_rows, long_csv_lines, open_quote)},
}


def read(path: Path, answer: Connection) -> None:
    """What the reader makes of a file."""
    from participants.importing import sheets
    from participants.importing.errors import Unreadable

    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        with path.open("rb") as file:
            outcome = f"{len(sheets.read(file, name=path.name).rows)} rows"
    except Unreadable as refusal:
        outcome = str(refusal)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    answer.send({"outcome": outcome, "megabytes": grown, "seconds": time.process_time() - began})


def main() -> None:
    import django

    django.setup()
    from participants.importing import sheets  # once, before the children are made

    assert sheets
    found = {}
    fork = multiprocessing.get_context("fork")
    for kind, (make, suffix) in KINDS.items():
        path = Path(sys.argv[1]) / f"{kind}.{suffix}"
        make(path)
        ours, theirs = fork.Pipe()
        process = fork.Process(target=read, args=(path, theirs))
        process.start()
        theirs.close()
        found[kind] = ours.recv()
        process.join()
        path.unlink()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
