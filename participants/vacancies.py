"""Why a place is still empty: said wherever the number of free places is."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.audiences import Category
from meetings.dates import moment
from meetings.models import Meeting
from participants.models import Offer, Participant

State = Participant.State


@dataclass(frozen=True, slots=True)
class Vacancies:
    """Places that nobody has: ``free`` ones, None without a limit, and those held for people who were offered one."""

    free: int | None
    held: int
    reasons: tuple[str, ...]


def vacancies_of(meeting: Meeting, *, at: dt.datetime) -> Vacancies:
    """Count them, and say why; no reason where none is empty or there is no limit."""
    found = Participant.objects.filter(meeting=meeting, category__in=Category.counting()).aggregate(
        taken=Count("pk", filter=Q(state=State.CONFIRMED)),
        pending=Count("pk", filter=Q(state=State.PENDING)),
        waiting=Count("pk", filter=Q(state=State.WAITLISTED)),
    )
    running = Offer.objects.running().filter(participant__meeting=meeting, participant__category__in=Category.counting())
    offers = running.aggregate(held=Count("pk"), until=Max("lapses_at"))
    held = offers["held"]
    if meeting.capacity is None:
        return Vacancies(None, held, ())
    free = max(0, meeting.capacity - found["taken"] - held)
    reasons = []
    if held and found["taken"] < meeting.capacity:
        reasons.append(held_words(held, offers["until"].astimezone(meeting.zone)))
    if free:
        reasons += why_free(meeting, pending=found["pending"], waiting=found["waiting"] - held, at=at)
    return Vacancies(free, held, tuple(reasons))


def held_words(held: int, until: dt.datetime) -> str:
    """Until when places are held."""
    text = ngettext(
        "%(n)d place is held for somebody to whom it is offered, until %(when)s.",
        "%(n)d places are held for people to whom they are offered, the last until %(when)s.",
        held,
    )
    return text % {"n": held, "when": moment(until)}


def why_free(meeting: Meeting, *, pending: int, waiting: int, at: dt.datetime) -> Iterator[str]:
    """Why places that nobody holds go to nobody by themselves."""
    if meeting.phase(at) == Meeting.Phase.OVER:
        yield _("The meeting is over.")
        return
    if pending:
        text = ngettext("%(n)d registration awaits your approval.", "%(n)d registrations await your approval.", pending)
        yield text % {"n": pending}
    if waiting:
        text = ngettext(
            "%(n)d person was put on the waiting list although places are free; approve them to give them one.",
            "%(n)d people were put on the waiting list although places are free; approve them to give them one.",
            waiting,
        )
        yield text % {"n": waiting} if at < meeting.begins_at else _("The meeting has begun; nobody is called up any more.")
    else:
        yield _("Nobody waits for one.")
    if not meeting.registration_is_open(at):
        yield _("Registration is not open.")
