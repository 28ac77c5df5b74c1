"""Changes to a meeting that leave a trace of their own."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings.models import DateChange, Meeting


class Refused(Exception):
    """A service did nothing; ``str()`` says why, to a person."""

    reason = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.reason)


class DaysUnchanged(Refused):
    """The new days are those the meeting has already."""

    reason = _("The meeting is on these days already.")


class ReasonMissing(Refused):
    """Days that the public knows moved without a word of why."""

    reason = _("Please say why the days change; the reason is shown to the public.")


@transaction.atomic
def postpone(*, meeting: Meeting, starts_on: dt.date, ends_on: dt.date, reason_en: str, reason_fr: str = "", by: User | None) -> DateChange:
    """Move a meeting to other days and keep the old ones with the reason; the days first planned stay as they were.

    Raises DaysUnchanged or ReasonMissing.
    """
    current = Meeting.objects.locked(meeting.pk)
    if (current.starts_on, current.ends_on) == (starts_on, ends_on):
        raise DaysUnchanged
    if not reason_en.strip():
        raise ReasonMissing
    change = DateChange.objects.create(
        meeting=current,
        old_starts_on=current.starts_on,
        old_ends_on=current.ends_on,
        new_starts_on=starts_on,
        new_ends_on=ends_on,
        reason_en=reason_en.strip(),
        reason_fr=reason_fr.strip(),
        changed_by=by,
    )
    current.starts_on, current.ends_on = starts_on, ends_on
    current._history_user = by  # type: ignore[attr-defined]
    current._change_reason = "days changed"  # type: ignore[attr-defined]
    current.save(update_fields=["starts_on", "ends_on"])
    meeting.starts_on, meeting.ends_on = starts_on, ends_on
    return change
