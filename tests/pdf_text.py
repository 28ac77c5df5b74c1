"""The text of a PDF that typst set, as a reader's search would find it: each run of glyphs through the table of its font."""

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"(\d+) 0 obj\s*<<(.*?)>>\s*stream\n(.*?)\nendstream", re.DOTALL)
MARK = re.compile(rb"\\.|[()]|<[0-9A-Fa-f]+>", re.DOTALL)  # what begins, ends, or could seem to end a string
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def streams(file: bytes) -> Iterator[bytes]:
    """What the streams of the file hold, unpacked."""
    for _number, head, body in STREAM.findall(file):
        if b"FlateDecode" in head:
            yield zlib.decompressobj().decompress(body)
        elif b"Subtype" not in head or b"XML" in head:
            yield body


def tables(parts: list[bytes]) -> list[dict[int, str]]:
    """Which glyph is which text, for each font."""
    found = []
    for part in parts:
        if b"begincmap" in part:
            pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", part)
            found.append({int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs})
    return found


def strings(page: bytes) -> Iterator[bytes]:
    """The strings of a page as they stand in it; parentheses in pairs stand unescaped in one, however deep."""
    depth = start = 0
    for mark in MARK.finditer(page):
        if mark[0] == b"(":
            start = start if depth else mark.start()
            depth += 1
        elif mark[0] == b")" and depth:
            depth -= 1
            if not depth:
                yield page[start : mark.end()]
        elif mark[0].startswith(b"<") and not depth:
            yield mark[0]


def glyphs(shown: bytes) -> list[int]:
    """The glyphs of a string as it stands in the file."""
    if shown.startswith(b"<"):
        raw = bytes.fromhex(shown[1:-1].decode())
    else:
        raw = ESCAPED.sub(lambda m: bytes([int(m[1], 8)]) if m[1].isdigit() else LETTERS.get(m[1], m[1]), shown[1:-1])
    return [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]


def texts_of(file: bytes) -> list[str]:
    """The words of the file once for each font's table, and its metadata: the right reading is among them."""
    parts = list(streams(file))
    pages = [part for part in parts if b" Tf" in part]
    runs = [glyphs(shown) for page in pages for shown in strings(page)]
    readings = ["".join(table.get(glyph, "") for run in runs for glyph in run) for table in tables(parts)]
    meta = [part.decode(errors="replace") for part in parts if b"<?xpacket" in part]
    return [*readings, *meta]
