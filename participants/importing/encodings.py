"""In which encoding a text file was saved: most programs do not write it down, so the letters must tell."""

import codecs
import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from participants.importing.errors import Unreadable

# What the page offers to those whose accents come out wrong.
CHOICES: tuple[tuple[str, Any], ...] = (
    ("", _lazy("Recognise it")),
    ("utf-8", _lazy("Unicode (UTF-8)")),
    ("cp1252", _lazy("Western European (Windows-1252)")),
    ("cp1250", _lazy("Central European (Windows-1250)")),
    ("cp1253", _lazy("Greek (Windows-1253)")),
    ("cp1251", _lazy("Cyrillic (Windows-1251)")),
    ("cp1254", _lazy("Turkish (Windows-1254)")),
    ("mac_roman", _lazy("Western European (old Macintosh)")),
)

MARKS = (  # the longer first: a mark of UTF-32 begins with one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 400_000  # bytes; enough to tell one language from another

# Letters of Western and of Central Europe that share a byte: the same byte is "è" to one and "č" to the other. The figure
# says how often the letter stands in the languages of its region.
WESTERN = {"à": 3, "è": 3, "ê": 2, "ñ": 2, "ø": 3, "å": 2, "æ": 3, "ã": 2, "õ": 1, "ï": 1, "û": 1, "ù": 1, "ò": 1, "À": 1, "Ø": 1, "Å": 1}
CENTRAL = {
    **{"č": 3, "ę": 2, "ě": 3, "ń": 2, "ć": 3, "ř": 3, "ů": 2, "ő": 2, "ű": 1, "ă": 2, "ď": 1, "ň": 1, "đ": 1, "ş": 1, "ţ": 2},
    **{"ł": 4, "ą": 4, "ż": 4, "Ł": 4, "ś": 3, "ź": 3, "ľ": 1, "š": 3, "ž": 3, "Š": 2, "Ž": 2, "Č": 2, "Ż": 3, "Ś": 2},
}
TYPICAL = {"cp1252": WESTERN, "cp1250": CENTRAL, "mac_roman": WESTERN}
FOREIGN = re.compile(r"(.?)([^\x00-\x7f])(.?)", re.DOTALL)
BETWEEN_LETTERS = frozenset("’‘–-·")  # may stand inside a word


def text_of(data: bytes, encoding: str = "") -> str:
    """The text of a file; its encoding is recognised unless it is named. Raises Unreadable for what is no text."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return decoded(data, name)
    if wide := without_mark(data):
        return decoded(data, wide)
    if b"\x00" in data:
        raise Unreadable(_("This is not a text file. Save the list as CSV or as an Excel workbook (.xlsx)."))
    if encoding:
        return decoded(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(most_likely(data), errors="replace")


def decoded(data: bytes, encoding: str) -> str:
    """The text in that encoding, or a refusal that says so."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not in the encoding %(name)s, or it was cut off.") % {"name": encoding.upper()}) from error


def without_mark(data: bytes) -> str:
    """The byte order of UTF-16 without its mark, where every second byte of the beginning is empty; "" for anything else."""
    start = data[:200]
    if len(start) < 4 or len(data) % 2:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.7 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd == 0 else ""


def most_likely(data: bytes) -> str:
    """Windows-1252, its Central European sister, or the old Macintosh: whichever makes most sense as words."""
    start = data[:LOOKED_AT]
    best = max(("cp1252", "cp1250", "mac_roman"), key=lambda name: likelihood(start.decode(name, errors="replace"), TYPICAL[name]))
    # Bytes that Windows-1252 does not use are controls in Latin 1; the cleaner refuses them where they stand.
    return "latin-1" if best == "cp1252" and any(byte in start for byte in b"\x81\x8d\x8f\x90\x9d") else best


def likelihood(text: str, typical: dict[str, int]) -> int:
    """How much ``text`` looks like names: letters where letters belong, no sign amid a word, no capital after a small letter."""
    score = 0
    for before, character, after in FOREIGN.findall(text):
        if character.isalpha():
            score += typical.get(character, 0)
            score += -6 if character.isupper() and before.islower() else 1
        elif character == "\ufffd" or (character not in BETWEEN_LETTERS and (before.isalpha() or after.isalpha())):
            score -= 4
    return score
