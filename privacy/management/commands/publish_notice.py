"""Puts the privacy notice, as the software writes it now, in force as a new version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from privacy import notice


class Command(BaseCommand):
    help = "Publishes the privacy notice as register, retention periods and wording make it now, if it says anything new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show what would change and publish nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        current, text = notice.in_force(), notice.generated()
        for language, new in zip(("en", "fr"), text, strict=True):
            for line in notice.changes(current.text_in(language) if current else "", new):
                self.stdout.write(f"{language} {line.sign} {line.text}")
        if options["dry_run"]:
            return
        try:
            version = notice.publish(by=None)
        except notice.NothingChangedError:
            self.stdout.write(f"Version {current} is in force and says the same.")
        else:
            self.stdout.write(self.style.SUCCESS(f"Version {version} is in force."))
