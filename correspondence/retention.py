"""How long mails are kept, for the clocks of ``privacy``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from accounts.retention import Clock, Rows
from correspondence import files
from correspondence.models import Message


def messages_due(rows: QuerySet[Any], clock: Clock) -> QuerySet[Any]:
    """Mails sent long ago, and those that failed as long ago; what still waits to be sent stays."""
    return rows.filter(Q(sent_at__lt=clock.before) | Q(state=Message.State.FAILED, created_at__lt=clock.before))


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
