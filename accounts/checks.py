"""What must be true of the settings before the site starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def second_factor_is_required(**kwargs: Any) -> list[CheckMessage]:
    """Only the demo in debug mode may do without; production never."""
    if settings.SECOND_FACTOR_REQUIRED or (settings.DEBUG and settings.DEMO):
        return []
    return [Error("SECOND_FACTOR_REQUIRED is off although this is not the demo in debug mode.", id="accounts.E001")]
