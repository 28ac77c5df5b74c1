"""The first page of the back office: where one meeting stands. A fixed number of queries, whatever the number of people."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from attendance.models import CheckIn
from delegations.models import Country, CountryStatus
from meetings.audiences import Category, Family
from meetings.dates import day_range
from meetings.models import Meeting, Session
from participants.models import Offer, Participant, Step
from participants.promises import CLOSED_WITHIN, promise_of
from participants.vacancies import vacancies_of
from reports.charts import Bar, Chart, bar_chart, line_chart
from reports.decisions import Decision, about_invitations, about_mail, about_meeting, about_people, about_programme
from reports.editions import countdown, registration_words

State = Participant.State
MOST_HELD = 12  # people named on the first page; the list has them all
MOST_POINTS = 40  # more days than this are drawn by week
MEMBER, OTHER, NO_COUNTRY = "member", "other", "none"  # the options of the list's filter


@dataclass(frozen=True, slots=True)
class People:
    """How many there are of each sort; every number is that of a list."""

    states: Mapping[str, int]
    taken: int
    held: int
    to_decide: int
    to_confirm: int
    on_hold: int
    free: int | None
    first_timers: int
    asking_protection: int
    late: int = 0
    overdue: int = 0

    @property
    def registered(self) -> int:
        """Everybody whose address is proven."""
        return sum(number for state, number in self.states.items() if state != State.UNCONFIRMED)

    @property
    def confirmed(self) -> int:
        return self.states.get(State.CONFIRMED, 0)

    @property
    def waiting(self) -> int:
        return self.states.get(State.WAITLISTED, 0)

    @property
    def could_move(self) -> int:
        """How many of those who wait could have a place that is free."""
        waiting = self.waiting - self.held
        return waiting if self.free is None else min(self.free, waiting)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, what to compare it with, and its list."""

    number: str
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountryLine:
    """A country and how many confirmed participants it has."""

    name: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Countries:
    """Who comes from where, and which members nobody has registered for."""

    chart: Chart
    present: Sequence[CountryLine]
    members_present: int
    members_total: int
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Board:
    """What the first page shows about one meeting; what the viewer may not see is not in it."""

    meeting: Meeting | None
    choices: Sequence[Meeting]
    phase: "Meeting.Phase | None" = None
    facts: Sequence[str] = ()
    decisions: Sequence[Decision] = ()
    figures: Sequence[Figure] = ()
    empty_places: Sequence[str] = ()
    held: Sequence[tuple[str, str, str]] = ()  # for whom places are held: name, words, address
    over_time: Chart | None = None
    by_state: Chart | None = None
    by_family: Chart | None = None
    countries: Countries | None = None
    list_url: str = ""
    links: Sequence[tuple[str, str]] = field(default=())


def board_for(viewer: Any, *, slug: str, at: dt.datetime) -> Board:
    """The board of the meeting with that address, else of the coming one, else of the last."""
    choices = list(Meeting.objects.order_by("-starts_on", "-pk")) if viewer.has_perm("meetings.view_meeting") else []
    meeting = chosen(choices, slug, at)
    mail = list(about_mail(viewer))
    if meeting is None:
        return Board(meeting=None, choices=choices, decisions=mail)
    sessions = Session.objects.filter(meeting=meeting).count()
    todo = [*about_programme(viewer, meeting, at=at), *about_meeting(viewer, meeting, sessions=sessions, at=at)]
    phase = meeting.phase(at)
    facts = [
        words
        for words in (day_range(meeting.starts_on, meeting.ends_on), countdown(meeting, at), registration_words(meeting, phase))
        if words
    ]
    links = links_for(viewer, meeting, at=at)
    if not viewer.has_perm("participants.view_all_registrations"):
        return Board(meeting=meeting, choices=choices, phase=phase, facts=facts, decisions=[*mail, *todo], links=links)
    vacancies = vacancies_of(meeting, at=at)
    late, overdue = count_late(meeting, at=at)
    people = replace(count_people(meeting, vacancies.held), late=late, overdue=overdue)
    lists = PeopleLists(meeting)
    return Board(
        meeting=meeting,
        choices=choices,
        phase=phase,
        facts=facts,
        decisions=[*about_people(viewer, people, lists.url), *about_invitations(viewer, meeting, at=at), *mail, *todo],
        figures=with_presence(figures_of(people, meeting, lists), viewer, meeting, at=at),
        empty_places=vacancies.reasons,
        held=held_for(viewer, meeting, at=at) if vacancies.held else (),
        over_time=chart_over_time(meeting),
        by_state=chart_by_state(people, lists),
        by_family=chart_by_family(meeting, lists),
        countries=count_countries(meeting, lists),
        list_url=lists.url(),
        links=links,
    )


