"""`manage.py erase_person CYB26-…`: erase what is kept of somebody."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from participants.errors import Refused
from privacy.services.erasing import Plan, erase_person, plan_for, rehearse
from privacy.services.people import Person, find


class Command(BaseCommand):
    help = (
        "Erase somebody for good: registrations, account, mails, history, and their name wherever it stands. Figures stay. "
        "Words that may be somebody else's are listed and stay, unless told otherwise."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="a reference number, or an e-mail address")
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and touch nothing")
        parser.add_argument("--also", action="append", default=[], metavar="PLACE", help="take the word out of this place of the list too")
        parser.add_argument("--all-mentions", action="store_true", help="take the words out of every place of the list")

    def handle(self, *args: Any, **options: Any) -> None:
        person = find(options["who"])
        if person is None:
            raise CommandError("Nobody is kept under this reference or address.")
        try:
            plan = plan_for(person)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        mentions = {mention.key: mention for mention in plan.found.doubtful}
        if unknown := set(options["also"]) - set(mentions):
            raise CommandError(f"No such place: {', '.join(sorted(unknown))}.")
        also = mentions.keys() if options["all_mentions"] else options["also"]
        gone = rehearse(plan) if options["dry_run"] else erase_person(plan=plan, by=None, also=also).counts
        self.stdout.write(report_of(person, plan, gone, dry=options["dry_run"]))
        for mention in plan.found.doubtful:
            if options["dry_run"] or mention.key not in also:
                self.stdout.write(f"May be somebody else: {mention.key}  {mention.around}")


def report_of(person: Person, plan: Plan, gone: Any, *, dry: bool) -> str:
    """What went, table by table. Names nobody."""
    lines = [f"{number:8} {table}" for table, number in sorted(gone.items())]
    withdrawn = [f"Withdrawn first: {len(plan.withdrawn)}, their places go to the next in line."] if plan.withdrawn else []
    head = f"{'Would go' if dry else 'Gone'} of {len(person.registrations)} registrations:"
    return "\n".join([head, *lines, *withdrawn])
