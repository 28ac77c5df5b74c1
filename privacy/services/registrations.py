"""Registrations whose time is over: emptied, with a line in the ledger of erasures."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from participants.models import Participant
from participants.services import erase_registration
from privacy.models import Erasure
from privacy.services.tombstones import mark_of, put_down


@transaction.atomic
def let_go_of_registrations(rows: QuerySet[Any]) -> int:
    """Empty the registrations of one batch; says how many."""
    people = list(rows.order_by("pk"))
    marks = marks_of(people)
    gone = Counter[str]()
    for participant in people:
        gone.update(erase_registration(participant=participant))
    if people:
        put_down(Erasure(purpose=Erasure.Purpose.RETENTION, marks={"rows": marks}, counts=dict(gone), **keys_of(people)))
    return gone["participants.participant"]


def marks_of(people: Iterable[Participant]) -> dict[str, str]:
    """What tells in a restored backup that the rows with these keys are the same ones; taken before they are emptied."""
    return {str(participant.pk): mark_of(participant, participant.created_at) for participant in people}


def keys_of(people: Iterable[Participant]) -> dict[str, list[Any]]:
    """The keys of emptied registrations and the references they have now."""
    rows = dict(Participant.objects.filter(pk__in=[one.pk for one in people]).order_by("pk").values_list("pk", "reference"))
    return {"registrations": list(rows), "references": list(rows.values())}