@dataclass(frozen=True, slots=True)
class PeopleLists:
    """Addresses of the participant list, filtered."""

    meeting: Meeting

    def url(self, **filters: Any) -> str:
        """The list of this meeting's participants that ``filters`` admit."""
        query = urlencode({"meeting__id__exact": self.meeting.pk, **filters})
        return f"{reverse('admin:participants_participant_changelist')}?{query}"


def chosen(meetings: Sequence[Meeting], slug: str, at: dt.datetime) -> Meeting | None:
    """The meeting of that address; without one, the next that is not over, or the last. ``meetings`` have the latest first."""
    ahead = [meeting for meeting in meetings if meeting.ends_on >= meeting.today(at)]
    coming = ahead[-1] if ahead else next(iter(meetings), None)
    return next((meeting for meeting in meetings if meeting.slug == slug), coming)


def links_for(viewer: Any, meeting: Meeting, *, at: dt.datetime) -> list[tuple[str, str]]:
    """Where to go from here, for this viewer."""
    links = []
    if viewer.has_perm("participants.view_participant"):
        links.append((_("Participants"), PeopleLists(meeting).url()))
    if viewer.has_perm("participants.view_all_registrations"):
        links.append((_("Balance"), f"{reverse('admin:balance')}?meeting={meeting.pk}"))
    if viewer.has_perm("meetings.view_session"):
        links.append((_("Programme"), reverse("admin:programme", args=[meeting.pk])))
    if viewer.has_perm("meetings.view_meeting"):
        links.append((_("Meeting"), reverse("admin:meetings_meeting_change", args=[meeting.pk])))
    if viewer.has_perm("attendance.view_checkin") and meeting.starts_on <= meeting.today(at):
        links.append((_("Who was there"), f"{reverse('admin:attendance_checkin_changelist')}?meeting={meeting.pk}"))
    if meeting.is_published:
        links.append((_("Public page"), reverse("meeting", args=[meeting.slug])))
        links.append((_("Public programme"), reverse("programme", args=[meeting.slug])))
    return links


def count_people(meeting: Meeting, held: int = 0) -> People:
    """Count the registrations of a meeting in one query; ``held`` places are offered to people who wait."""
    columns = ("state", "mark", "category", "is_first_timer", "is_protected", "asks_protection")
    rows = Participant.objects.filter(meeting=meeting).order_by().values_list(*columns).annotate(number=Count("*"))
    states: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    taken = first_timers = asking = to_decide = 0
    for state, mark, category, is_first_timer, is_protected, asks_protection, number in rows:
        states[state] += number
        marks[mark] += number
        to_decide += number * (state == State.PENDING and not mark)
        if state == State.CONFIRMED:
            first_timers += number * is_first_timer
            taken += number * (category in Category.counting())
        if state != State.UNCONFIRMED and asks_protection and not is_protected:
            asking += number
    return People(
        states=states,
        taken=taken,
        held=held,
        to_decide=to_decide,
        to_confirm=marks.total() - marks[""] - marks[Participant.Mark.HOLD],
        on_hold=marks[Participant.Mark.HOLD],
        free=None if meeting.capacity is None else max(0, meeting.capacity - taken - held),
        first_timers=first_timers,
        asking_protection=asking,
    )


