"""The timeline: every source in one order, read page by page with the same number of queries whatever the rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from participants.models import Participant
from privacy.audit.filters import Filters
from privacy.audit.lines import Line, Words, line_of, subjects_of
from privacy.audit.people import protected
from privacy.audit.sources import NOBODY, SOURCES, Kind

CHUNK = 500
WITH_ACTOR = {"looks": ("by",), "reveals": ("made_by", "participant"), "exports": ("made_by", "meeting"), "erasures": ("made_by",)} | {
    "registrations": ("history_user",),
    "consents": ("by",),
    "imports": ("made_by", "meeting"),
    "entries": ("user", "content_type"),
    **dict.fromkeys(("rights", "refusals", "sign_ins"), ("by", "about")),
}
Entry = tuple[Any, int, int]  # when, which source, which row


@dataclass(frozen=True)
class Timeline:
    """What the filters show, the latest first; lines of the same moment by source, then by the latest row."""

    filters: Filters
    viewer: Any

    @cached_property
    def conditions(self) -> list[Q]:
        """For each source, what its rows must be; the kind aside."""
        return [self.condition(source) for source in SOURCES]

    def condition(self, source: Any) -> Q:
        asked, found = self.filters, Q()
        if asked.is_broken or (asked.by and not source.by):
            return NOBODY
        if asked.by:
            found &= Q(**{source.by: asked.by})
        if asked.since:
            found &= Q(**{f"{source.moment}__gte": asked.since})
        if asked.until:
            found &= Q(**{f"{source.moment}__lt": asked.until})
        if asked.person:
            found &= source.about(asked.person)
        return found & (source.about(protected()) | source.of_protected) if asked.is_protected_only else found

    @cached_property
    def counts(self) -> dict[Kind, int]:
        """How many lines of each kind there are, whichever is chosen."""
        counts: dict[Kind, int] = dict.fromkeys(Kind, 0)
        for source, condition in zip(SOURCES, self.conditions, strict=True):
            counts[source.kind] += source.rows().filter(condition).count()
        return counts

    def count(self) -> int:
        """How many lines there are of the kind chosen; also asked by Django's paginator."""
        return self.counts[self.filters.kind] if self.filters.kind else sum(self.counts.values())

    def __getitem__(self, wanted: slice) -> list[Line]:
        """The lines of one page; for Django's paginator."""
        return self.lines(list(self.entries()[wanted]))

    def entries(self) -> QuerySet[Any]:
        """Every line as (when, source, row), in their order."""
        first, *others = [
            source.entries(number).filter(condition)
            for number, (source, condition) in enumerate(zip(SOURCES, self.conditions, strict=True))
            if self.filters.kind in (None, source.kind)
        ]
        return first.union(*others, all=True).order_by("-moment", "source", "-row")

    def batches(self) -> Iterator[list[Line]]:
        """Everything, some hundred lines at a time."""
        entries = self.entries().iterator(chunk_size=CHUNK)
        while batch := list(islice(entries, CHUNK)):
            yield self.lines(batch)

    def lines(self, entries: Sequence[Entry]) -> list[Line]:
        """The rows of these entries in words."""
        wanted: dict[int, list[int]] = defaultdict(list)
        for _moment, source, row in entries:
            wanted[source].append(row)
        rows = {source: self.fetch(source, keys) for source, keys in wanted.items()}
        found = [(SOURCES[source], rows[source][row], moment) for moment, source, row in entries if row in rows[source]]
        words = Words.for_subjects([subjects_of(source, row) for source, row, _moment in found], self.viewer)
        return [line_of(source, row, moment, words) for source, row, moment in found]

    def fetch(self, number: int, keys: list[int]) -> dict[int, Any]:
        """Rows of one source by their key, in one query."""
        source = SOURCES[number]
        rows = source.rows().filter(pk__in=keys).select_related(*WITH_ACTOR.get(source.name, ()))
        if source.name == "registrations":
            rows = rows.annotate(before=state_before())
        return {row.pk: row for row in rows}


def state_before() -> Any:
    """The status in the row of history before this one."""
    earlier = Participant.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    return Subquery(earlier.values("state")[:1])
