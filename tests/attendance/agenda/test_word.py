import datetime as dt
import zipfile
from io import BytesIO

import pytest
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn

from attendance.agenda import as_docx
from tests.attendance.agenda.conftest import AT, made

pytestmark = pytest.mark.django_db


def opened(agenda):
    return Document(BytesIO(as_docx(agenda, at=AT)))


def everything(file):
    """All XML of the file."""
    with zipfile.ZipFile(BytesIO(file)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels")))


def test_headings_are_headings(agenda):
    headings = [(line.style.name, line.text) for line in opened(agenda).paragraphs if line.style.name.startswith("Heading")]

    assert headings == [
        ("Heading 1", "Programme"),
        ("Heading 2", "Tuesday 12 December 2017"),
        ("Heading 2", "Wednesday 13 December 2017"),
    ]


def test_head_of_each_table_is_repeated(agenda):
    tables = opened(agenda).tables

    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [["No.", "Time", "Item", "Room"]] * 2
    assert [[row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] for table in tables] == [
        [True, False, False],
        [True, False],
    ]


def test_row_tells_what_who_where_and_how(agenda):
    row = opened(agenda).tables[0].rows[1]

    assert [cell.text for cell in row.cells] == [
        "1",
        "09:00–10:00",
        "State of play  TLP:GREEN \nPlenary · English · English and French interpretation\nMarkets.\nCoins.\n"
        "Odile Marchetti, Head of compliance, Coin Exchange",
        "Main hall",
    ]


def test_properties_name_the_organisation_and_nobody(agenda):
    properties = opened(agenda).core_properties

    assert (properties.title, properties.subject) == ("Programme – Annual meeting on drug-related cybercrime", "P-PG/Cyber (2017) OJ E")
    assert (properties.author, properties.last_modified_by) == ("Council of Europe – Pompidou Group",) * 2
    assert (properties.comments, properties.keywords, properties.created.replace(tzinfo=dt.UTC)) == ("", "", AT)


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_language_is_set(programme, language, locale):
    with override(language):
        document = opened(made(programme))

    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert [mark.get(qn("w:val")) for mark in defaults.iter(qn("w:lang"))] == [locale]
    assert document.core_properties.language == locale


def test_text_in_the_other_language_is_marked(programme):
    with override("fr"):
        document = opened(made(programme))

    title = document.tables[0].rows[1].cells[2].paragraphs[0].runs[0]
    assert (title.text, [mark.get(qn("w:val")) for mark in title._r.iter(qn("w:lang"))]) == ("State of play", ["en-GB"])


def test_nothing_of_a_masked_session_is_in_it(agenda):
    assert "Canary" not in everything(as_docx(agenda, at=AT))


def test_those_entitled_read_it_under_its_label(programme, secretariat):
    document = opened(made(programme, secretariat))

    assert document.tables[1].rows[1].cells[2].text.splitlines() == [
        "Canary title  TLP:RED ",
        "Closed session",
        "Canary abstract",
        "Canary speaker",
    ]
    section = document.sections[0]
    assert [part.paragraphs[-1].text for part in (section.header, section.footer)] == [" TLP:RED "] * 2


def test_foot_counts_the_pages(agenda):
    foot = opened(agenda).sections[0].footer.paragraphs[0]

    assert foot.text == "As it stood on 1 December 2017 · Page  of "
    assert [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
