"""Which questions the registration asks whom, in the order of the page."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from meetings.audiences import Family
from participants.choices import SectorRow


class Section(NamedTuple):
    """A part of the form: where a link to it leads, its heading, and its fields."""

    anchor: str
    title: Any
    fields: tuple[str, ...]


YOU = ("salutation", "given_name", "family_name", "email", "phone", "language")
DAYS = ("arrives_on", "departs_on")
DETAILS = ("arrival_details", "departure_details", "hotel")
NEEDS = ("diet", "diet_details", "accessibility")
STAY = (*DAYS, *DETAILS, *NEEDS, "needs_agreed")
CHOICES = ("listening_language", "visibility", "may_be_photographed", "privacy_accepted")
AUTHORITY = ("country", "organisation", "service", "function")
WORK: Mapping[str, tuple[str, ...]] = {
    Family.INTERNATIONAL: ("body", "organisation", "service", "function"),
    Family.PRIVATE: ("country", "organisation", "function"),
    Family.ACADEMIA: ("country", "organisation", "function"),
}


def sections_for(sector: SectorRow) -> list[Section]:
    """The four parts of the form for somebody of this sector."""
    work = WORK.get(sector.family, AUTHORITY)
    if sector.may_ask_protection:
        work = (*work, "asks_protection")
    return [
        Section("you", _("You"), YOU),
        Section("work", _("Your work"), work),
        Section("stay", _("Your stay"), STAY),
        Section("choices", _("Your choices"), CHOICES),
    ]


def fields_of(sections: Iterable[Section]) -> set[str]:
    """The names of every field in these sections."""
    return {name for section in sections for name in section.fields}


# What the same column is called, depending on who is asked.
LABELS: Mapping[str, Mapping[str, Any]] = {
    Family.INTERNATIONAL: {"organisation": _("Name of the organisation")},
    Family.PRIVATE: {"organisation": _("Company"), "country": _("Country where the company is based")},
    Family.ACADEMIA: {"organisation": _("University or institute"), "country": _("Country where it is based")},
}
HINTS: Mapping[str, Mapping[str, Any]] = {
    Family.INTERNATIONAL: {"organisation": _("Only if it is not in the list.")},
    Family.PRIVATE: {"organisation": ""},
    Family.ACADEMIA: {"organisation": "", "function": _("For example: Professor of criminology.")},
}
