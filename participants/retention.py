"""How long what belongs to a registration is kept, for the clocks of ``privacy``."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from accounts.retention import Clock, Rows, older
from participants.models import ExportRecord, ImportRecord, Journey, Needs, Participant, Passport, Reveal
from participants.models.participant import UNCONFIRMED_KEPT
from participants.services import delete_forms


def after_meeting(meeting: str) -> Callable[[QuerySet[Any], Clock], QuerySet[Any]]:
    """Due once the last day of the meeting, reached by ``meeting``, is more days ago than the clock says."""
    return lambda rows, clock: rows.filter(**{f"{meeting}__ends_on__lt": clock.before_day})


NEEDS = Rows("participants.needs", Needs.objects.all, after_meeting("participant__meeting"))
JOURNEYS = Rows("participants.journey", Journey.objects.all, after_meeting("participant__meeting"))
PASSPORTS = Rows("participants.passport", Passport.objects.all, after_meeting("participant__meeting"))
# Whatever its clock says: seven days, as the mail with the link says.
UNCONFIRMED = Rows(
    "participants.participant:unconfirmed",
    lambda: Participant.objects.filter(state=Participant.State.UNCONFIRMED),
    lambda rows, clock: rows.stale(clock.at),  # type: ignore[attr-defined]
    delete_forms,
    days=UNCONFIRMED_KEPT.days,
)
REVEALS = Rows("participants.reveal", Reveal.objects.all, older("made_at"))
EXPORTS = Rows("participants.exportrecord", ExportRecord.objects.all, older("made_at"))
IMPORTS = Rows("participants.importrecord", ImportRecord.objects.ended, older("made_at"))


def registrations(let_go: Callable[[QuerySet[Any]], int]) -> Rows:
    """Registrations, which are emptied and stay. ``privacy`` says how, because it keeps a ledger of it."""
    return Rows("participants.participant", Participant.objects.registered().named, after_meeting("meeting"), let_go)
