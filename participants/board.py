"""Who comes: for every country, organisation and invited person what was asked and what came of it. Numbers, no participant's name.

A fixed number of queries, whatever the number of countries and people.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from delegations.models import Body, Correspondent, Country, CountryStatus, Invitation
from meetings.audiences import Category
from meetings.models import Meeting
from participants.models import Participant

State, Status = Participant.State, CountryStatus.Status
Spoken = AbstractSet[tuple[int | None, int | None]]  # keys of the countries and organisations that have a correspondent
REGISTERED = (State.PENDING, State.WAITLISTED, State.CONFIRMED)

GROUPS: dict[str, str | Promise] = {
    "members": _("Members"),
    "observers": _("Observers"),
    "others": _("Other countries"),
    "bodies": _("Organisations"),
    "people": _("Named persons"),
}
SHOWN: dict[str, str | Promise] = {
    "uninvited": _("Not invited"),
    "silent": _("Silent"),
    "late": _("Silent after the deadline"),
    "promised": _("Will nominate, nobody named yet"),
    "incomplete": _("Nominated, not all registered"),
    "regrets": _("Regrets"),
    "nobody": _("Nobody registered yet"),
    "unreachable": _("Nobody to write to"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One country, organisation or person. Without an invitation what they were asked is empty, and people may come all the same."""

    group: str
    name: str
    country: int | None = None
    body: int | None = None
    invitation: Invitation | None = None
    nominated: int = 0
    registered: int = 0
    confirmed: int = 0
    categories: frozenset[str] = frozenset()  # in which those registered attend
    can_be_written_to: bool = True
    is_late: bool = False

    @property
    def quota(self) -> int | None:
        return self.invitation.quota if self.is_invited and self.invitation else None

    @property
    def is_invited(self) -> bool:
        """True once the invitation was sent, and while it stands."""
        return self.invitation is not None and self.invitation.state == Invitation.State.SENT

    @property
    def is_silent(self) -> bool:
        return self.is_invited and not self.nominated and self.invitation is not None and not self.invitation.reply

    @property
    def can_be_sent(self) -> bool:
        """True for a draft that somebody reads and that can still be answered."""
        is_draft = self.invitation is not None and self.invitation.state == Invitation.State.DRAFT
        return is_draft and self.can_be_written_to and not self.is_late

    @property
    def is_promised(self) -> bool:
        """True when names were promised and none came; of a person, when they said yes and did not register."""
        return self.has_reply(Invitation.Reply.NOMINATES) and not self.nominated and not self.registered

    def has_reply(self, reply: str) -> bool:
        """True when the invitation stands and was answered so."""
        return self.is_invited and self.invitation is not None and self.invitation.reply == reply

    @property
    def is_over(self) -> bool:
        """True when more people are confirmed than were invited."""
        return self.quota is not None and self.confirmed > self.quota

    def shows(self, what: str) -> bool:
        """Whether the line is among those of a filter."""
        match what:
            case "uninvited":
                return not self.is_invited
            case "silent":
                return self.is_silent
            case "late":
                return self.is_silent and self.is_late
            case "promised":
                return self.is_promised
            case "incomplete":
                return self.is_invited and self.nominated > self.registered
            case "regrets":
                return self.has_reply(Invitation.Reply.REGRETS)
            case "nobody":
                return not self.registered
            case "unreachable":
                return not self.can_be_written_to
        return True


@dataclass
class Counts:
    """How many registered and how many are confirmed, under one key."""

    registered: int = 0
    confirmed: int = 0
    categories: set[str] = field(default_factory=set)

    def add(self, state: str, category: str, number: int) -> None:
        self.registered += number
        self.confirmed += number * (state == State.CONFIRMED)
        self.categories.add(category)


def lines_of(meeting: Meeting, *, at: dt.datetime) -> list[Line]:
    """Every line of a meeting: countries in the page's alphabet, then organisations, then people."""
    today = meeting.today(at)
    invitations = list(Invitation.objects.filter(meeting=meeting).with_addressees().with_names().order_by("number"))
    by_country = {row.country_id: row for row in invitations if row.country_id}
    by_body = {row.body_id: row for row in invitations if row.body_id}
    people = [row for row in invitations if row.is_to_person]
    counts = counted(meeting)
    spoken_for = set(Correspondent.objects.current(today).values_list("country_id", "body_id"))
    return [
        *country_lines(meeting, by_country, counts, spoken_for=spoken_for, today=today),
        *body_lines(meeting, by_body, counts, spoken_for=spoken_for, today=today),
        *person_lines(meeting, people, today=today),
    ]


