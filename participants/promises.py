"""What stands until a moment: a place held for somebody, a registration on hold; and what is past it because nothing closed it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from meetings.dates import day, moment
from participants.models import Offer, Participant, Step

CLOSED_WITHIN = dt.timedelta(minutes=15)  # the worker looks every few minutes; later than that, none is running
HELD, LATE, OVERDUE = "held", "late", "overdue"
LABELS = {HELD: _lazy("A place is offered"), LATE: _lazy("Offer past its date"), OVERDUE: _lazy("On hold past its date")}


@dataclass(frozen=True, slots=True)
class Promise:
    """One of them. ``kind`` is empty for a registration on hold whose day has not come."""

    kind: str
    words: str

    @property
    def is_late(self) -> bool:
        return self.kind in {LATE, OVERDUE}


def promise_of(offer: Offer, *, at: dt.datetime) -> Promise:
    """What is said of somebody to whom a place is offered."""
    when = moment(offer.lapses_at.astimezone(offer.participant.meeting.zone))
    if offer.is_running(at):
        return Promise(HELD, _("A place is offered until %(when)s.") % {"when": when})
    if at < offer.lapses_at + CLOSED_WITHIN:
        return Promise(HELD, _("A place was offered until %(when)s; it goes on to the next in line in a moment.") % {"when": when})
    return Promise(LATE, _("The offer of a place ran out on %(when)s and was not closed yet.") % {"when": when})


def hold_of(until: dt.date, *, on: dt.date) -> Promise:
    """What is said of a registration on hold that has a day."""
    said = {"day": day(until)}
    if until >= on:
        return Promise("", _("On hold until %(day)s.") % said)
    return Promise(OVERDUE, _("On hold until %(day)s, which is past.") % said)


def promises(*, at: dt.datetime) -> dict[int, Promise]:
    """By participant: everything that is running now, at all meetings. Two queries."""
    offers = Offer.objects.running().filter(participant__state=Participant.State.WAITLISTED)
    holds = Step.objects.open().filter(kind=Participant.Mark.HOLD, until__isnull=False).order_by()
    found = {pk: hold_of(until, on=at.date()) for pk, until in holds.values_list("participant", "until") if until}
    return found | {offer.participant_id: promise_of(offer, at=at) for offer in offers.select_related("participant__meeting")}


def kind_column(found: Mapping[int, Promise]) -> Any:
    """The kind of each row's promise, for a query; an empty text where there is none."""
    keys = {kind: [pk for pk, promise in found.items() if promise.kind == kind] for kind in LABELS}
    return Case(*(When(pk__in=some, then=Value(kind)) for kind, some in keys.items() if some), default=Value(""))
