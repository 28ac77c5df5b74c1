"""Hostile and unusual input, in one place: what is typed, where, and what must come of it.

``surface`` says where it is typed: ``line`` (one line of text), ``text`` (paragraphs), ``email``, ``telephone``, ``date``,
``choice`` (a code from a list), ``key`` (a hidden random key), ``token`` (a secret in an address). ``expected`` is REFUSED
(an error beside the field, nothing stored), DROPPED (treated as if nothing had been typed), or the text that is kept.
Add a case here and every form that has such a field meets it.
"""

import unicodedata
from typing import NamedTuple
from urllib.parse import quote_from_bytes

REFUSED, DROPPED = "(refused)", "(dropped)"


class Case(NamedTuple):
    """One input and what must come of it."""

    surface: str
    payload: str
    expected: str


def kept(surface, *payloads):
    """Inputs that are kept exactly as typed."""
    return [Case(surface, payload, payload) for payload in payloads]


def refused(surface, *payloads):
    """Inputs that get an error."""
    return [Case(surface, payload, REFUSED) for payload in payloads]


HIDDEN = (
    "Ni\x00all",  # NUL
    "\x00",
    "\ud800",  # half of a character
    "Niall\udfff",
    "\x1b[31mNiall",  # terminal escape
    "Niall\x9b31m",  # the same as one C1 control
    "Niall\x7f",
    "\u202eNiall",  # right-to-left override
    "Niall\u2066x\u2069",  # isolates
    "\u200b\u200c",  # nothing but zero-width
    "\u3164",  # Hangul filler, looks empty
    "Niall\U000e0041",  # tag character
    "Niall\u2028x",  # line separator
    "Z" + "\u0301" * 90,  # runaway accents
    "Niall\ufffd",  # a lost character
    "Niall\ue000",  # private use
)

CORPUS = [
    *kept(
        "line",
        "Ní Bhriain-O'Connor",
        "O’Néill",
        "김민준",
        "Nguyễn Thị Minh Khai",
        "van der Berg",
        "McADAMS",  # never re-cased
        "Þórðardóttir",
        "Łukasz Żółć",
        "عبد الرحمن",
        "नि\u200dशा",  # a joiner among letters
        "=cmd|' /C calc'!A0",  # exports make it harmless, names are kept
        "<b>Niall</b>",
        "<script>alert(1)</script>",
        "{{ 7*7 }} {% debug %} {name}",
        "Robert'); DROP TABLE participants;--",
        "%00%s%n",
        "null",
        "undefined",
        "../../etc/passwd",
        "-1",
        "9" * 90,
    ),
    Case("line", "  Niall \u00a0", "Niall"),
    Case("line", unicodedata.normalize("NFD", "Siobhán"), "Siobhán"),
    *refused("line", *HIDDEN, "two\nlines", "two\r\nlines", "tab\tstop", "x" * 201, "x" * 900_000),
    Case("text", "one\r\ntwo", "one\ntwo"),
    *kept("text", "Nuts.\n\nAnd <i>eggs</i>.", "🥜"),
    *refused("text", *HIDDEN, "x" * 1001),
    Case("email", " Siobhan.OCONNOR@Garda.Example ", "siobhan.oconnor@garda.example"),
    Case("email", "a@b.example\r\n", "a@b.example"),
    Case("email", "name@bücher.example", "name@xn--bcher-kva.example"),
    Case("email", "a@ﬁ\u200b.example", "a@fi.example"),
    *kept(
        "email",
        "o'connor+cyber@garda.example",
        "a@b.example",
        "name@xn--bcher-kva.example",
        "l" * 64 + "@garda.example",
    ),
    *refused(
        "email",
        "siobhan",
        "@garda.example",
        "siobhan@",
        "siobhan@localhost",
        "siobhan@[127.0.0.1]",
        "siobhan@127.0.0.1",
        "siobhán@garda.example",  # a local part that most mail servers refuse
        '"siobhan"@garda.example',
        '"a@b"@garda.example',
        "a@b.example, c@d.example",
        "a@b.example\nBcc: c@d.example",
        "a@b.example\x00",
        "a@b\x00.example",
        "\u202ea@b.example",
        "a@b\ud800.example",
        "a..b@garda.example",
        ".a@garda.example",
        "a.@garda.example",
        "l" * 65 + "@garda.example",
        "a@" + "b" * 64 + ".example",
        "a@" + ".".join(["b" * 60] * 5) + ".example",
        "a@-b.example",
        "Siobhán <a@b.example>",
        "x" * 900_000,
    ),
    *kept("telephone", "+353 1 555 0123", "(01) 555-0123", "+33.3.88.41.20.00", "0015550123 ext 12"),
    *refused("telephone", "call me", "12", "+353 <b>1</b>", "1" * 41, "+353\x001", "\u202e+353 1 555 0123"),
    *refused(
        "date",
        "tomorrow",
        "2026-02-30",
        "0000-00-00",
        "99999-01-01",
        "-1",
        "2026-13-01",
        "1e9",
        "\x00",
        "\ud800",
        "9" * 5000,
        "1066-10-14",
        "9999-12-31",
    ),
    *refused("choice", "nonsense", "ie", "IE\x00", "\ud800", "-1", "9" * 5000, "' OR 1=1 --", "\u202eIE", "[]", "{}"),
    *refused("key", "", "short", "k" * 65, "k" * 100_000, "../../../../etc", "kkkkkkkk\x00", "\ud800kkkkkkkk", "<script>kkk"),
    *refused("token", "x", "x" * 5000, "%00", "..", "\u202e", "'or'1'='1", "é" * 50),
]

