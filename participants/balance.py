"""The balance of a meeting: who comes, counted in every way that matters, against what the secretariat wants."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from delegations.models import Country, CountryStatus, Region
from meetings.audiences import Category, Family
from meetings.models import Meeting
from participants.models import Participant, Sector, Target

Dimension = Target.Dimension
Status = CountryStatus.Status
WOMEN, MEN = "ms", "mr"
COMES = (Participant.State.PENDING, Participant.State.CONFIRMED, Participant.State.WAITLISTED)
MOST_NAMED = 5
OTHER_COUNTRIES, NO_COUNTRY = "other", "none"

Kinds = Mapping[tuple[str, str], str]
Tags = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Gap:
    """A target that is not met: in words, and who of earlier meetings might fill it."""

    words: str
    people: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts of those who come, or may, and the gaps."""

    total: int
    counts: Counter[tuple[str, str]]
    cross: Counter[tuple[str, str]]  # family × category
    groups: Counter[tuple[str, str]]  # family × group of countries
    gaps: tuple[Gap, ...]
    met: int


def kinds() -> dict[tuple[str, str], str]:
    """Everything a target can be about, with its words. Two queries."""
    found: dict[tuple[str, str], Any] = {(Dimension.FAMILY, family.value): family.label for family in Family}
    found |= {(Dimension.SECTOR, sector.code): sector.name.text for sector in Sector.objects.all()}
    found |= {(Dimension.CATEGORY, category.value): category.label for category in Category}
    found |= {(Dimension.GROUP, key): label for key, label in groups().items()}
    found |= {(Dimension.REGION, region.code): region.name.text for region in Region.objects.all()}
    found |= {(Dimension.GENDER, WOMEN): _("Women"), (Dimension.GENDER, MEN): _("Men")}
    return {key: str(label) for key, label in found.items()}


def groups() -> dict[str, Any]:
    """The groups of countries, in their order."""
    named = {status.value: status.label for status in (Status.MEMBER, Status.OBSERVER, Status.MEDNET)}
    return {**named, OTHER_COUNTRIES: _("Other countries"), NO_COUNTRY: _("No country")}


def balance_of(meeting: Meeting, *, names: bool) -> Balance:
    """Count, compare and look for people; ``names`` for whoever may see the list. The same number of queries whatever there is."""
    countries = Country.objects.prefetch_related("statuses", "regions")
    places = {country.pk: places_of(country, meeting) for country in countries}
    people = Participant.objects.filter(meeting=meeting, state__in=COMES, category__in=Category.counting()).order_by()
    rows = list(people.values_list("sector__code", "sector__family", "category", "country", "salutation"))
    counts: Counter[tuple[str, str]] = Counter()
    within: Counter[tuple[str, str, str]] = Counter()
    cross: Counter[tuple[str, str]] = Counter()
    by_group: Counter[tuple[str, str]] = Counter()
    for sector, family, category, country, salutation in rows:
        tags = tags_of(sector, family, category, salutation, places.get(country))
        counts.update(tags)
        within.update((*tag, category) for tag in tags)
        cross[family, category] += 1
        by_group.update((family, value) for dimension, value in tags if dimension == Dimension.GROUP)
    targets = list(Target.objects.filter(meeting=meeting))
    words = kinds()
    missed = [target for target in targets if not is_met(target, counts, within, len(rows))]
    found = fillers(meeting, missed, places) if names else {}
    gaps = [Gap(in_words(target, words, counts, within, len(rows)), tuple(found.get(target.pk, ()))) for target in missed]
    return Balance(len(rows), counts, cross, by_group, tuple(gaps), len(targets) - len(missed))


def places_of(country: Country, meeting: Meeting) -> Tags:
    """The group and the regions of a country on the first day."""
    status = country.status_on(meeting.starts_on)
    group = status if status in groups() else OTHER_COUNTRIES
    return frozenset({(Dimension.GROUP, group), *((Dimension.REGION, region.code) for region in country.regions.all())})


def tags_of(sector: str, family: str, category: str, salutation: str, places: Tags | None) -> Tags:
    """Everything one person counts as."""
    own = {(Dimension.SECTOR, sector), (Dimension.FAMILY, family), (Dimension.CATEGORY, category)}
    where = places if places is not None else frozenset({(Dimension.GROUP, NO_COUNTRY)})
    return frozenset({*own, *where, *([(Dimension.GENDER, salutation)] if salutation else [])})


def count_for(target: Target, counts: Mapping[Any, int], within: Mapping[Any, int]) -> int:
    key = (target.dimension, target.value)
    return within.get((*key, target.category), 0) if target.category else counts.get(key, 0)


def is_met(target: Target, counts: Mapping[Any, int], within: Mapping[Any, int], total: int) -> bool:
    """True when there are as many, or such a share, as wanted."""
    number = count_for(target, counts, within)
    return number >= target.wanted if target.wanted is not None else number * 100 >= (target.share or 0) * total


def in_words(target: Target, words: Kinds, counts: Mapping[Any, int], within: Mapping[Any, int], total: int) -> str:
    """The gap, as one would say it."""
    number = count_for(target, counts, within)
    who = words.get((target.dimension, target.value), target.value)
    if target.category:
        who = f"{who}, {Category(target.category).label}"
    if target.share is not None:
        return _("%(who)s: %(number)d of %(total)d; target %(share)d %%") % {
            "who": who,
            "number": number,
            "total": total,
            "share": target.share,
        }
    if not number:
        return _("%(who)s: nobody yet; target %(wanted)d") % {"who": who, "wanted": target.wanted}
    return _("%(who)s: %(number)d; target %(wanted)d") % {"who": who, "number": number, "wanted": target.wanted}


def fillers(meeting: Meeting, missed: Iterable[Target], places: Mapping[int, Tags]) -> dict[int, list[Participant]]:
    """For each gap some people of earlier meetings who are not registered now, the latest first; nobody protected or hidden."""
    now = Participant.objects.filter(meeting=meeting).exclude(user=None).values("user")
    earlier = Participant.objects.confirmed().named().filter(meeting__starts_on__lt=meeting.starts_on, user__is_active=True)
    seen: set[int | None] = set()
    found: dict[int, list[Participant]] = defaultdict(list)
    hidden = set(Participant.objects.filter(is_protected=True).values_list("user", flat=True))
    willing = earlier.exclude(user__in=now).exclude(visibility=Participant.Visibility.HIDDEN).exclude(asks_protection=True)
    for person in willing.select_related("meeting", "sector", "country", "body").order_by("-meeting__starts_on", "pk"):
        if person.user_id in seen or person.user_id in hidden:
            continue
        seen.add(person.user_id)
        tags = tags_of(person.sector.code, person.sector.family, person.category, person.salutation, places.get(person.country_id or 0))
        for target in missed:
            fits = (target.dimension, target.value) in tags and target.category in {"", person.category}
            if fits and len(found[target.pk]) < MOST_NAMED:
                found[target.pk].append(person)
    return found
