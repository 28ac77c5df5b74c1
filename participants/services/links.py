"""Finding personal links, and taking them back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import security_log
from accounts.models import User
from participants import errors
from participants.models import Participant, PersonalLink


def find_personal_link(*, token: str, purpose: str, at: dt.datetime | None = None) -> PersonalLink:
    """The link for one purpose, used or not; raises LinkUnusable, LinkReplaced, LinkRevoked or LinkExpired."""
    link = PersonalLink.objects.find(token, purpose=purpose)
    if link is None:
        raise errors.LinkUnusable
    if link.revoked_at is not None:
        raise errors.LinkReplaced if link.is_replaced() else errors.LinkRevoked
    if link.is_expired(at or timezone.now()):
        raise errors.LinkExpired
    return link


@transaction.atomic
def revoke_links(*, participant: Participant, by: User, at: dt.datetime | None = None) -> int:
    """Let no link of this person open anything any more, used ones included; returns how many were still good."""
    now = at or timezone.now()
    revoked = PersonalLink.objects.filter(participant=participant).usable(now).update(revoked_at=now)
    security_log.record("links_revoked", by=by, about=participant, links=revoked)
    return revoked
