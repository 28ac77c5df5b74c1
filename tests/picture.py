"""Pages drawn as pictures, to be looked at by a scanner: what typst makes of a template, in shades of grey."""

import json
import struct
import zlib

import typst

from correspondence import pdf
from tests.project.source import ROOT

FOLDER = ROOT / "templates" / "pdf"
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


def page_of(template: str, data: dict, *, ppi: int = 150) -> memoryview:
    """The one page of a document as rows of grey."""
    return grey(png_of(template, data, ppi=ppi))


def png_of(template: str, data: dict, *, ppi: int = 150) -> bytes:
    """The one page of a document as a picture."""
    inputs = {"data": json.dumps(data)}
    return typst.compile(FOLDER / f"{template}.typ", root=FOLDER, font_paths=pdf.fonts(), sys_inputs=inputs, format="png", ppi=ppi)


def grey(png: bytes) -> memoryview:
    """The first channel of each pixel of a PNG file with eight bits each."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert depth == 8
    step, at, packed = CHANNELS[kind], 8, b""
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    raw, rows, above = zlib.decompress(packed), bytearray(), bytearray(width * step)
    for number in range(height):
        start = number * (width * step + 1)
        above = unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * step]), above, step)
        rows += above[::step]
    return memoryview(bytes(rows)).cast("B", (height, width))


def unfiltered(kind: int, row: bytearray, above: bytearray, step: int) -> bytearray:
    """A row of a PNG as it was before it was made smaller."""
    for at in range(len(row)):
        left, up = row[at - step] if at >= step else 0, above[at]
        corner = above[at - step] if at >= step else 0
        row[at] = (row[at] + (0, left, up, (left + up) // 2, nearest(left, up, corner))[kind]) & 255
    return row


def nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))
