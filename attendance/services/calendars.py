"""The private address of somebody's calendar, to which a calendar program subscribes."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import security_log
from accounts.models import User
from participants import errors
from participants.models import Participant, PersonalLink
from participants.services.links import find_personal_link

KEPT_AFTER = dt.timedelta(days=30)  # after the last day; then the address opens nothing
CALENDAR = PersonalLink.Purpose.CALENDAR


@transaction.atomic
def subscribe(*, participant: Participant, by: User) -> str:
    """Make the address anew and return its token, which cannot be had again; an earlier one opens nothing any more.

    Raises WrongState for somebody without a place.
    """
    if participant.state != Participant.State.CONFIRMED:
        raise errors.WrongState(participant)
    meeting = participant.meeting
    ends = meeting.begins_at + (meeting.ends_on - meeting.starts_on) + KEPT_AFTER
    token = PersonalLink.issue(participant, purpose=CALENDAR, expires_at=ends)
    security_log.record("calendar_link_made", by=by, about=participant)
    return token


@transaction.atomic
def unsubscribe(*, participant: Participant, by: User) -> int:
    """Let the address open nothing any more; returns how many did."""
    now = timezone.now()
    ended = PersonalLink.objects.filter(participant=participant, purpose=CALENDAR).usable(now).update(revoked_at=now)
    security_log.record("calendar_link_ended", by=by, about=participant, links=ended)
    return ended


def subscribed_since(participant: Participant, at: dt.datetime) -> dt.datetime | None:
    """Since when the address stands that opens something now."""
    links = PersonalLink.objects.filter(participant=participant, purpose=CALENDAR).usable(at)
    return links.order_by("-pk").values_list("created_at", flat=True).first()


def subscriber(*, token: str, at: dt.datetime) -> Participant:
    """Whose calendar this is; raises LinkUnusable or what is derived from it."""
    return find_personal_link(token=token, purpose=CALENDAR, at=at).participant