def count_late(meeting: Meeting, *, at: dt.datetime) -> tuple[int, int]:
    """How many offers, and how many registrations on hold, are past their date and were not closed."""
    offers = Offer.objects.due(at - CLOSED_WITHIN).filter(participant__meeting=meeting, participant__state=State.WAITLISTED)
    holds = Step.objects.open().filter(participant__meeting=meeting, kind=Participant.Mark.HOLD, until__lt=at.date())
    return offers.count(), holds.count()


def held_for(viewer: Any, meeting: Meeting, *, at: dt.datetime) -> list[tuple[str, str, str]]:
    """To whom places are offered, as this viewer may see them; the earliest to answer first."""
    if not viewer.has_perm("participants.view_participant"):
        return []
    running = Offer.objects.running().filter(participant__meeting=meeting, participant__state=State.WAITLISTED)
    offers = running.select_related("participant__meeting", "participant__country", "participant__body").order_by("lapses_at", "pk")
    return [
        (
            name_of(offer.participant, viewer),
            promise_of(offer, at=at).words,
            reverse("admin:participants_participant_change", args=[offer.participant_id]),
        )
        for offer in offers[:MOST_HELD]
    ]


def name_of(person: Participant, viewer: Any) -> str:
    """The face and where it comes from."""
    where = person.country or person.body
    name = str(person.face_for(viewer).name)
    return f"{name} ({where})" if where else name


def figures_of(people: People, meeting: Meeting, lists: PeopleLists) -> list[Figure]:
    """Places, the waiting list and first-timers."""
    without_place = people.confirmed - people.taken
    note = _("%(n)d of them take no place") % {"n": without_place} if without_place else ""
    places = _("no limit") if people.free is None else str(people.free)
    confirmed = npgettext("people", "confirmed", "confirmed", people.confirmed)
    free = npgettext("places", "free", "free", 2 if people.free is None else people.free)
    of_all = _("the number of places is open") if meeting.capacity is None else _("of %(places)d places") % {"places": meeting.capacity}
    return [
        Figure(
            str(people.confirmed),
            confirmed,
            lists.url(state__exact=State.CONFIRMED),
            note,
        ),
        Figure(places, free, reverse("admin:meetings_meeting_change", args=[meeting.pk]), of_all),
        Figure(str(people.waiting), _("on the waiting list"), lists.url(state__exact=State.WAITLISTED)),
        Figure(
            str(people.first_timers),
            ngettext("first-timer", "first-timers", people.first_timers),
            lists.url(state__exact=State.CONFIRMED, is_first_timer__exact=1),
            _("among those confirmed"),
        ),
    ]


def with_presence(figures: list[Figure], viewer: Any, meeting: Meeting, *, at: dt.datetime) -> list[Figure]:
    """While the meeting runs, who came today stands where the free places stood: none is given any more."""
    if meeting.phase(at) != Meeting.Phase.RUNNING or not viewer.has_perm("attendance.view_checkin"):
        return figures
    present = CheckIn.objects.of_days().present().filter(participant__meeting=meeting, day=meeting.today(at)).order_by()
    number = present.values("participant").distinct().count()
    page = f"{reverse('admin:attendance_checkin_changelist')}?meeting={meeting.pk}"
    here = Figure(str(number), npgettext("people", "came today", "came today", number), page, _("so far"))
    return [figures[0], here, *figures[2:]]


def chart_over_time(meeting: Meeting) -> Chart:
    """How many had registered by each day, on the venue's calendar."""
    registered = Participant.objects.filter(meeting=meeting).registered().order_by()
    rows = registered.values_list(TruncDate("registered_at", tzinfo=meeting.zone)).annotate(number=Count("pk"))
    total, points = 0, []
    for day, number in sorted(rows):
        total += number
        points.append((day, total))
    return line_chart(thinned(points), title=_("Registrations over time"), unit=_("registered so far"))


