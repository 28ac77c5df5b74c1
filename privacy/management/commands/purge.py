"""`manage.py purge`: let go of what has been kept long enough, or count it."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.personal_data import DataClass
from privacy.models import PurgeRun
from privacy.retention import FOR_GOOD, periods
from privacy.services.purging import purge

CLASSES = [data_class.value for data_class in DataClass if data_class not in FOR_GOOD]


class Command(BaseCommand):
    help = (
        "Let go of personal data whose time is over, class by class, and print what went. The worker does the same every night. "
        "The periods are in the back office. The report holds numbers only and is kept there too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count what would go, and touch nothing")
        parser.add_argument("--only", choices=CLASSES, metavar="CLASS", default="", help=", ".join(CLASSES))
        parser.add_argument("--at", type=day, metavar="DAY", help="with --dry-run: what will be due on that day, such as 2027-01-31")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["at"] and not options["dry_run"]:
            raise CommandError("--at looks into the future, so it goes together with --dry-run only.")
        run = purge(at=options["at"] or timezone.now(), only=options["only"], dry=options["dry_run"], tell=self.tell_progress)
        self.stdout.write(report_of(run))
        if run.problem:
            raise CommandError(f"Some classes failed; the log says where:\n{run.problem.strip()}")

    def tell_progress(self, data_class: DataClass, table: str, number: int) -> None:
        """Say on a terminal how far it is; a log gets the table only."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{data_class} {table} {number}", ending="\r")


def day(text: str) -> dt.datetime:
    """Noon of a day here."""
    found = parse_date(text)
    if found is None:
        raise ValueError
    return timezone.make_aware(dt.datetime.combine(found, dt.time(12)))


def report_of(run: PurgeRun) -> str:
    """The report as a table."""
    days = {data_class.value: str(period.days) for data_class, period in periods().items()}
    lines = [(name, days[name], table, str(number)) for name, tables in run.counts.items() for table, number in tables.items()]
    head = ("class", "days", "table", "would go" if run.is_dry else "went")
    total = sum(int(line[3]) for line in lines)
    rows = [head, *lines, ("all", "", "", str(total))]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    return "\n".join("  ".join([*(row[n].ljust(widths[n]) for n in range(3)), row[3].rjust(widths[3])]).rstrip() for row in rows)
