"""Taking back personal links."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import security_log
from accounts.models import User
from participants.models import Participant, PersonalLink


@transaction.atomic
def revoke_links(*, participant: Participant, by: User, at: dt.datetime | None = None) -> int:
    """Let no link of this person open anything any more, used ones included; returns how many were still good."""
    now = at or timezone.now()
    revoked = PersonalLink.objects.filter(participant=participant).usable(now).update(revoked_at=now)
    security_log.record("links_revoked", by=by, about=participant, links=revoked)
    return revoked
