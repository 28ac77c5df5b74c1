"""How long mails are kept, for the clocks of ``privacy``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from accounts.retention import Clock, Rows
from correspondence import files
from correspondence.models import Campaign, CampaignRecipient, Message


def messages_due(rows: QuerySet[Any], clock: Clock) -> QuerySet[Any]:
    """Mails sent long ago, and those that failed or were held back as long ago; what still waits to be sent stays."""
    ended = (Message.State.FAILED, Message.State.HELD)
    return rows.filter(Q(sent_at__lt=clock.before) | Q(state__in=ended, created_at__lt=clock.before))


def recipients_due(rows: QuerySet[Any], clock: Clock) -> QuerySet[Any]:
    """Whom a campaign went to that ended long ago; its numbers stay with it."""
    return rows.filter(campaign__finished_at__lt=clock.before)


def campaigns_due(rows: QuerySet[Any], clock: Clock) -> QuerySet[Any]:
    """Campaigns that ended long ago, and drafts that were left as long ago."""
    return rows.filter(Q(finished_at__lt=clock.before) | Q(state=Campaign.State.DRAFT, made_at__lt=clock.before))


RECIPIENTS = Rows("correspondence.campaignrecipient", CampaignRecipient.objects.all, recipients_due)
CAMPAIGNS = Rows("correspondence.campaign", Campaign.objects.all, campaigns_due)
MESSAGES = Rows("correspondence.message", Message.objects.all, messages_due)


class MailFiles:
    """The files to which the demo writes mails instead of sending them."""

    table = "files:mail"
    days = None

    def count_held(self) -> int:
        return len(files.mail_files())

    def due(self, clock: Clock) -> list[Path]:
        return [path for path in files.mail_files() if path.stat().st_mtime < clock.before.timestamp()]

    def count_due(self, clock: Clock) -> int:
        return len(self.due(clock))

    def purge(self, clock: Clock, tell: Callable[[int], None]) -> int:
        for path in (due := self.due(clock)):
            path.unlink(missing_ok=True)
        tell(len(due))
        return len(due)


MAIL_FILES = MailFiles()
