"""How many came, from where: totals of an edition for its public pages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count

from delegations.models import CountryStatus
from meetings.audiences import Category, Family
from meetings.models import Meeting
from participants.models import Participant

KEPT_FOR = 60  # seconds
SHOWN_FROM = 5  # with fewer people, a figure could tell who they are


@dataclass(frozen=True, slots=True)
class EditionFigures:
    """Totals over everybody who has a place that counts. Nothing here is crossed with anything else: a cell of one tells who."""

    participants: int = 0
    countries: int = 0
    sectors: int = 0
    members_present: int = 0
    members_total: int = 0
    by_family: tuple[tuple[str, int], ...] = ()

    @property
    def families(self) -> list[tuple[str, int]]:
        """The families of sectors in the page's language with their people, the largest first."""
        return [(str(Family(family).label), people) for family, people in self.by_family]

    @property
    def may_be_shown(self) -> bool:
        """True once there are enough people to hide among."""
        return self.participants >= SHOWN_FROM


def edition_figures(meeting: Meeting) -> EditionFigures:
    """The figures of one meeting, at most a minute old."""
    return figures_of([meeting])[meeting.pk]


def figures_of(meetings: Iterable[Meeting]) -> dict[int, EditionFigures]:
    """The figures of several meetings by primary key, at most a minute old, in two queries however many they are."""
    # The first day decides who was a member, so a postponement makes another key.
    keys = {f"figures:{meeting.pk}:{meeting.starts_on:%Y%m%d}": meeting for meeting in meetings}
    found = cache.get_many(keys)
    if missing := {key: meeting for key, meeting in keys.items() if key not in found}:
        counted = count(list(missing.values()))
        fresh = {key: counted[meeting.pk] for key, meeting in missing.items()}
        cache.set_many(fresh, KEPT_FOR)
        found |= fresh
    return {meeting.pk: found[key] for key, meeting in keys.items()}


def count(meetings: Sequence[Meeting]) -> dict[int, EditionFigures]:
    """Count the people of these meetings by sector, their countries, and the members of the Group at the time."""
    cells = cells_of(meetings)
    members = members_on({meeting.starts_on for meeting in meetings})
    return {meeting.pk: add_up(cells[meeting.pk], members[meeting.starts_on]) for meeting in meetings}


class Cell(NamedTuple):
    """So many people of one sector, category and country."""

    sector_id: int
    family: str
    category: str
    country_id: int | None
    people: int


def cells_of(meetings: Sequence[Meeting]) -> dict[int, list[Cell]]:
    """For each meeting its people, counted by everything that figures are made of."""
    columns = ("sector_id", "sector__family", "category", "country_id")
    people = Participant.objects.holding_a_place().filter(meeting__in=meetings).order_by()
    found = defaultdict(list)
    for meeting_id, *cell in people.values_list("meeting_id", *columns).annotate(people=Count("pk")):
        found[meeting_id].append(Cell(*cell))
    return found


def add_up(cells: Sequence[Cell], members: set[int]) -> EditionFigures:
    """The totals of one meeting. Its countries are those whose authorities sent somebody; a company's seat represents none."""
    countries = {cell.country_id for cell in cells if cell.category in Category.states()}
    return EditionFigures(
        participants=sum(cell.people for cell in cells),
        countries=len(countries),
        sectors=len({cell.sector_id for cell in cells}),
        members_present=len(countries & members),
        members_total=len(members),
        by_family=by_family(cells),
    )


def members_on(days: Iterable[dt.date]) -> dict[dt.date, set[int]]:
    """For each of these days the countries that were members of the Group."""
    periods = list(CountryStatus.objects.filter(status=CountryStatus.Status.MEMBER))
    return {day: {period.country_id for period in periods if period.covers(day)} for day in days}


def by_family(cells: Iterable[Cell]) -> tuple[tuple[str, int], ...]:
    """The people of each family: the largest first, families of the same size in their official order."""
    totals: dict[str, int] = defaultdict(int)
    for cell in cells:
        totals[cell.family] += cell.people
    official = list(Family)
    return tuple(sorted(totals.items(), key=lambda item: (-item[1], official.index(Family(item[0])))))
