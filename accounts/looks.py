"""Leaves a trace of each look at one person's data in the back office.

The trace is the one thing that a GET writes. Lists are not noted row by row: that would be a copy of the list at every
page turned. What leaves the house as a list is in the ledger of exports.
"""

import logging
from collections.abc import Iterable
from typing import Any, cast

from django.db import DatabaseError, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Look, User

logger = logging.getLogger(__name__)

SPELL = 600  # seconds; a page opened again within it is the same look
What = Look.What
# Never shown without a trace: where it cannot be written, the page is not made and the reader is asked to come back.
# Anything else opens all the same, so that a busy database does not stop the desk.
CLOSED = frozenset({What.PROTECTED_NAME, What.NEEDS, What.JOURNEY, What.PASSPORT})


def key_of(row: Model) -> str:
    """How traces name a row: "participants.participant:17"."""
    return f"{row._meta.label_lower}:{row.pk}"


def note(request: HttpRequest, *, what: str, key: str, reference: str = "") -> None:
    """Keep that the user of this request opened ``what`` about the row ``key``, in one statement."""
    note_all(request, [(what, key, reference)])


def note_all(request: HttpRequest, seen: Iterable[tuple[str, str, str]]) -> None:
    """The same for several at once: what, key and reference of each. Still one statement."""
    now = timezone.now()
    common: dict[str, Any] = {"by": cast(User, request.user), "at": now, "spell": int(now.timestamp()) // SPELL}
    looks = [Look(what=what, key=key, reference=reference, **common) for what, key, reference in seen]
    if not looks:
        return
    try:
        with transaction.atomic():  # a save point where a page is made inside a transaction
            Look.objects.bulk_create(looks, ignore_conflicts=True)
    except DatabaseError:
        if any(look.what in CLOSED for look in looks):
            raise
        logger.exception("A look was not noted: %s", ", ".join(f"{look.what} {look.key}" for look in looks))