def counted(meeting: Meeting) -> dict[tuple[str, int], Counts]:
    """Registrations by country, for its authorities, and by organisation; one query."""
    found: dict[tuple[str, int], Counts] = defaultdict(Counts)
    rows = Participant.objects.filter(meeting=meeting, state__in=REGISTERED).order_by()
    columns = ("state", "category", "country_id", "body_id")
    for state, category, country, body, number in rows.values_list(*columns).annotate(number=Count("pk")):
        if category in Category.states():
            found["country", country].add(state, category, number)
        elif category == Category.INTERNATIONAL_ORGANISATION and body:
            found["body", body].add(state, category, number)
    return found


def country_lines(
    meeting: Meeting, invitations: dict[int, Invitation], counts: dict[tuple[str, int], Counts], *, spoken_for: Spoken, today: dt.date
) -> Iterator[Line]:
    """Members and observers, and every other country that was invited or from whose authorities somebody comes."""
    statuses = {
        period.country_id: period.status
        for period in CountryStatus.objects.filter(status__in=[Status.MEMBER, Status.OBSERVER])
        if period.covers(meeting.starts_on)
    }
    wanted = {*statuses, *invitations, *(key for kind, key in counts if kind == "country")}
    groups = {Status.MEMBER: "members", Status.OBSERVER: "observers"}
    for country in Country.objects.filter(pk__in=wanted).in_alphabetical_order():
        yield line(
            groups.get(Status(statuses.get(country.pk, Status.NONE)), "others"),
            str(country),
            invitations.get(country.pk),
            counts.get(("country", country.pk), Counts()),
            today=today,
            country=country.pk,
            can_be_written_to=(country.pk, None) in spoken_for,
        )


def body_lines(
    meeting: Meeting, invitations: dict[int, Invitation], counts: dict[tuple[str, int], Counts], *, spoken_for: Spoken, today: dt.date
) -> Iterator[Line]:
    """Every organisation that bears its name on the first day, was invited or sends somebody."""
    known = {*invitations, *(key for kind, key in counts if kind == "body")}
    for body in sorted(Body.objects.existing(meeting.starts_on) | Body.objects.filter(pk__in=known), key=str):
        yield line(
            "bodies",
            str(body),
            invitations.get(body.pk),
            counts.get(("body", body.pk), Counts()),
            today=today,
            body=body.pk,
            can_be_written_to=bool(body.contact_email) or (None, body.pk) in spoken_for,
        )


def person_lines(meeting: Meeting, invitations: Sequence[Invitation], *, today: dt.date) -> Iterator[Line]:
    """Everybody invited by name; who registers with that address is taken for them."""
    rows = Participant.objects.filter(meeting=meeting, state__in=REGISTERED).annotate(address=Lower("email"))
    addresses = [invitation.email for invitation in invitations]
    found = rows.filter(address__in=addresses).values_list("address", "state", "category") if addresses else []
    counts: dict[str, Counts] = defaultdict(Counts)
    for address, state, category in found:
        counts[address].add(state, category, 1)
    for invitation in invitations:
        yield line("people", invitation.addressee, invitation, counts[invitation.email], today=today)


def line(group: str, name: str, invitation: Any, counts: Counts, *, today: dt.date, **more: Any) -> Line:
    """One line from its parts."""
    return Line(
        group=group,
        name=name,
        invitation=invitation,
        nominated=invitation.names if invitation else 0,
        registered=counts.registered,
        confirmed=counts.confirmed,
        categories=frozenset(counts.categories),
        is_late=invitation is not None and invitation.deadline < today,
        **more,
    )


def filtered(lines: Sequence[Line], *, group: str = "", shown: str = "") -> list[Line]:
    """The lines of a group, narrowed to what is asked."""
    return [one for one in lines if (not group or one.group == group) and one.shows(shown)]


def options(lines: Sequence[Line], *, group: str, shown: str) -> tuple[dict[str, int], dict[str, int]]:
    """How many lines each chip would show, the other choice staying as it is; "" stands for all."""
    by_group = Counter(one.group for one in lines if one.shows(shown))
    of_group = [one for one in lines if not group or one.group == group]
    groups = {"": sum(by_group.values()), **{key: by_group[key] for key in GROUPS}}
    return groups, {"": len(of_group), **{key: sum(one.shows(key) for one in of_group) for key in SHOWN}}


def totals(lines: Sequence[Line]) -> Line:
    """The sums of the numbers, as one more line."""
    return Line(
        group="",
        name="",
        nominated=sum(one.nominated for one in lines),
        registered=sum(one.registered for one in lines),
        confirmed=sum(one.confirmed for one in lines),
    )
