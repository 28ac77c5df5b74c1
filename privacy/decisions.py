"""What about data protection needs a decision today."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from privacy import notice
from reports.decisions import Decision


def about_notice(viewer: Any) -> Iterator[Decision]:
    """A privacy notice that no longer says what the software does; for whoever may publish a new version."""
    if viewer.has_perm("privacy.add_noticeversion") and notice.is_outdated():
        text = _("privacy notice no longer says what the software does: publish a new version")
        yield Decision(1, text, reverse("admin:privacy_noticeversion_add"), is_urgent=True)