# Typed or stored, this must come out as text wherever it is shown: no tag, no end of an attribute, no template.
CANARY = "kanari\"'<kanari>&{{3*23333331}}"
RAN = "69999993"  # what a template would make of it

# For any field of any form, besides what its kind of field gets.
HOSTILE = [
    CANARY,
    "",
    "\x00",
    "\ud800",
    "\u202evogel",
    "x\r\nBcc: vogel@evil.example\r\n\r\nvogel",
    "=vogel|' /C calc'!A0",
    "javascript:vogel(1)",
    "9" * 5000,
    "-1",
    "99999999999999999999",
    "1e999",
    "NaN",
    "[1]",
    '{"a": {"b": []}}',
    "x" * 3000,
]

# What stands in an address where a word, a key or a token belongs, as a browser would send it.
PIECES = [
    "%00",
    "..",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%252e%252e%252f",
    "%0d%0aSet-Cookie:%20vogel=1",
    "%ff%fe",
    "%ED%A0%80",
    "%E2%80%AEnalp",
    "kanari%22'%3Ckanari%3E",
    "%7B%7B3*23333331%7D%7D",
    "'%20OR%201=1%20--",
    "9" * 30,
    "x" * 3000,
    "-1",
    "None",
]

# Behind the question mark of any address.
QUESTIONS = [
    "next=//evil.example/&lang=%00",
    "q=kanari%22'%3Ckanari%3E&asked=kanari%22'%3Ckanari%3E&sector=kanari%22'%3Ckanari%3E",
    "page=%00&p=-1&o=%ED%A0%80&e=1&pk=x",
    "meeting=%00&meeting__id__exact=vogel&state__exact=%7B%7D&year=9999999999999999999999",
    "format=../../etc/passwd&_popup=1&_to_field=password&_changelist_filters=%00",
    "&".join(f"a{n}={n}" for n in range(300)),
    "is_staff=1&user__password__startswith=a&participant__needs__diet=vegan",
    "%00=%00&[]=[]&a[b]=c&=",
]

# Names of files that are sent; each is only a name, ends as it should, and leads nowhere.
FILE_NAMES = ["../../x.csv", "..\\..\\x.csv", "x\x00.csv", "\u202efdp.csv", "x" * 150 + ".csv", "a;b.csv", "%s%n.csv", "é'<b>.CSV"]

# Files that are no letters, whatever their names say: each is refused wherever one is uploaded.
NO_LETTERS = [
    ("letter.html", b"<script>alert(1)</script>"),
    ("letter.pdf", b"<html><script>alert(1)</script>"),
    ("letter.svg", b"<svg onload='alert(1)'/>"),
    ("letter.pdf.exe", b"%PDF-1.7"),
    ("letter", b"%PDF-1.7"),
    ("letter.png", b"%PDF-1.7"),
    ("letter.jpg", b"GIF89a"),
    ("letter.docx", b"PK\x03\x04 not a zip"),
    ("letter.docx", b"%PDF-1.7"),
    ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("letter.pdf", b""),
    ("letter.pdf", b"%PDF-1.7" + b"x" * 5_000_000),
]

# What stands in an address of the back office where a row's key belongs; none of them is one.
KEYS = ["x", "%00", "_5F", "1_2C2", "%ED%A0%80", "9" * 30, "9" * 5000, "-1", "0", "1.5", "1e9", "%C2%B2", "'--", "None"]

# Query strings of its lists.
QUERIES = [
    *(f"pk__in={key}" for key in KEYS),
    *(f"pk__exact={key}" for key in KEYS),
    f"pk__range=1,{'9' * 30}",
    f"pk__gt={'9' * 30}",
    "pk__isnull=x",
    "nonsense=1",
    "nonsense__pk__in=1",
    "starts_on__year=99999",
    "changed_at__year=99999",
    "made_at__date=%00",
    "name__regex=(",
    "name_en__regex=(",
    "code__iregex=(",
    "p=-1",
    f"p={'9' * 30}",
    "p=x",
    "o=-99.x.%00",
    "q=%00",
    "q=%ED%A0%80",
    f"q={'x' * 5000}",
    "_to_field=password",
    "_facets=%00",
    "all=%00",
    "e=1&nonsense=1",
]


def cases(*surfaces):
    """The cases of some surfaces, for ``parametrize``."""
    return [case for case in CORPUS if case.surface in surfaces]


def case_id(case):
    """A short name for a case in the test report."""
    return f"{case.surface}-{ascii(case.payload)[:30]}-{len(case.payload)}"


def urlencoded(data):
    """A form as a hostile client sends it: halves of characters and all."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in data.items())


def quoted(text):
    """One name or value of such a form."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")
