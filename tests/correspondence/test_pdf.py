"""The one renderer: text stays text, whatever its script; nothing is fetched; the file can be archived and read aloud."""

import json
import re

import pytest
import typst

from correspondence import pdf
from tests.project.source import ROOT

FOLDER = ROOT / "templates" / "pdf"
LETTER = {
    **dict.fromkeys(("organiser", "unit", "mark", "reference", "place_and_date", "salutation", "farewell"), "x"),
    **dict.fromkeys(("signatory", "signatory_title", "footnote", "contact", "page"), "x"),
    **{"language": "en", "title": "A letter", "addressee": ["Ireland"], "opening": [], "closing": [], "facts": [["Dates", "today"]]},
}


def headings(data):
    """The headings of a document as its readers get them."""
    inputs = {"data": json.dumps(data)}
    found = typst.query(FOLDER / "letter.typ", "heading", root=FOLDER, font_paths=pdf.fonts(), sys_inputs=inputs)
    return [heading["body"]["text"] for heading in json.loads(found)]


def test_a_document_can_be_archived_and_read_aloud():
    file = pdf.render("letter", LETTER)

    assert file.startswith(b"%PDF-1.7")
    assert re.findall(rb"<pdfaid:part>(\d)</pdfaid:part><pdfaid:conformance>(\w)</pdfaid:conformance>", file) == [(b"2", b"A")]
    assert re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", file) == [b"1"]


@pytest.mark.parametrize(
    "words",
    ['#read("/etc/passwd")', "*bold* _it_ $x^2$", '#import "@preview/x:1.0.0"', "\\ # [ ] < > @ab", '</json>"},', "= Title"],
)
def test_what_somebody_typed_is_never_markup(words):
    assert headings({**LETTER, "title": words}) == [words]


@pytest.mark.parametrize(
    "words",
    [
        "Žemaitytė Ní Fhaoláin Çağlayan Ægir",
        "Μαρία Παπαδοπούλου",
        "Ђорђе Київ",
        "Հայաստան",
        "საქართველო",
        "محمد",
        "שלום",
        "김민준 王小明 山田",
    ],
)
def test_every_script_of_the_members_is_drawn(words, caplog):
    pdf.render("letter", {**LETTER, "title": words, "addressee": [words]})

    assert caplog.messages == []


def test_a_letter_no_font_has_is_marked_and_the_document_made(caplog):
    file = pdf.render("letter", {**LETTER, "title": "የኢትዮጵ 😀", "facts": [["Name", "የ"]]})

    assert file.startswith(b"%PDF")
    assert caplog.messages == ["The fonts lack 6 characters of a document letter"]


def test_a_template_that_is_wrong_says_so():
    with pytest.raises(pdf.CannotBeDrawn):
        pdf.render("letter", {"language": "en"})


def test_templates_stand_on_nothing_outside_their_folder():
    """An import of a package would be fetched, and a path that leads out would read the server's files."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.typ"))

    assert re.findall(r"@preview|@local|\.\./|https?:", sources) == []


def test_the_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (pdf.FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert len(list(pdf.FONTS.glob("*.[ot]tf"))) == 11
