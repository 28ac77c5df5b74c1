"""Standing reminders by hand, or what they would be."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from participants.services.reminders import due, remind_due


class Command(BaseCommand):
    help = "Write the standing reminders that are due to the outbox; the worker does this by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many would go")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        for (meeting, reminder), number in sorted(Counter((one.meeting.slug, str(one.reminder)) for one in due(now)).items()):
            self.stdout.write(f"{meeting} {reminder} {number}")
        if not dry_run:
            self.stdout.write(f"{remind_due(now)} reminders written")
