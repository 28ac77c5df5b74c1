"""What whoever deploys is told of the settings."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils import timezone

SOON = dt.timedelta(days=30)
YEAR = dt.timedelta(days=366)


@register(Tags.security, deploy=True)
def security_contact_is_looked_at(**kwargs: Any) -> list[CheckMessage]:
    """The contact for holes is looked at again within the year, before its day is over."""
    if settings.SECURITY_EXPIRES is None:
        return []
    left = settings.SECURITY_EXPIRES - timezone.now()
    if left < SOON:
        return [
            Warning("SECURITY_EXPIRES is near or over. See whether SECURITY_CONTACT is still right, and set a new day.", id="pompidou.W001")
        ]
    if left > YEAR:
        return [Warning("SECURITY_EXPIRES is more than a year ahead, so that nobody would look at the contact.", id="pompidou.W002")]
    return []
