"""How many came, from where: totals of an edition for its public pages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    """The figures of several meetings by primary key, at most a minute old, in three queries however many they are."""
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
    sectors = people_by_sector(meetings)
    countries = countries_represented(meetings)
    members = members_on({meeting.starts_on for meeting in meetings})
    return {
        meeting.pk: EditionFigures(
            participants=sum(people for _sector, _family, people in sectors[meeting.pk]),
            countries=len(countries[meeting.pk]),
            sectors=len(sectors[meeting.pk]),
            members_present=len(countries[meeting.pk] & members[meeting.starts_on]),
            members_total=len(members[meeting.starts_on]),
            by_family=by_family(sectors[meeting.pk]),
        )
        for meeting in meetings
    }


def people_by_sector(meetings: Sequence[Meeting]) -> dict[int, list[tuple[int, str, int]]]:
    """For each meeting its sectors as (sector, family, people)."""
    rows = (
        Participant.objects.holding_a_place()
        .filter(meeting__in=meetings)
        .order_by()
        .values_list("meeting_id", "sector_id", "sector__family")
        .annotate(people=Count("pk"))
    )
    found = defaultdict(list)
    for meeting_id, sector_id, family, people in rows:
        found[meeting_id].append((sector_id, family, people))
    return found


def countries_represented(meetings: Sequence[Meeting]) -> dict[int, set[int]]:
    """For each meeting the countries whose authorities sent somebody; a company's seat represents no country."""
    rows = (
        Participant.objects.holding_a_place()
        .filter(meeting__in=meetings, category__in=Category.states())
        .order_by()
        .values_list("meeting_id", "country_id")
        .distinct()
    )
    found = defaultdict(set)
    for meeting_id, country_id in rows:
        found[meeting_id].add(country_id)
    return found


def members_on(days: Iterable[dt.date]) -> dict[dt.date, set[int]]:
    """For each of these days the countries that were members of the Group."""
    periods = list(CountryStatus.objects.filter(status=CountryStatus.Status.MEMBER))
    return {day: {period.country_id for period in periods if period.covers(day)} for day in days}


def by_family(sectors: Iterable[tuple[int, str, int]]) -> tuple[tuple[str, int], ...]:
    """Add up the sectors of each family: the largest first, families of the same size in their official order."""
    totals: dict[str, int] = defaultdict(int)
    for _sector, family, people in sectors:
        totals[family] += people
    official = list(Family)
    return tuple(sorted(totals.items(), key=lambda item: (-item[1], official.index(Family(item[0])))))
