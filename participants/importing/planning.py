"""What an import would do with each row: nothing is written here, and the same rows give the same plan."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from meetings.audiences import Category
from meetings.models import Meeting
from participants import choices, services
from participants.importing.names import same_name_key
from participants.importing.rows import Said, complete, understand
from participants.importing.values import Known, known_for
from participants.models import Journey, Participant, Sector

State = Participant.State
TRAVEL = frozenset({"arrives_on", "departs_on"})


class Group(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", _lazy("New")
    CHANGED = "changed", pgettext_lazy("rows", "Changed")
    SAME = "same", _lazy("The same")
    DUPLICATE = "duplicate", _lazy("Duplicates")
    FAULTY = "faulty", _lazy("Faulty")
    LEFT_OUT = "left_out", _lazy("Left out")


@dataclass(slots=True)
class Change:
    """One field of somebody registered, old and new."""

    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class Entry:
    """One row and what becomes of it. ``reason`` is in words; ``participant`` is whom it was recognised as."""

    said: Said
    group: Group = Group.NEW
    participant: Participant | None = None
    changes: list[Change] = field(default_factory=list)
    reason: str = ""
    may_be_taken: bool = False  # a duplicate that may be somebody else of the same name
    may_be_left: bool = True
    waits: bool = False  # new, and no place is free for it

    @property
    def number(self) -> int:
        return self.said.number


@dataclass(frozen=True, slots=True)
class Order:
    """What was decided about a file: its matched columns, whom to leave out, and how the new ones arrive."""

    fields: Sequence[str]
    new_state: str = State.PENDING
    default_sector: str = ""
    left_out: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()


@dataclass
class Plan:
    """Every row of a file with what becomes of it, in the order of the file."""

    meeting: Meeting
    order: Order
    entries: list[Entry]

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows of each group."""
        return Counter(entry.group.value for entry in self.entries)

    def of(self, *groups: Group) -> list[Entry]:
        """The rows of these groups."""
        return [entry for entry in self.entries if entry.group in groups]

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.counts[Group.NEW] + self.counts[Group.CHANGED]

    @property
    def is_ready(self) -> bool:
        """True when nothing is faulty any more and something is to be written."""
        return not self.counts[Group.FAULTY] and self.writes > 0

    @property
    def waiting(self) -> int:
        """How many new people no place is free for."""
        return sum(entry.waits for entry in self.entries)

    @cached_property
    def fingerprint(self) -> str:
        """Equal for plans that would write the same."""
        written = [
            [
                entry.number,
                entry.group.value,
                entry.participant and entry.participant.pk,
                [[change.field, str(change.new)] for change in entry.changes],
                sorted((name, str(value)) for name, value in entry.said.values.items()) if entry.group == Group.NEW else [],
                entry.waits,
            ]
            for entry in self.entries
        ]
        return hashlib.sha256(json.dumps(written).encode()).hexdigest()


def understand_all(rows: Iterable[tuple[int, Sequence[str]]], fields: Sequence[str], known: Known) -> list[Said]:
    """What each row says; needs no lock, and is most of the work."""
    return [understand(number, row, fields, known) for number, row in rows]


def plan(rows: Iterable[tuple[int, Sequence[str]]], order: Order, meeting: Meeting) -> Plan:
    """Look at every row beside those registered for the meeting."""
    known = known_for(meeting)
    return planned(understand_all(rows, order.fields, known), order, meeting, known)


def planned(said: Iterable[Said], order: Order, meeting: Meeting, known: Known) -> Plan:
    """The plan for rows that were understood before."""
    planner = Planner(order, meeting, known)
    return Plan(meeting, order, planner.with_places([planner.entry(each) for each in said]))


