"""What about data protection needs a decision today."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from privacy import notice
from privacy.models import ErasureRequest, PurgeRun
from reports.decisions import Decision

LATE = dt.timedelta(days=3)


def about_privacy(viewer: Any) -> Iterator[Decision]:
    """All of it."""
    yield from about_notice(viewer)
    yield from about_erasures(viewer)
    yield from about_purges(viewer)


def about_notice(viewer: Any) -> Iterator[Decision]:
    """A privacy notice that no longer says what the software does; for whoever may publish a new version."""
    if viewer.has_perm("privacy.add_noticeversion") and notice.is_outdated():
        text = _("privacy notice no longer says what the software does: publish a new version")
        yield Decision(1, text, reverse("admin:privacy_noticeversion_add"), is_urgent=True)


def about_erasures(viewer: Any) -> Iterator[Decision]:
    """Those who ask to be erased."""
    if viewer.has_perm("privacy.erase_person") and (number := ErasureRequest.objects.count()):
        text = ngettext("person asks to be erased", "people ask to be erased", number)
        yield Decision(number, text, reverse("admin:privacy_erasurerequest_changelist"))


def about_purges(viewer: Any) -> Iterator[Decision]:
    """A nightly purge that failed, or that nobody does any more."""
    if not viewer.has_perm("privacy.view_purgerun"):
        return
    latest = PurgeRun.objects.filter(channel=PurgeRun.Channel.NIGHTLY).order_by("-started_at").first()
    reports = reverse("admin:privacy_purgerun_changelist")
    if latest and latest.problem:
        number = len(latest.problem.splitlines())
        text = ngettext("class of data was not purged last night", "classes of data were not purged last night", number)
        yield Decision(number, text, reports, is_urgent=True)
    if latest and (late := timezone.now() - latest.started_at) > LATE:
        text = ngettext("day without a purge: is a worker running?", "days without a purge: is a worker running?", late.days)
        yield Decision(late.days, text, reports, is_urgent=True)
