"""`manage.py export_participants dublin-2017`: the list of participants as a file, for scripts and for large lists."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from meetings.models import Meeting
from participants.exports import PURPOSES, Choice, start_export
from participants.models import Participant, ParticipantQuerySet


class Command(BaseCommand):
    help = (
        "Write the list of participants of one meeting as CSV or XLSX. Protected people appear as everybody may see them. "
        "The export ledger in the back office keeps a line of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("meeting", help="the meeting's address, such as dublin-2017")
        parser.add_argument("--purpose", choices=PURPOSES, default="full", help="decides the columns; full unless given")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default="en", help="of headings and words")
        parser.add_argument("--separator", choices=[",", ";"], default=",", help="of a CSV file")
        parser.add_argument("--no-bom", action="store_true", help="leave out the byte order mark that Excel needs")
        parser.add_argument("--format", choices=["csv", "xlsx"], default="csv")
        parser.add_argument(
            "--state",
            action="append",
            choices=Participant.State.values,
            help="only people with this status; may be given more than once. Without it: confirmed, and for the full list all.",
        )
        parser.add_argument("--output", type=Path, metavar="FILE", help="standard output unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        choice = Choice(
            purpose=PURPOSES[options["purpose"]],
            language=options["language"],
            format=options["format"],
            separator=options["separator"],
            bom=not options["no_bom"],
        )
        states = options["state"] or ([Participant.State.CONFIRMED.value] if choice.purpose.confirmed_only else [])
        people = people_of(options["meeting"], states)
        if choice.format == "xlsx" and options["output"] is None and sys.stdout.isatty():
            raise CommandError("An XLSX file would fill the terminal with signs; name a file with --output.")
        filters = {"meeting": options["meeting"], "status": ", ".join(states) or "all"}
        record, pieces = start_export(
            queryset=people, choice=choice, by=None, channel="command", filters=filters, progress=self.tell_progress
        )
        write(pieces, options["output"])
        record.refresh_from_db()
        self.stderr.write(f"{record.rows} rows written.")

    def tell_progress(self, count: int) -> None:
        """Say on a terminal how far it is; a log gets the last line only."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{count} rows", ending="\r")


def people_of(slug: str, states: list[str]) -> ParticipantQuerySet:
    """The meeting's participants with one of these states, or all; CommandError names the meetings there are."""
    meeting = Meeting.objects.filter(slug=slug).first()
    if meeting is None:
        known = ", ".join(Meeting.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no meeting {slug!r}. The meetings are: {known}.")
    people = Participant.objects.filter(meeting=meeting)
    return people.filter(state__in=states) if states else people


def write(pieces: Iterator[bytes], output: Path | None) -> None:
    """Write the pieces to standard output, or to a file that only its owner can read and that appears once it is whole."""
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    unfinished = output.with_name(f"{output.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(pieces)
        unfinished.replace(output)
    except OSError as error:
        raise CommandError(f"Cannot write {output}: {error.strerror}.") from error
