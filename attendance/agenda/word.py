"""An agenda as a Word file: real headings, tables whose head repeats, its language set, and nobody's name in its properties."""

import datetime as dt
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from attendance.agenda.contents import Agenda, AgendaDay, Entry
from meetings.languages import Wording

FONT = "Arial"
BRAND, MUTED = RGBColor(0x12, 0x3C, 0x7A), RGBColor(0x4A, 0x55, 0x68)
WIDTHS = (Mm(11), Mm(27), Mm(98), Mm(30))
LABEL_COLOURS = {
    "TLP:RED": RGBColor(0xFF, 0x2B, 0x2B),
    "TLP:AMBER+STRICT": RGBColor(0xFF, 0xC0, 0x00),
    "TLP:AMBER": RGBColor(0xFF, 0xC0, 0x00),
    "TLP:GREEN": RGBColor(0x33, 0xFF, 0x00),
}
LOCALES = {"en": "en-GB", "fr": "fr-FR"}


def as_docx(agenda: Agenda, *, at: dt.datetime) -> bytes:
    """The file, made at ``at``."""
    document = Document()
    describe(document, agenda, at)
    set_styles(document, agenda.language)
    set_page(document)
    write_frame(document, agenda)
    write_opening(document, agenda)
    for day in agenda.days:
        write_day(document, day, agenda.language)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def describe(document: WordDocument, agenda: Agenda, at: dt.datetime) -> None:
    """The properties of the file: those of the library's empty page would name its maker."""
    properties = document.core_properties
    properties.title = f"{agenda.title} – {agenda.meeting.text}"
    properties.subject = agenda.reference
    properties.author = properties.last_modified_by = agenda.organiser
    properties.language = LOCALES[agenda.language]
    properties.comments = properties.keywords = properties.category = ""
    properties.created = properties.modified = at.astimezone(dt.UTC).replace(tzinfo=None)


def set_styles(document: WordDocument, language: str) -> None:
    """One typeface, the colours of the site, and the language that Word checks spelling in and screen readers speak."""
    styles: Any = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    normal.paragraph_format.space_after = Pt(3)
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(language_mark(language))
    for name, size, before in (("Heading 1", 18, 0), ("Heading 2", 13, 16)):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(size), True, BRAND
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), FONT)
        style.element.rPr.rFonts.set(qn("w:hAnsi"), FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
    small = styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size, small.font.color.rgb = normal, Pt(8.5), MUTED


def language_mark(language: str) -> Any:
    """The element that says which language a text is in."""
    mark: Any = OxmlElement("w:lang")
    mark.set(qn("w:val"), LOCALES[language])
    return mark


def set_page(document: WordDocument) -> None:
    """A4 upright."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(32), Mm(24)


def write_frame(document: WordDocument, agenda: Agenda) -> None:
    """Head and foot of every page: who, which document, the label, and page x of y."""
    section = document.sections[0]
    head = section.header.paragraphs[0]
    run = head.add_run(agenda.organiser)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), BRAND
    right = section.header.add_paragraph(style="Small")
    right.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    right.add_run(agenda.reference)
    foot = section.footer.paragraphs[0]
    foot.style = "Small"
    before, between, after = _("Page {n} of {total}").replace("{total}", "{n}").split("{n}")
    foot.add_run(f"{agenda.state} · {before}")
    add_field(foot, "PAGE")
    foot.add_run(between)
    add_field(foot, "NUMPAGES")
    foot.add_run(after)
    if agenda.label:
        for paragraph in (section.header.add_paragraph(), section.footer.add_paragraph()):
            paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
            add_label(paragraph, agenda.label, Pt(12))


def add_field(paragraph: Paragraph, code: str) -> None:
    """A number that Word works out: of the page, or of the pages."""
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run: Any = OxmlElement("w:r")
    text: Any = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def add_label(paragraph: Paragraph, label: str, size: Any) -> None:
    """A TLP label in its colour on black."""
    run = paragraph.add_run(f" {label} ")
    run.bold, run.font.size, run.font.color.rgb = True, size, LABEL_COLOURS.get(label, RGBColor(0xFF, 0xFF, 0xFF))
    shade: Any = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "000000")):
        shade.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(shade)


def write_opening(document: WordDocument, agenda: Agenda) -> None:
    """What it is, of which meeting, when and where."""
    document.add_heading(agenda.title, level=1)
    line = document.add_paragraph()
    add_words(line, agenda.meeting, agenda.language).font.size = Pt(12)
    document.add_paragraph(" · ".join(part for part in (agenda.when, agenda.where) if part))
    document.add_paragraph(agenda.state, style="Small")
    if agenda.note:
        document.add_paragraph().add_run(agenda.note).bold = True


def add_words(paragraph: Paragraph, words: Wording, language: str) -> Any:
    """Add a text, marked where it is in another language than the document."""
    run = paragraph.add_run(words.text)
    if words.text and words.language != language:
        run._r.get_or_add_rPr().append(language_mark(words.language))
    return run


def write_day(document: WordDocument, day: AgendaDay, language: str) -> None:
    """A heading and a table, whose first row is repeated on every page it runs over."""
    document.add_heading(day.heading, level=2)
    clock = document.add_paragraph(day.clock, style="Small")
    clock.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    dress(table)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    head = table.rows[0]
    properties: Any = head._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for cell, word, width in zip(head.cells, (_("No."), _("Time"), _("Item"), _("Room")), WIDTHS, strict=True):
        cell.width = width
        run = cell.paragraphs[0].add_run(word)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(8.5), MUTED
    for entry in day.entries:
        write_entry(table.add_row(), entry, language)


def dress(table: Any) -> None:
    """Thin lines between rows, none between columns, and room around the words."""
    properties = table._tbl.tblPr
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line: Any = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil" if side in {"left", "right", "insideV"} else "single")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), "CBD2DC")
        borders.append(line)
    for side in ("top", "bottom"):
        room: Any = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), "60")
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


def write_entry(row: Any, entry: Entry, language: str) -> None:
    """One row, which does not break over a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells = row.cells
    for cell, width in zip(cells, WIDTHS, strict=True):
        cell.width = width
    number, hours, item, room = (cell.paragraphs[0] for cell in cells)
    number.add_run(entry.number)
    hours.add_run(entry.hours)
    add_words(item, entry.title, language).bold = not entry.is_pause
    add_words(room, entry.room, language)
    if entry.label:
        item.add_run(" ")
        add_label(item, entry.label, Pt(8))
    if entry.details:
        cells[2].add_paragraph(" · ".join(entry.details), style="Small")
    for paragraph in filter(str.strip, entry.abstract.text.splitlines()):
        add_words(cells[2].add_paragraph(), Wording(paragraph, entry.abstract.language), language)
    for voice in entry.voices:
        cells[2].add_paragraph(voice)
