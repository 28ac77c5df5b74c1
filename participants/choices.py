"""What the registration form offers: sectors, countries and organisations, read once a minute rather than at each step."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

from django.core.cache import cache

from delegations.models import Body, Country
from meetings.audiences import Category, Family
from meetings.languages import current_language, wording
from meetings.models import Meeting
from participants.models import Sector

KEPT = 60  # seconds: an editor who adds an organisation sees it on the form a minute later

Kept = TypeVar("Kept")


class SectorRow(NamedTuple):
    """A sector, without the model."""

    pk: int
    code: str
    family: str
    name_en: str
    name_fr: str

    @property
    def name(self) -> str:
        """Its name in the page's language."""
        return wording(self, "name").text

    @property
    def may_ask_protection(self) -> bool:
        """True for those whose work may put them in danger when their name is read."""
        return self.family in {Family.LAW_ENFORCEMENT, Family.JUDICIARY}

    @property
    def is_authority(self) -> bool:
        """True for the public authorities of a country."""
        return self.family not in CATEGORY_OF_FAMILY


class CountryRow(NamedTuple):
    """A country, without the model."""

    pk: int
    code: str
    name_en: str
    name_fr: str
    footnote_en: str
    footnote_fr: str


class BodyRow(NamedTuple):
    """An international organisation, without the model."""

    pk: int
    code: str
    name_en: str
    name_fr: str
    acronym_en: str
    acronym_fr: str

    @property
    def name(self) -> str:
        """Name and acronym in the page's language."""
        name, acronym = wording(self, "name").text, wording(self, "acronym").text
        return f"{name} ({acronym})" if acronym else name


# Whoever belongs to no other family here works for a public authority, and the country decides the category.
CATEGORY_OF_FAMILY = {
    Family.INTERNATIONAL: Category.INTERNATIONAL_ORGANISATION,
    Family.PRIVATE: Category.PRIVATE_SECTOR,
    Family.ACADEMIA: Category.ACADEMIA,
}


def kept(key: str, read: Callable[[], Kept]) -> Kept:
    """The rows under ``key``, read again after a minute. Plain tuples are kept: they come back fifty times faster than models."""
    return cast(Kept, cache.get_or_set(f"participants.choices.{key}", read, KEPT))


def sectors() -> list[SectorRow]:
    """Every sector, in its order."""
    rows = kept("sectors", lambda: list(Sector.objects.values_list("pk", "code", "family", "name_en", "name_fr")))
    return [SectorRow(*row) for row in rows]


def sector(code: str) -> SectorRow | None:
    """The sector with this code, or None."""
    return next((row for row in sectors() if row.code == code), None)


def countries() -> list[CountryRow]:
    """Every country, in the alphabetical order of the page's language."""
    ordered = Country.objects.in_alphabetical_order()
    rows = kept(f"countries.{current_language()}", lambda: list(ordered.values_list(*CountryRow._fields)))
    return [CountryRow(*row) for row in rows]


def bodies(on: dt.date) -> list[BodyRow]:
    """The organisations that bore their name on that day, in the order of the page's language."""
    rows = kept(f"bodies.{on}", lambda: list(Body.objects.existing(on).values_list(*BodyRow._fields)))
    return sorted((BodyRow(*row) for row in rows), key=lambda row: row.name)


def members(on: dt.date) -> frozenset[int]:
    """The primary keys of the countries that were members of the Group on that day."""
    return kept(f"members.{on}", lambda: frozenset(Country.objects.members(on).values_list("pk", flat=True)))


def category_for(*, sector: SectorRow, country: CountryRow | None, meeting: Meeting) -> str:
    """In what capacity somebody attends: by their sector, and for authorities by what their country is on the first day."""
    if not sector.is_authority:
        return CATEGORY_OF_FAMILY[Family(sector.family)]
    is_member = country is not None and country.pk in members(meeting.starts_on)
    return Category.MEMBER_STATE if is_member else Category.OTHER_STATE