def thinned(points: Sequence[tuple[dt.date, int]]) -> list[tuple[dt.date, int]]:
    """The last point of each week where there are too many days to draw; the first and last point always stay."""
    if len(points) <= MOST_POINTS:
        return list(points)
    weekly = {point[0].isocalendar()[:2]: point for point in points[1:]}
    return [points[0], *weekly.values()]


def chart_by_state(people: People, lists: PeopleLists) -> Chart:
    """Everybody by status, each bar its list."""
    bars = [Bar(str(state.label), people.states.get(state, 0), lists.url(state__exact=state)) for state in State]
    return bar_chart(bars, title=_("By status"), unit=_("people"), heading=_("Status"))


def chart_by_family(meeting: Meeting, lists: PeopleLists) -> Chart:
    """Those confirmed by family of sectors; beside them how many wait for a decision or a place."""
    counts = counted(meeting, "sector__family")
    bars = [
        Bar(
            str(family.label),
            counts[State.CONFIRMED][family],
            lists.url(state__exact=State.CONFIRMED, family=family.value),
            plus(counts[State.PENDING][family] + counts[State.WAITLISTED][family]),
        )
        for family in Family
    ]
    return bar_chart(bars, title=_("Confirmed, by sector family"), unit=_("people"), heading=_("Sector family"))


def plus(number: int) -> str:
    """How many more may come: "+3"."""
    return f"+{number}" if number else ""


def counted(meeting: Meeting, column: str) -> dict[str, Counter[Any]]:
    """For each status that may lead to a seat: how many there are of each value of ``column``."""
    found: dict[str, Counter[Any]] = {state: Counter() for state in (State.PENDING, State.CONFIRMED, State.WAITLISTED)}
    people = Participant.objects.filter(meeting=meeting, state__in=found).order_by()
    for state, value, number in people.values_list("state", column).annotate(number=Count("*")):
        found[state][value] += number
    return found


def count_countries(meeting: Meeting, lists: PeopleLists) -> Countries:
    """Those confirmed by membership and country, and the members for whose authorities nobody has registered."""
    names = {country.pk: country.name.text for country in Country.objects.in_alphabetical_order()}
    members = set(Country.objects.members(meeting.starts_on).values_list("pk", flat=True))
    confirmed, represented = Counter[int | None](), set()
    people = Participant.objects.filter(meeting=meeting, state__in=[State.PENDING, State.CONFIRMED, State.WAITLISTED]).order_by()
    for state, category, country, number in people.values_list("state", "category", "country_id").annotate(number=Count("*")):
        confirmed[country] += number * (state == State.CONFIRMED)
        if category in Category.states():
            represented.add(country)
    lines = [
        CountryLine(name, confirmed[pk], lists.url(state__exact=State.CONFIRMED, country__id__exact=pk))
        for pk, name in names.items()
        if confirmed[pk]
    ]
    return Countries(
        chart=chart_by_membership(confirmed, members, lists),
        present=lines,
        members_present=len(members & represented),
        members_total=len(members),
        missing=[name for pk, name in names.items() if pk in members - represented],
    )


def chart_by_membership(confirmed: Mapping[int | None, int], members: set[int], lists: PeopleLists) -> Chart:
    """Those confirmed by what their country was to the Group on the first day."""
    totals: Counter[str] = Counter()
    for country, number in confirmed.items():
        totals[NO_COUNTRY if country is None else MEMBER if country in members else OTHER] += number
    labels = {MEMBER: CountryStatus.Status.MEMBER.label, OTHER: _("Other countries"), NO_COUNTRY: _("No country")}
    bars = [Bar(str(label), totals[key], lists.url(state__exact=State.CONFIRMED, membership=key)) for key, label in labels.items()]
    return bar_chart(bars, title=_("Confirmed, by membership"), unit=_("people"), heading=_("Membership"))
