"""The filters of the participant list: what each admits, as a condition for the query and for a counted group of rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from delegations.models import Country, CountryStatus
from meetings.audiences import Category, Family
from meetings.models import Meeting
from participants.models import Participant, ParticipantQuerySet, Sector
from participants.promises import LABELS, Promise, kind_column, promises

MOST_FOUND = 5_000  # a search that finds more is left to the database each time

Row = Mapping[str, Any]  # the columns of one person or of one counted group

# Three queries count every option: filters whose columns have few combinations are counted together.
COLUMNS = {
    "meeting": ("meeting_id",),
    "person": ("state", "mark", "promise", "category", "is_first_timer", "is_protected", "asks_protection"),
    "origin": ("meeting_id", "sector_id", "country_id"),
}


class Surroundings:
    """The meetings, sectors, countries and memberships that the filters of one request speak of, each read once."""

    def __init__(self) -> None:
        self.searches: dict[str, list[Row] | None] = {}

    @cached_property
    def meetings(self) -> dict[int, Meeting]:
        """All meetings, the latest first."""
        return {meeting.pk: meeting for meeting in Meeting.objects.order_by("-starts_on", "-pk")}

    @cached_property
    def sectors(self) -> dict[int, Sector]:
        return {sector.pk: sector for sector in Sector.objects.all()}

    @cached_property
    def countries(self) -> dict[int, Country]:
        return {country.pk: country for country in Country.objects.in_alphabetical_order()}

    @cached_property
    def members(self) -> dict[int, frozenset[int]]:
        """By meeting: the countries that were members of the Group on its first day."""
        periods = list(CountryStatus.objects.filter(status=CountryStatus.Status.MEMBER))
        return {
            key: frozenset(period.country_id for period in periods if period.covers(meeting.starts_on))
            for key, meeting in self.meetings.items()
        }

    @cached_property
    def promises(self) -> dict[int, Promise]:
        """By person: the place held for them, or until when they are on hold."""
        return promises(at=timezone.now())

    @cached_property
    def coming_meeting(self) -> Meeting | None:
        """The next meeting or the one under way; when all are over, the last."""
        now = timezone.now()
        ahead = [meeting for meeting in self.meetings.values() if meeting.ends_on >= meeting.today(now)]
        return ahead[-1] if ahead else next(iter(self.meetings.values()), None)

    def found(self, words: str, search: Callable[[], ParticipantQuerySet]) -> list[Row] | None:
        """The rows a search found, looked for once for page, total and counts; None when they are very many."""
        if words not in self.searches:
            rows = list(search().annotate(promise=kind_column(self.promises)).values("pk", *sum(COLUMNS.values(), ()))[: MOST_FOUND + 1])
            self.searches[words] = rows if len(rows) <= MOST_FOUND else None
        return self.searches[words]


def surroundings(request: HttpRequest) -> Surroundings:
    """Those of this request, made at the first call."""
    if not hasattr(request, "participant_surroundings"):
        request.participant_surroundings = Surroundings()  # type: ignore[attr-defined]
    return request.participant_surroundings  # type: ignore[attr-defined]


class ListFilter(admin.SimpleListFilter):
    """One filter. ``group`` names the query that counts its options, ``option_of`` says which option counts a row."""

    group: str
    parameter_name: str

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        self.around = surroundings(request)
        super().__init__(request, params, model, model_admin)
        self.labels = {str(value): str(label) for value, label in self.lookup_choices}
        if self.value() is not None and self.value() not in self.labels:
            raise IncorrectLookupParameters

    def has_output(self) -> bool:
        return True  # Django leaves out, and does not apply, a filter without output

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(self.condition())

    def condition(self) -> Q:
        """What the chosen option asks of a row; nothing when none is chosen."""
        value = self.value()
        return Q() if value is None else self.chosen_condition(value)

    def chosen_condition(self, value: str) -> Q:
        raise NotImplementedError

    def option_of(self, row: Row) -> str | None:
        raise NotImplementedError

    def admits(self, row: Row) -> bool:
        """The same as ``condition``, for a counted group."""
        return self.value() is None or self.option_of(row) == self.value()


class MeetingFilter(ListFilter):
    """Without a choice: the coming meeting."""

    title = _lazy("Meeting")
    parameter_name = "meeting__id__exact"
    group = "meeting"
    ALL = "all"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(key), str(meeting)) for key, meeting in self.around.meetings.items()), (self.ALL, _("All meetings"))]

    @cached_property
    def meeting(self) -> Meeting | None:
        """The one meeting shown; None when all are."""
        value = self.value()
        if value == self.ALL:
            return None
        return self.around.meetings[int(value)] if value else self.around.coming_meeting

    def condition(self) -> Q:
        return Q(meeting=self.meeting) if self.meeting else Q()

    def admits(self, row: Row) -> bool:
        return self.meeting is None or row["meeting_id"] == self.meeting.pk

    def option_of(self, row: Row) -> str:
        return str(row["meeting_id"])


class StateFilter(ListFilter):
    """Without a choice: everybody whose address is proven."""

    title = _lazy("Status")
    parameter_name = "state__exact"
    group = "person"
    REGISTERED = tuple(state for state in Participant.State if state != Participant.State.UNCONFIRMED)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        shown_last = Participant.State.UNCONFIRMED
        return [(state.value, state.label) for state in (*self.REGISTERED, shown_last)]

    def condition(self) -> Q:
        return Q(state=self.value()) if self.value() else Q(state__in=self.REGISTERED)

    def option_of(self, row: Row) -> str:
        return str(row["state"])

    def admits(self, row: Row) -> bool:
        return row["state"] == self.value() if self.value() else row["state"] in self.REGISTERED


class MarkFilter(ListFilter):
    """What is under way beside the status."""

    title = _lazy("Under way")
    parameter_name = "mark"
    group = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return [("none", _("Nothing")), ("proposed", _("To confirm")), (Participant.Mark.HOLD, Participant.Mark.HOLD.label)]

    def chosen_condition(self, value: str) -> Q:
        marks = {"none": [""], Participant.Mark.HOLD: [Participant.Mark.HOLD]}
        return Q(mark__in=marks.get(value) or [mark for mark in Participant.Mark if mark != Participant.Mark.HOLD])

    def option_of(self, row: Row) -> str:
        mark = row["mark"]
        return str(mark) if mark == Participant.Mark.HOLD else "proposed" if mark else "none"


class PromiseFilter(ListFilter):
    """What stands until a moment, and what is past it."""

    title = _lazy("Offers and dates")
    parameter_name = "promise"
    group = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return list(LABELS.items())

    def chosen_condition(self, value: str) -> Q:
        return Q(pk__in=[key for key, promise in self.around.promises.items() if promise.kind == value])

    def option_of(self, row: Row) -> str:
        return str(row["promise"])


class CategoryFilter(ListFilter):
    title = _lazy("Category")
    parameter_name = "category__exact"
    group = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return Category.choices

    def chosen_condition(self, value: str) -> Q:
        return Q(category=value)

    def option_of(self, row: Row) -> str:
        return str(row["category"])


class FirstTimeFilter(ListFilter):
    title = _lazy("First time")
    parameter_name = "is_first_timer__exact"
    group = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return [("1", _("First time")), ("0", _("Took part before"))]

    def chosen_condition(self, value: str) -> Q:
        return Q(is_first_timer=value == "1")

    def option_of(self, row: Row) -> str:
        return "1" if row["is_first_timer"] else "0"


class ProtectionFilter(ListFilter):
    title = _lazy("Protection")
    parameter_name = "protection"
    group = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return [("asked", _("Asked for, not given")), ("protected", _("Protected"))]

    def chosen_condition(self, value: str) -> Q:
        return Q(is_protected=True) if value == "protected" else Q(is_protected=False, asks_protection=True)

    def option_of(self, row: Row) -> str | None:
        if row["is_protected"]:
            return "protected"
        return "asked" if row["asks_protection"] else None


class SectorFilter(ListFilter):
    title = _lazy("Sector")
    parameter_name = "sector__id__exact"
    group = "origin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return [(str(key), str(sector)) for key, sector in self.around.sectors.items()]

    def chosen_condition(self, value: str) -> Q:
        return Q(sector=int(value))

    def option_of(self, row: Row) -> str:
        return str(row["sector_id"])


class FamilyFilter(ListFilter):
    title = _lazy("Family of sectors")
    parameter_name = "family"
    group = "origin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return Family.choices

    def chosen_condition(self, value: str) -> Q:
        return Q(sector__in=[key for key, sector in self.around.sectors.items() if sector.family == value])

    def option_of(self, row: Row) -> str:
        return self.around.sectors[row["sector_id"]].family


class CountryFilter(ListFilter):
    title = _lazy("Country")
    parameter_name = "country__id__exact"
    group = "origin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return [(str(key), str(country)) for key, country in self.around.countries.items()]

    def chosen_condition(self, value: str) -> Q:
        return Q(country=int(value))

    def option_of(self, row: Row) -> str | None:
        return row["country_id"] and str(row["country_id"])


class MembershipFilter(ListFilter):
    """Whether the country was a member of the Group on the first day of the meeting."""

    title = _lazy("Membership")
    parameter_name = "membership"
    group = "origin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return [("member", _("Member of the Group")), ("other", _("Not a member")), ("none", _("No country"))]

    def chosen_condition(self, value: str) -> Q:
        if value == "none":
            return Q(country=None)
        meetings_by_members = defaultdict(list)
        for meeting, members in self.around.members.items():
            meetings_by_members[members].append(meeting)
        of_members = Q(pk__in=[])
        for members, meetings in meetings_by_members.items():
            of_members |= Q(meeting__in=meetings, country__in=members)
        return of_members if value == "member" else Q(country__isnull=False) & ~of_members

    def option_of(self, row: Row) -> str:
        if row["country_id"] is None:
            return "none"
        return "member" if row["country_id"] in self.around.members[row["meeting_id"]] else "other"


FILTERS: tuple[type[ListFilter], ...] = (
    MeetingFilter,
    StateFilter,
    MarkFilter,
    PromiseFilter,
    CategoryFilter,
    CountryFilter,
    MembershipFilter,
    FamilyFilter,
    SectorFilter,
    FirstTimeFilter,
    ProtectionFilter,
)

Counts = dict[str, Counter[str | None]]  # by parameter, then by option


def count_options(filters: Sequence[ListFilter], rows: ParticipantQuerySet) -> Counts:
    """How many of ``rows`` each option would show, the other filters staying as they are."""
    counts: Counts = {}
    for group, columns in COLUMNS.items():
        elsewhere = [one.condition() for one in filters if one.group != group]
        counted = rows.filter(*elsewhere).order_by()
        if "promise" in columns:
            counted = counted.annotate(promise=kind_column(filters[0].around.promises))
        groups = counted.values(*columns).annotate(people=Count("*"))
        counts |= count_rows([one for one in filters if one.group == group], groups)
    return counts


def count_rows(filters: Sequence[ListFilter], rows: Iterable[Row]) -> Counts:
    """The same for rows in hand: a row counts for each filter when all admit it, and for the only one that does not."""
    counts: Counts = {one.parameter_name: Counter() for one in filters}
    for row in rows:
        against = [one for one in filters if not one.admits(row)]
        for one in filters if not against else against if len(against) == 1 else ():
            counts[one.parameter_name][one.option_of(row)] += row.get("people", 1)
    return counts
