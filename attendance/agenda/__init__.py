"""The agenda of a meeting as a document: one set of words, set as a PDF and as a Word file."""

from attendance.agenda.contents import Agenda, agenda_of
from attendance.agenda.portable import as_pdf
from attendance.agenda.word import as_docx

__all__ = ["Agenda", "agenda_of", "as_docx", "as_pdf"]
