"""How long invitations and nominations name people, for the clocks of ``privacy``."""

from typing import Any

from django.db.models import QuerySet

from accounts.erasure import DOMAIN
from accounts.retention import Clock, Rows
from delegations.erasure import emptied
from delegations.models import Invitation, Nomination


def invitations_due(rows: QuerySet[Any], clock: Clock) -> QuerySet[Any]:
    return rows.filter(meeting__ends_on__lt=clock.before_day)


def nominations_due(rows: QuerySet[Any], clock: Clock) -> QuerySet[Any]:
    return rows.filter(invitation__meeting__ends_on__lt=clock.before_day)


def let_go(rows: QuerySet[Any]) -> int:
    return emptied(rows.select_for_update(of=("self",)).order_by("pk"))[rows.model._meta.label_lower]


INVITATIONS = Rows(
    "delegations.invitation",
    lambda: Invitation.objects.exclude(email="").exclude(email__endswith=DOMAIN),
    invitations_due,
    let_go,
)
NOMINATIONS = Rows("delegations.nomination", lambda: Nomination.objects.exclude(email__endswith=DOMAIN), nominations_due, let_go)
