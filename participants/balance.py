"""The balance of a meeting: who comes, counted in every way that matters, against what the secretariat wants."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from delegations.models import Country, CountryStatus, Region
from meetings.audiences import Category, Family
from meetings.models import Meeting
from participants.importing.names import same_name_key
from participants.models import Participant, Sector, Target

Dimension = Target.Dimension
Status = CountryStatus.Status
WOMEN, MEN = "ms", "mr"
COMES = (Participant.State.PENDING, Participant.State.CONFIRMED, Participant.State.WAITLISTED)
MOST_NAMED = 5
OTHER_COUNTRIES, NO_COUNTRY = "other", "none"
NO_REGION, NO_TITLE = "none", ""
CROSSED = frozenset(
    {
        *((Dimension.FAMILY, other) for other in (Dimension.CATEGORY, Dimension.GROUP, Dimension.REGION, Dimension.GENDER)),
        *((one, Dimension.GENDER) for one in (Dimension.CATEGORY, Dimension.GROUP, Dimension.REGION)),
    }
)

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
    cross: Counter[tuple[tuple[str, str], tuple[str, str]]]  # two kinds that one person is of
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
    cross: Counter[tuple[tuple[str, str], tuple[str, str]]] = Counter()
    for sector, family, category, country, salutation in rows:
        tags = tags_of(sector, family, category, salutation, places.get(country))
        counts.update(tags)
        within.update((*tag, category) for tag in tags)
        cross.update((one, other) for one in tags for other in tags if (one[0], other[0]) in CROSSED)
    targets = list(Target.objects.filter(meeting=meeting))
    words = kinds()
    missed = [target for target in targets if not is_met(target, counts, within, len(rows))]
    found = fillers(meeting, missed, places) if names else {}
    gaps = [Gap(in_words(target, words, counts, within, len(rows)), tuple(found.get(target.pk, ()))) for target in missed]
    return Balance(len(rows), counts, cross, tuple(gaps), len(targets) - len(missed))


def places_of(country: Country, meeting: Meeting) -> Tags:
    """The group and the regions of a country on the first day."""
    status = country.status_on(meeting.starts_on)
    group = status if status in groups() else OTHER_COUNTRIES
    regions = [region.code for region in country.regions.all()] or [NO_REGION]
    return frozenset({(Dimension.GROUP, group), *((Dimension.REGION, code) for code in regions)})


def tags_of(sector: str, family: str, category: str, salutation: str, places: Tags | None) -> Tags:
    """Everything one person counts as."""
    own = {(Dimension.SECTOR, sector), (Dimension.FAMILY, family), (Dimension.CATEGORY, category)}
    where = places if places is not None else frozenset({(Dimension.GROUP, NO_COUNTRY), (Dimension.REGION, NO_REGION)})
    return frozenset({*own, *where, (Dimension.GENDER, salutation)})


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
    earlier = Participant.objects.confirmed().named().filter(meeting__starts_on__lt=meeting.starts_on).exclude(user__is_active=False)
    found: dict[int, list[Participant]] = defaultdict(list)
    not_asked = Participant.objects.filter(Q(meeting=meeting) | Q(is_protected=True) | Q(asks_protection=True)).named()
    seen: set[Any] = set()
    for person in not_asked.only("user_id", "given_name", "family_name", "country_id"):
        seen |= {key_of(person), key_of(person, by_name=True)}
    willing = earlier.exclude(visibility=Participant.Visibility.HIDDEN)
    for person in willing.select_related("meeting", "sector", "country", "body").order_by("-meeting__starts_on", "pk"):
        if key_of(person) in seen:
            continue
        seen.add(key_of(person))
        tags = tags_of(person.sector.code, person.sector.family, person.category, person.salutation, places.get(person.country_id or 0))
        for target in missed:
            fits = (target.dimension, target.value) in tags and target.category in {"", person.category}
            if fits and len(found[target.pk]) < MOST_NAMED:
                found[target.pk].append(person)
    return found


def key_of(person: Participant, *, by_name: bool = False) -> Any:
    """Who is the same: by account; of the lists of early meetings, which have none where they had no address, by name and country."""
    if person.user_id and not by_name:
        return person.user_id
    return same_name_key(person.given_name, person.family_name), person.country_id
