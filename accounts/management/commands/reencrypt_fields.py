"""`manage.py reencrypt_fields`: everything stored encrypted moves to the newest of FIELD_KEYS."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.reencryption import Report, reencrypt, stores


class Command(BaseCommand):
    help = (
        "Encrypt what was said of food, access, travel and passports, and the secrets of second factors, anew with the newest of "
        "FIELD_KEYS. May run beside everything else, be broken off, and run again. Fails when some row is opened by none of the keys."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count what is under which key")

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = 0
        for store in stores():
            report = reencrypt(store, dry_run=options["dry_run"], tell=self.tell_progress)
            self.stdout.write(line_of(report, dry_run=options["dry_run"]))
            for key, columns in report.unreadable:
                self.stderr.write(f"{report.table} {key}: none of FIELD_KEYS opens {', '.join(columns)}.")
            unreadable += len(report.unreadable)
        if unreadable:
            raise CommandError(f"Rows that none of FIELD_KEYS opens: {unreadable}. They were left as they are.")

    def tell_progress(self, rows: int) -> None:
        """Say on a terminal how far it is; a log gets one line for each table."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{rows} rows", ending="\r")


def line_of(report: Report, *, dry_run: bool) -> str:
    """ "participants.needs: 12 rows, 10 under the newest key, 2 under key 2; 2 moved"."""
    names = {0: "the newest key"}
    under = [f"{count} under {names.get(number, f'key {number + 1}')}" for number, count in sorted(report.rows.items())]
    total = report.rows.total() + len(report.unreadable)
    under += [f"{len(report.unreadable)} under none of them"] if report.unreadable else []
    counts = ", ".join([f"{report.table}: {total} rows", *under])
    return counts if dry_run else f"{counts}; {report.moved} moved"
