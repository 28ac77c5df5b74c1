"""Sheets of paper: attendance to be signed, and lists by country for the desk when nothing else works."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from attendance.models.presence import Half
from attendance.printing.delegations import Delegation, delegations_of
from attendance.printing.words import said
from correspondence import pdf
from meetings.audiences import Category
from meetings.dates import day, day_range, hours
from meetings.languages import wording
from meetings.models import Meeting, Session
from participants.faces import PUBLIC, face_of
from participants.models import Participant


@dataclass(frozen=True)
class Occasion:
    """What a sheet is about: half of a day, or a session."""

    date: dt.date | None = None
    half: str = ""
    session: Session | None = None

    @property
    def key(self) -> str:
        """How forms and the ledger name it."""
        return f"session:{self.session.pk}" if self.session else f"{self.date}:{self.half}"

    def title(self, language: str) -> str:
        """What stands above the sheet. A sheet lies open at the door, so a closed session is not named on it."""
        with override(language):
            if self.session is None:
                return capfirst(f"{day(self.date, language, weekday=True)}, {str(Half(self.half).label).lower()}") if self.date else ""
            session = self.session
            name = _("Closed session") if session.is_closed else wording(session, "title", language).text
            start, end = session.local_start(), session.local_end()
            return f"{name} – {day(start.date(), language, weekday=True)}, {hours(start, end, language)}"


def occasions_of(meeting: Meeting) -> list[Occasion]:
    """Every half-day, then every session of which a sheet may lie about: none under the Chatham House Rule."""
    halves = [Occasion(date=date, half=half) for date in meeting.days for half in Half.values]
    kinds = [Session.Kind.BREAK, Session.Kind.SOCIAL]
    sessions = meeting.sessions.in_order().exclude(kind__in=kinds).filter(is_chatham_house=False)
    return [*halves, *(Occasion(session=session) for session in sessions)]


def attendance_pdf(*, meeting: Meeting, people: Sequence[Participant], occasion: Occasion, language: str) -> bytes:
    """A line for each person to sign; those whose name is protected are recorded by the desk and sign nothing."""
    with override(language):
        own = {
            "title": _("Attendance sheet"),
            "about": occasion.title(language),
            "label": occasion.session.label if occasion.session else "",
            "columns": [_("No."), _("Name"), _("Organisation"), _("Signature")],
            "by_desk": _("Recorded by the desk"),
            "closing": [_("Number of people present"), _("Checked by the secretariat (name and signature)")],
        }
        return pdf.render("attendance", {**sheet_data(meeting, people, language), **own})


def desk_pdf(*, meeting: Meeting, people: Sequence[Participant], language: str) -> bytes:
    """The list by country with a box for each half-day, to be ticked by hand."""
    with override(language):
        halves = {Half.MORNING: _("a.m."), Half.AFTERNOON: _("p.m.")}
        days = [{"day": short_day(date, language), "halves": [halves[Half(half)] for half in Half.values]} for date in meeting.days]
        own = {
            "title": _("Check-in sheet"),
            "about": day_range(meeting.starts_on, meeting.ends_on, language),
            "label": "",
            "columns": [_("No."), _("Name"), _("Category")],
            "days": days,
        }
        return pdf.render("checkin", {**sheet_data(meeting, people, language), **own})


def short_day(date: dt.date, language: str) -> str:
    """The weekday and the number: there is little room."""
    weekday, number, *_rest = day(date, language, weekday=True).split()
    return f"{weekday[:3]}. {number}" if language == "fr" else f"{weekday[:3]} {number}"


def sheet_data(meeting: Meeting, people: Sequence[Participant], language: str) -> dict[str, Any]:
    """What both sheets have in common; called in the language of the sheet."""
    groups = delegations_of(people, meeting)
    number = iter(range(1, len(people) + 1))
    return {
        "language": language,
        "organiser": settings.ORGANISER_FR if language == "fr" else settings.ORGANISER_EN,
        "meeting": f"{wording(meeting, 'title', language).text}, {wording(meeting, 'city', language).text} {meeting.year}",
        "page": _("Page {n} of {total}"),
        "groups": [group_data(group, language, number) for group in groups],
        "footnotes": list(dict.fromkeys(note for group in groups if (note := group.footnote(language)))),
    }


def group_data(group: Delegation, language: str, number: Any) -> dict[str, Any]:
    """One delegation with its people."""
    rows = [row_data(person, language, next(number)) for person in group.people]
    return {"name": said(group.name(language), language), "rows": rows}


def row_data(person: Participant, language: str, number: int) -> dict[str, Any]:
    """One person as anybody may see them."""
    face = face_of(person, PUBLIC)
    body = wording(person.body, "name", language).text if person.body is not None else ""
    return {
        "number": str(number),
        "name": said(face.name if face.is_masked else face.formal_name, person.language),
        "organisation": said("" if face.is_masked else face.organisation or body, person.language),
        "category": str(Category(person.category).label),
        "is_masked": face.is_masked,
    }
