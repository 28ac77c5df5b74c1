"""The participant list as the back office shows it: the rows with their faces, and the bar of filters with their counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import looks
from meetings.models import Meeting
from participants.admin.access import sees_all_registrations, sees_everything
from participants.admin.filters import ListFilter, MeetingFilter, StateFilter, count_options, count_rows, surroundings
from participants.admin.menu import Decision, decisions_at
from participants.admin.reveals import PERMISSION, sight_for
from participants.faces import face_of
from participants.vacancies import vacancies_of

COUNTS_KEPT = 10  # seconds
LONG_LIST = 5_000  # rows; counts of shorter lists are made anew each time
FEW = 3  # people; a search that finds no more was a search for one of them


@dataclass(frozen=True)
class Option:
    """One entry of a filter: how many people it would show, and the address that shows them."""

    label: str
    people: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """One filter of the bar, with its options and what is chosen."""

    title: str
    parameter: str
    options: list[Option]
    chosen: str
    is_set: bool  # by the reader, and not by default
    address_without: str

    @property
    def is_long(self) -> bool:
        return len(self.options) > 12


class ParticipantList(ChangeList):
    """Django's list; each row carries ``face``, what this viewer may see of the person."""

    filter_specs: list[ListFilter]  # type: ignore[assignment]
    model_admin: Any
    searched: Any

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        # Keys first: sorting a hundred thousand of them is quick, sorting them joined to four other tables is not.
        keys = list(self.result_list.values_list("pk", flat=True))
        rows = self.root_queryset.order_by().in_bulk(keys)
        self.result_list = [rows[key] for key in keys if key in rows]
        sight, tells_wishes = sight_for(request), sees_everything(request)
        running = surroundings(request).promises if sees_all_registrations(request) else {}
        for participant in self.result_list:
            participant.face = face_of(participant, sight)
            participant.promise = running.get(participant.pk)
            participant.wish_is_shown = participant.asks_protection and tells_wishes
        self.tells_vacancies = sees_all_registrations(request)
        self.searched = self.model_admin.get_search_results(request, self.root_queryset, self.query)[0]
        self.found = self.model_admin.found(request, self.query)
        self.searches_names = bool(self.query) and request.user.has_perm(PERMISSION)

    def filter_of(self, kind: type[ListFilter]) -> Any:
        """The filter of that class."""
        return next(one for one in self.filter_specs if isinstance(one, kind))

    @cached_property
    def meeting(self) -> Any:
        """The one meeting shown; None when all are."""
        return self.filter_of(MeetingFilter).meeting

    @cached_property
    def empty_places(self) -> tuple[str, ...]:
        """Why places of the one meeting shown are empty, until it is over; to whoever may know who asked to come."""
        now = timezone.now()
        if not self.tells_vacancies or self.meeting is None or self.meeting.phase(now) == Meeting.Phase.OVER:
            return ()
        return vacancies_of(self.meeting, at=now).reasons

    @property
    def decisions(self) -> list[Decision]:
        """The buttons under the list, in the order of the actions."""
        return decisions_at(self.meeting)

    @cached_property
    def counts(self) -> dict[str, Any]:
        """How many people each option of each filter would show; of a long list as it was some seconds ago."""
        if self.found is not None:
            return count_rows(self.filter_specs, self.found)
        if self.result_count < LONG_LIST:
            return count_options(self.filter_specs, self.searched)
        asked = [(one.parameter_name, one.value()) for one in self.filter_specs]
        key = "participants.counts:" + salted_hmac("participants.counts", repr((asked, self.query, self.searches_names))).hexdigest()
        counts: dict[str, Any] = cache.get_or_set(key, lambda: count_options(self.filter_specs, self.searched), COUNTS_KEPT) or {}
        return counts

    @cached_property
    def choices(self) -> list[Choice]:
        """The bar of filters, in their order."""
        return [self.choice(one) for one in self.filter_specs]

    @property
    def states(self) -> Choice:
        """The filter by status, which is always open."""
        return next(choice for choice in self.choices if choice.parameter == StateFilter.parameter_name)

    @property
    def others(self) -> list[Choice]:
        """The filters that open when asked."""
        return [choice for choice in self.choices if choice.parameter != StateFilter.parameter_name]

    @property
    def set_choices(self) -> list[Choice]:
        """What the reader chose, to be taken away one by one."""
        return [choice for choice in self.choices if choice.is_set]

    @property
    def address_without_search(self) -> str:
        return self.get_query_string({SEARCH_VAR: None})

    @property
    def is_narrowed(self) -> bool:
        """True when a filter or a search leaves people out."""
        return bool(self.query or self.set_choices)

    def choice(self, one: ListFilter) -> Choice:
        """One filter of the bar."""
        without = self.get_query_string({one.parameter_name: None})
        return Choice(
            title=str(one.title),
            parameter=one.parameter_name,
            options=list(self.options(one, without)),
            chosen=self.chosen_label(one),
            is_set=one.value() is not None,
            address_without=without,
        )

    def options(self, one: ListFilter, without: str) -> Iterator[Option]:
        """The entries of a filter; those that would show nobody are left out, except each status."""
        counts = self.counts[one.parameter_name]
        everybody = sum(counts.values())
        unproven = counts.get("unconfirmed", 0) if isinstance(one, StateFilter) else 0
        if not isinstance(one, MeetingFilter):
            yield Option(_("All"), everybody - unproven, without, is_chosen=one.value() is None)
        for value, label in one.labels.items():
            chosen = value == one.value() or (isinstance(one, MeetingFilter) and self.is_shown(value))
            people = everybody if value == MeetingFilter.ALL else counts.get(value, 0)
            if people or chosen or isinstance(one, StateFilter):
                yield Option(label, people, self.get_query_string({one.parameter_name: value}), is_chosen=chosen)

    def is_shown(self, meeting: str) -> bool:
        return meeting == (str(self.meeting.pk) if self.meeting else MeetingFilter.ALL)

    def chosen_label(self, one: ListFilter) -> str:
        """What is chosen, in words; empty when nothing is."""
        if isinstance(one, MeetingFilter):
            return str(self.meeting or _("All meetings"))
        return one.labels.get(one.value() or "", "")

    def summary(self) -> dict[str, str]:
        """What the list shows, label → value, for a ledger that others read."""
        chosen = {str(one.title): self.chosen_label(one) for one in self.filter_specs}
        chosen[str(StateFilter.title)] = chosen[str(StateFilter.title)] or _("All but those whose address is not confirmed")
        if self.query:
            chosen[_("Search")] = self.query
        return {label: value for label, value in chosen.items() if value}


def looks_of_search(response: HttpResponse) -> list[tuple[str, str, str]]:
    """Whom a search found, as looks: what it says of so few is nearly what their page says. What was typed is not kept."""
    shown = getattr(response, "context_data", {}).get("cl")
    if shown is None or not shown.query or shown.result_count > FEW:
        return []
    return [(looks.What.SEARCH, looks.key_of(person), person.reference) for person in shown.result_list]
