"""Making a registration say nothing of the person any more, while every figure stays what it was."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import transaction
from django.db.models import Field, Q
from django.utils.translation import gettext, override

from accounts.models import Look
from correspondence.erasure import let_go_of_mails
from meetings.models import Meeting
from participants import leaving
from participants.models import (
    Consent,
    ExportedPeople,
    ExportRecord,
    HandOver,
    Journey,
    Merge,
    Needs,
    Note,
    NotSame,
    Offer,
    Participant,
    Passport,
    PersonalLink,
    Reveal,
    Step,
)
from participants.models.participant import new_reference
from participants.services.states import locked

# What figures are made of. Every other column is emptied, one that comes later too.
KEPT = frozenset(
    {"id", "meeting", "state", "category", "sector", "country", "body", "listening_language", "is_first_timer"}
    | {"created_at", "registered_at", "decided_at"}
)
TIMES = ("created_at", "registered_at", "decided_at")


@transaction.atomic
def erase_registration(*, participant: Participant, reference: str = "") -> Counter[str]:
    """Empty a registration for good, with all that hangs on it; says how many rows of each kind went or were emptied.

    What stays belongs to nobody: the meeting, the status, the capacity in which somebody came, and the days. Even the
    reference is another one, because people write references down; ``reference`` is the one it had got before, where it is
    done again in a restored backup. Doing it twice changes nothing.
    """
    Meeting.objects.locked(participant.meeting_id)
    current = locked(participant.pk)
    if current.is_erased:
        return Counter()
    gone = let_go_of_rows(current)
    gone.update(leaving.forget(current))
    earlier = current.reference
    for field in Participant._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(current, field.attname, empty(field))
    current.visibility = Participant.Visibility.HIDDEN
    current.reference = reference or new_reference(current.meeting)
    for name in TIMES:
        setattr(current, name, day_only(getattr(current, name), current.meeting))
    current.save()
    gone.update(let_go_of_reference(current, earlier))
    # Last, because saving leaves one more line.
    gone["participants.historicalparticipant"] = Participant.history.filter(id=current.pk).delete()[0]
    gone["participants.participant"] = 1
    return +gone


def let_go_of_rows(participant: Participant) -> Counter[str]:
    """Delete what hangs on a registration; of looks at the name it stays who looked and when, not why."""
    return Counter(
        {
            "participants.journey": Journey.objects.filter(participant=participant).delete()[0],
            "participants.passport": Passport.objects.filter(participant=participant).delete()[0],
            "participants.consent": Consent.objects.filter(participant=participant).let_go(),
            "participants.needs": Needs.objects.filter(participant=participant).delete()[0],
            "participants.handover": HandOver.objects.filter(Q(participant=participant) | Q(to=participant)).delete()[0],
            "participants.offer": Offer.objects.filter(participant=participant).delete()[0],
            "participants.note": Note.objects.filter(participant=participant).let_go(),
            "participants.merge": Merge.objects.filter(Q(survivor=participant) | Q(other=participant)).delete()[0],
            "participants.notsame": NotSame.objects.filter(Q(first=participant) | Q(second=participant)).delete()[0],
            "participants.step": Step.objects.filter(participant=participant).delete()[0],
            "participants.personallink": PersonalLink.objects.filter(participant=participant).delete()[0],
            "participants.reveal": Reveal.objects.filter(participant=participant).exclude(reason="").update(reason=""),
            "participants.exportedpeople": ExportedPeople.forget(participant.pk),
        }
    )


def let_go_of_reference(participant: Participant, earlier: str) -> Counter[str]:
    """Mails about a registration go; the trail and the looks at it stay, under its new reference."""
    references = {earlier, *Participant.history.filter(id=participant.pk).values_list("reference", flat=True)}
    trail = LogEntry.objects.filter(content_type=get_content_type_for_model(participant), object_id=str(participant.pk))
    return Counter(
        {
            "correspondence.message": let_go_of_mails(references=references),
            "accounts.look": Look.objects.filter(reference__in=references).rename(participant.reference),
            "admin.logentry": trail.update(object_repr=participant.reference),
        }
    )


@transaction.atomic
def change_searches(*, change: Callable[[str], str]) -> int:
    """Make ``change`` to what somebody searched for before an export, in the ledger; says in how many lines it was different."""
    number = 0
    for record in ExportRecord.objects.select_for_update().exclude(filters={}):
        filters = {label: changed_filter(label, text, change) for label, text in record.filters.items()}
        if filters != record.filters:
            number += ExportRecord.objects.filter(pk=record.pk).update(filters=filters)
    return number


def changed_filter(label: str, text: str, change: Callable[[str], str]) -> str:
    """One filter of the ledger; a search stands in the address of the list, and in words under its name in some language."""
    if label == "address":
        pairs = parse_qsl(text, keep_blank_values=True)
        return urlencode([(name, change(value) if name == SEARCH_VAR else value) for name, value in pairs])
    return change(text) if label in names_of_search() else text


def names_of_search() -> set[str]:
    """What the ledger calls a search, in every language."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(gettext("Search"))
    return found


def empty(field: Field[Any, Any]) -> Any:
    """What stands in a column of somebody who is erased."""
    if field.has_default():
        return field.get_default()
    return None if field.null else ""


def day_only(moment: dt.datetime | None, meeting: Meeting) -> dt.datetime | None:
    """Noon of that day at the venue: the day counts in a chart, the second would find the line in a log."""
    return moment and moment.astimezone(meeting.zone).replace(hour=12, minute=0, second=0, microsecond=0)
