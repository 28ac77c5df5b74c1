"""Short words for what tests of services look at."""

import datetime as dt

from correspondence.models import Message
from delegations.models import Invitation, InvitationLink

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def again(invitation):
    """The row as it stands in the database now."""
    return Invitation.objects.select_related("meeting").get(pk=invitation.pk)


def mails_about(invitation):
    """Kind and address of each mail about an invitation, in the order they were written."""
    return list(Message.objects.filter(reference=invitation.reference).order_by("pk").values_list("kind", "to"))


def link_to(invitation, *, user=None, email="pc@ministry.example", days=30, purpose=InvitationLink.Purpose.REPLY):
    """The token of a personal link."""
    from tests.factories import in_days

    return InvitationLink.issue(invitation, purpose=purpose, user=user, email=email, expires_at=in_days(days))


def told(history):
    """Why each version was written, and by whom, the earliest first."""
    return [(row.history_change_reason, row.history_user) for row in history.order_by("history_id")]
