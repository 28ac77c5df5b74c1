"""`manage.py replay_erasures`: after a backup was restored, erase again whoever was erased since it was made."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.services import tombstones
from privacy.services.replaying import replay


class Command(BaseCommand):
    help = "Erase again, in a restored backup, whom the list of erasures names. Run it before anybody is let in; it may run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many, and touch nothing")
        parser.add_argument("--file", type=Path, help=f"the newest copy of the list; {tombstones.path().name} in VAR_DIR unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"] or tombstones.path()
        if not file.exists():
            raise CommandError(
                f"There is no list at {file}. Take the newest copy of it, not the one in the backup, and name it with --file."
            )
        result = replay(file=file, dry=options["dry_run"])
        done = "would be erased again" if options["dry_run"] else "erased again"
        self.stdout.write(f"{len(result.done)} {done}, {result.known} known already.")
        for table, number in sorted(result.gone.items()):
            self.stdout.write(f"{number:8} {table}")
        problems = [
            *(f"Line {number} cannot be read." for number in result.unreadable),
            *(f"Line {number}: its keys are somebody else's by now, or SECRET_KEY is another one." for number in result.strangers),
        ]
        if problems:
            raise CommandError("\n".join(problems))
