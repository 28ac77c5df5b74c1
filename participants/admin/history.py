"""What changed in a registration: old → new, who and when, with nothing in it that the reader may not see."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from simple_history.models import ModelChange

from accounts.history import LONGEST_SHOWN, ReadableChanges
from participants.models import Participant

# Not told: keys, what another line says already, and the account, which is an address.
UNTOLD = {"id", "user", "meeting", "reference", "created_at", "registered_at", "decided_at", "privacy_notice"}
TOLD = [field for field in Participant.history.model.tracked_fields if field.name not in UNTOLD]

LABELS = {field.name: field.verbose_name for field in TOLD}

# The reasons that services write of their own accord; anything else was typed by a person.
KNOWN_REASONS = {
    "address confirmed": _lazy("Address confirmed"),
    "address changed": _lazy("Address changed"),
    "answers corrected": _lazy("Answers corrected"),
    "entered by the secretariat": _lazy("Entered by the secretariat"),
    "corrected by the secretariat": _lazy("Corrected by the secretariat"),
    "reopened": _lazy("Reopened"),
    "proposed": _lazy("Proposed"),
    "sent back": _lazy("Sent back"),
    "put on hold": _lazy("Put on hold"),
    "taken off hold": _lazy("Taken off hold"),
    "merged": _lazy("Merged with another registration"),
    "a place came free": _lazy("A place came free"),
    "taken over from a colleague": _lazy("Taken over from a colleague"),
    "offer accepted": _lazy("The offer of a place was accepted"),
}


class MaskedChanges(ReadableChanges):
    """Old and new values in words; of fields outside ``visible`` only that they changed."""

    def __init__(self, visible: frozenset[str]) -> None:
        super().__init__(Participant, None, max_displayed_delta_change_chars=LONGEST_SHOWN)
        self.visible = visible

    def format_delta_change(self, change: Any) -> Any:
        if change.field in self.visible:
            return super().format_delta_change(change)
        label = capfirst(LABELS[change.field])
        return replace(change, field=label, old=_("(not shown)"), new=_("(not shown)"))


def set_changes(records: Sequence[Any], *, visible: frozenset[str]) -> None:
    """Give each record but the oldest what changed in it, and put its reason in the reader's words."""
    helper = MaskedChanges(visible)
    newest_first = list(records)
    for record, older in pairwise(newest_first):
        record.history_delta_changes = [vars(helper.format_delta_change(change)) for change in changes_between(older, record)]
    for record in newest_first:
        record.history_change_reason = reason_shown(record.history_change_reason, visible)


def changes_between(older: Any, newer: Any) -> Iterator[ModelChange]:
    """What differs between two records, in the order of the model. The library's own comparison leaves out the status."""
    for field in TOLD:
        if getattr(older, field.attname) != getattr(newer, field.attname):
            yield ModelChange(field.name, getattr(older, field.name), getattr(newer, field.name))


def reason_shown(reason: str | None, visible: frozenset[str]) -> str:
    """A reason in the reader's words; one that somebody typed only for whoever may read the row's own reason."""
    if reason in KNOWN_REASONS:
        return str(KNOWN_REASONS[reason])
    return reason if reason and "state_reason" in visible else ""
