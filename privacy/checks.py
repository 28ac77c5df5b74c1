"""What must be true of the database before people are told something else than what happens."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from privacy import notice


@register(Tags.database)
def notice_says_what_is_done(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The privacy notice in force is the one that the software would write now."""
    try:
        if not databases or not notice.is_outdated():
            return []
    except DatabaseError:  # before the first migration there is no table to look at
        return []
    hint = "The secretariat publishes a new version in the back office, or: manage.py publish_notice"
    return [Warning("The privacy notice in force no longer says what the software does.", hint=hint, id="privacy.W001")]
