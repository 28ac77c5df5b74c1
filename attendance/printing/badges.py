"""What a badge says, and the PDF of many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from attendance.models import Badge
from attendance.printing.audience import admitted_everywhere
from attendance.printing.scan import picture_of
from attendance.printing.words import LANGUAGES, columns, fixed, in_each, said
from correspondence import pdf
from meetings.audiences import Category
from meetings.dates import day_range
from meetings.languages import wording
from meetings.models import Meeting
from participants.faces import PUBLIC, face_of
from participants.models import Participant

# The chart series of the look and its brand, each dark enough for white words; the category is said in words too.
COLOURS = {
    Category.MEMBER_STATE: "#0072b2",
    Category.OTHER_STATE: "#4b5fc4",
    Category.INTERNATIONAL_ORGANISATION: "#00795a",
    Category.PRIVATE_SECTOR: "#b35c00",
    Category.ACADEMIA: "#a8447f",
    Category.HOST: "#c23b22",
    Category.SECRETARIAT: "#123c7a",
    Category.INTERPRETER: "#6b7280",
}
PHOTOS, NO_PHOTOS = gettext_noop("Photos allowed"), gettext_noop("No photos")
CLOSED = gettext_noop("Closed sessions")


@dataclass(frozen=True)
class Style:
    """How badges are to look: their size, how they lie on the paper, and in which languages they speak."""

    format: str = "a6"
    layout: str = "sheet"
    language: str = "both"

    @property
    def languages(self) -> Sequence[str]:
        return LANGUAGES[self.language]


def badges_pdf(*, meeting: Meeting, badges: Iterable[Badge], style: Style) -> bytes:
    """The badges of people of one meeting, in that order."""
    return pdf.render("badges", badges_data(meeting=meeting, badges=badges, style=style))


def badges_data(*, meeting: Meeting, badges: Iterable[Badge], style: Style) -> dict[str, Any]:
    """Everything the badges say, ready to be laid out."""
    people = people_of(badges)
    inner_circle = admitted_everywhere(meeting, [badge.participant for badge in people])
    main = style.languages[0]
    with override(main):
        title, scan = _("Badges: %(meeting)s") % {"meeting": meeting}, _("QR code of this badge, to be scanned at the desk")
    return {
        "language": main,
        "format": style.format,
        "layout": style.layout,
        "title": title,
        "organiser": settings.ORGANISER_FR if main == "fr" else settings.ORGANISER_EN,
        "scan": scan,
        "heading": columns(meeting, "title", style.languages),
        "when": in_each(style.languages, lambda language: f"{place_of(meeting, language)}, {days_of(meeting, language)}"),
        "photos": fixed(style.languages, PHOTOS),
        "no_photos": fixed(style.languages, NO_PHOTOS),
        "closed": fixed(style.languages, CLOSED),
        "badges": [badge_data(badge, meeting, style, enters_closed=badge.participant_id in inner_circle) for badge in people],
    }


def people_of(badges: Iterable[Badge]) -> list[Badge]:
    """The badges with the people they are for, read at once."""
    keys = [badge.pk for badge in badges]
    rows = Badge.objects.select_related("participant__country", "participant__body", "participant__sector")
    found = rows.prefetch_related("participant__country__former_names").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def badge_data(badge: Badge, meeting: Meeting, style: Style, *, enters_closed: bool) -> dict[str, Any]:
    """One badge. Of somebody protected the alias and the country, and nothing else that leads to them."""
    person: Any = badge.participant
    with override(style.languages[0]):
        face = face_of(person, PUBLIC)
    country, organisation = place_lines(person, face.organisation, meeting, style.languages)
    if face.is_masked and country:
        organisation = []
    return {
        "name": said(face.name, person.language),
        "country": country,
        "organisation": organisation,
        "category": in_each(style.languages, lambda language: str(Category(person.category).label)),
        "colour": COLOURS[Category(person.category)],
        "may_be_photographed": person.may_be_photographed and not person.is_protected,
        "enters_closed": enters_closed,
        "scan": picture_of(badge.payload),
    }


def place_lines(person: Participant, organisation: str, meeting: Meeting, languages: Sequence[str]) -> tuple[list[Any], list[Any]]:
    """Where somebody comes from, large, and the organisation below it: a country as it was called then, else a body."""
    own = [said(organisation, person.language)] if organisation else []
    if person.country is not None:
        country = person.country
        return in_each(languages, lambda language: country.name_on(meeting.starts_on, language)), own
    if person.body is not None:
        return [], columns(person.body, "name", languages)
    return [], own


def place_of(meeting: Meeting, language: str) -> str:
    return wording(meeting, "city", language).text


def days_of(meeting: Meeting, language: str) -> str:
    return day_range(meeting.starts_on, meeting.ends_on, language)