class Planner:
    """Everybody registered for the meeting, to compare rows with; and the rows seen so far, to find doubles among them."""

    def __init__(self, order: Order, meeting: Meeting, known: Known) -> None:
        self.order, self.meeting, self.known = order, meeting, known
        self.default_sector = known.sector_rows.get(order.default_sector)
        self.codes_by_pk = {country.pk: country for country in choices.countries()}
        self.sectors_by_pk = {row.pk: row for row in known.sector_rows.values()}
        rows = Participant.objects.filter(meeting=meeting).select_related("user", "merged_into").order_by("pk")
        self.registered = [person for person in rows if not hasattr(person, "merged_into")]
        self.days = days_of(meeting) if TRAVEL & {*order.fields} else {}
        self.by_reference = {person.reference: person for person in self.registered}
        self.by_address: dict[str, Participant] = {}
        self.merged_addresses: dict[str, int] = {}
        self.by_name: dict[tuple[str, int | None], list[Participant]] = defaultdict(list)
        for person in self.registered:
            self.remember(person)
        self.remember_merged(person for person in rows if hasattr(person, "merged_into"))
        self.seen_addresses: dict[str, int] = {}
        self.seen_names: dict[tuple[str, int | None], int] = {}
        self.seen_people: dict[int, int] = {}

    def remember(self, person: Participant) -> None:
        """By address also the protected; by name not, because an answer would tell who they are."""
        if person.user is not None:
            self.by_address.setdefault(person.user.email, person)
        if person.email:
            self.by_address[person.email] = person
        if person.family_name and not person.is_protected:
            self.by_name[same_name_key(person.given_name, person.family_name), person.country_id].append(person)

    def remember_merged(self, gone: Iterable[Participant]) -> None:
        """A list that speaks of a registration that was merged speaks of the one into which it went."""
        by_key = {person.pk: person for person in self.registered}
        for person in gone:
            if survivor := by_key.get(person.merged_into.survivor_id):
                self.by_reference[person.reference] = survivor
                self.by_address.setdefault(person.email, survivor)
                self.merged_addresses[person.email] = survivor.pk

    def entry(self, said: Said) -> Entry:
        """One row."""
        if said.number in self.order.left_out:
            return Entry(said, Group.LEFT_OUT, reason=_("You left this row out."))
        person = self.recognised(said)
        if person is not None:
            return self.beside(said, person)
        if said.stays_out:
            return Entry(said, Group.LEFT_OUT, reason=_("The list says: %(status)s.") % {"status": said.typed["status"]}, may_be_left=False)
        return self.newcomer(said)

    def recognised(self, said: Said) -> Participant | None:
        """Whom a row speaks of: by reference, by address, or where it has no address by name and country."""
        if said.reference in self.by_reference:
            return self.by_reference[said.reference]
        if address := said.values.get("email"):
            return self.by_address.get(address)
        namesakes = self.namesakes(said)
        return namesakes[0] if len(namesakes) == 1 and "email" not in said.problems else None

    def namesakes(self, said: Said) -> list[Participant]:
        """Those registered with the same name and country."""
        return self.by_name.get(name_key(said), []) if said.values.get("family_name") else []

    def beside(self, said: Said, person: Participant) -> Entry:
        """A row about somebody registered."""
        if (earlier := self.seen_people.setdefault(person.pk, said.number)) != said.number:
            return Entry(said, Group.DUPLICATE, person, reason=_("The same person stands in row %(row)d.") % {"row": earlier})
        if person.is_protected:
            return Entry(said, Group.SAME, person, reason=_("Protected: an import changes nothing."), may_be_left=False)
        if person.is_erased:
            return Entry(said, Group.SAME, person, reason=_("Erased: nothing is written about this person again."), may_be_left=False)
        if said.problems:
            return Entry(said, Group.FAULTY, person)
        entry = Entry(said, Group.SAME, person, self.changes(said, person))
        if not entry.changes:
            return entry
        if person.state == State.UNCONFIRMED:
            entry.group = Group.DUPLICATE
            entry.reason = _("There is a form with this address that its owner has not confirmed yet.")
            return entry
        entry.group = Group.CHANGED
        self.check_changes(entry, person)
        return entry

    def changes(self, said: Said, person: Participant) -> list[Change]:
        """What the row says otherwise; an empty cell changes nothing, and the status is decided elsewhere."""
        values = {name: value for name, value in said.values.items() if name != "registered_at"}
        if said.whole_name and same_name_key(said.whole_name, "") == same_name_key(person.given_name, person.family_name):
            values = {name: value for name, value in values.items() if name not in {"given_name", "family_name"}}
        if self.merged_addresses.get(values.get("email", "")) == person.pk:
            del values["email"]  # the other address of the same person; which of the two is used was chosen at the merge
        before = {name: self.before(person, name) for name in values}
        found = [Change(name, before[name], value) for name, value in values.items() if before[name] != value]
        if found and "category" not in values and (category := self.new_category(person, {c.field: c.new for c in found})):
            found.append(Change("category", person.category, category))
        return found

    def before(self, person: Participant, name: str) -> Any:
        """What is known of somebody so far; their days of travel are kept apart."""
        return self.days.get(person.pk, {}).get(name) if name in TRAVEL else getattr(person, name)

    def new_category(self, person: Participant, changed: Mapping[str, Any]) -> str:
        """The category that follows from another sector or country, unless somebody had chosen it by hand."""
        if not {"sector_id", "country_id"} & set(changed) or self.derived(person.sector_id, person.country_id) != person.category:
            return ""
        category = self.derived(changed.get("sector_id", person.sector_id), changed.get("country_id", person.country_id))
        return category if category != person.category else ""

    def derived(self, sector: int, country: int | None) -> str:
        """The category by the rule of the registration form."""
        country_row = self.codes_by_pk.get(country) if country else None
        return choices.category_for(sector=self.sectors_by_pk[sector], country=country_row, meeting=self.meeting)

    def check_changes(self, entry: Entry, person: Participant) -> None:
        """What cannot be true of the person after the changes."""
        after = {change.field: change.new for change in entry.changes}
        if "email" in after and self.by_address.get(after["email"], person) is not person:
            self.fault(entry, "email", _("Somebody else is registered with this address."))
        arrives, departs = (after.get(name, self.before(person, name)) for name in ("arrives_on", "departs_on"))
        if arrives and departs and departs < arrives:
            self.fault(entry, "departs_on", _("The departure is before the arrival."))
        if after.get("category", person.category) in Category.states() and not after.get("country_id", person.country_id):
            self.fault(entry, "country", _("The country is missing: somebody sent by a state needs one."))

    def fault(self, entry: Entry, name: str, problem: str) -> None:
        entry.group = Group.FAULTY
        entry.said.problems[name] = problem

    def newcomer(self, said: Said) -> Entry:
        """A row about somebody who is not registered."""
        complete(said, self.known, self.default_sector)
        if said.problems:
            return Entry(said, Group.FAULTY)
        address, name = said.values.get("email", ""), name_key(said)
        if address and (earlier := self.seen_addresses.setdefault(address, said.number)) != said.number:
            return Entry(said, Group.DUPLICATE, reason=_("The same address stands in row %(row)d.") % {"row": earlier})
        earlier = self.seen_names.setdefault(name, said.number)
        if said.number in self.order.taken:
            return Entry(said, Group.NEW, reason=_("You took this row in: another person of the same name."))
        if earlier != said.number:
            reason = _("The same name and country stand in row %(row)d.") % {"row": earlier}
            return Entry(said, Group.DUPLICATE, reason=reason, may_be_taken=bool(address))
        if namesakes := self.namesakes(said):
            reason = _("Somebody of the same name and country is registered with another address.")
            return Entry(said, Group.DUPLICATE, namesakes[0], reason=reason, may_be_taken=True)
        return Entry(said, Group.NEW)

    def with_places(self, entries: list[Entry]) -> list[Entry]:
        """Say who would wait: places are given in the order of the file, and never more than there are. History has no limit."""
        taking = [entry for entry in entries if entry.group == Group.CHANGED and takes_a_place(entry)]
        free = services.free_places(self.meeting)
        if free is None or is_history(self.meeting):
            return entries
        for entry in taking[free:]:
            self.fault(entry, "category", _("No place is free for the new category."))
        left = max(0, free - len(taking))
        if self.order.new_state == State.CONFIRMED:
            counting = [entry for entry in entries if entry.group == Group.NEW and entry.said.values["category"] in Category.counting()]
            for entry in counting[left:]:
                entry.waits = True
        return entries


def days_of(meeting: Meeting) -> dict[int, dict[str, Any]]:
    """The days of arrival and departure known so far, by participant."""
    rows = Journey.objects.filter(participant__meeting=meeting).values("participant_id", *sorted(TRAVEL))
    return {row["participant_id"]: row for row in rows}


def name_key(said: Said) -> tuple[str, int | None]:
    """What people of the same name and country have in common."""
    key = same_name_key(said.values.get("given_name", ""), said.values.get("family_name", ""))
    return key, said.values.get("country_id")


def takes_a_place(entry: Entry) -> bool:
    """True for a change after which a confirmed person takes a place and did not before."""
    person = entry.participant
    after = next((change.new for change in entry.changes if change.field == "category"), None)
    if person is None or after is None:
        return False
    return person.state == State.CONFIRMED and after in Category.counting() and person.category not in Category.counting()


def is_history(meeting: Meeting) -> bool:
    """True for a meeting that is over: whoever was there was there, whatever the places."""
    return meeting.ends_on < meeting.today()


def sectors_to_choose() -> list[tuple[str, str]]:
    """Sectors by code, for those of whom a list says none."""
    return [(sector.code, str(sector)) for sector in Sector.objects.all()]
