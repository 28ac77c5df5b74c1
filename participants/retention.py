"""How long what belongs to a registration is kept, for the clocks of ``privacy``."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from accounts.retention import Clock, Rows, older
from participants.models import ExportRecord, Needs, Participant, Reveal
from participants.services import delete_forms


def after_meeting(meeting: str) -> Callable[[QuerySet[Any], Clock], QuerySet[Any]]:
    """Due once the last day of the meeting, reached by ``meeting``, is more days ago than the clock says."""
    return lambda rows, clock: rows.filter(**{f"{meeting}__ends_on__lt": clock.before_day})


def let_go_of_arrivals(rows: QuerySet[Any]) -> int:
    """Days of travel go from the registration and from its history. No line of history says so: it would tell what it was."""
    keys = list(rows.values_list("pk", flat=True))
    Participant.history.filter(id__in=keys).update(arrives_on=None, departs_on=None)
    return Participant.objects.filter(pk__in=keys).update(arrives_on=None, departs_on=None)


NEEDS = Rows("participants.needs", Needs.objects.all, after_meeting("participant__meeting"))
ARRIVALS = Rows(
    "participants.participant:arrival",
    lambda: Participant.objects.exclude(Q(arrives_on=None) & Q(departs_on=None)),
    after_meeting("meeting"),
    let_go_of_arrivals,
)
# Whatever its clock says: seven days, as the mail with the link says.
UNCONFIRMED = Rows(
    "participants.participant:unconfirmed",
    lambda: Participant.objects.filter(state=Participant.State.UNCONFIRMED),
    lambda rows, clock: rows.stale(clock.at),  # type: ignore[attr-defined]
    delete_forms,
)
REVEALS = Rows("participants.reveal", Reveal.objects.all, older("made_at"))
EXPORTS = Rows("participants.exportrecord", ExportRecord.objects.all, older("made_at"))


def registrations(let_go: Callable[[QuerySet[Any]], int]) -> Rows:
    """Registrations, which are emptied and stay. ``privacy`` says how, because it keeps a ledger of it."""
    return Rows("participants.participant", Participant.objects.registered().named, after_meeting("meeting"), let_go)
