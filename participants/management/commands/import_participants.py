"""`manage.py import_participants dublin-2017 list.xlsx --dry-run`: a list from a file, with the same report as the pages."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meetings.models import Meeting
from participants import errors
from participants.importing import applying, columns, sheets, storing
from participants.importing.planning import Entry, Group, Plan, is_history, planned
from participants.importing.values import known_for
from participants.models import ImportRecord, Participant, Sector

State = Participant.State
SHOWN = (Group.FAULTY, Group.DUPLICATE, Group.LEFT_OUT)


class Command(BaseCommand):
    help = (
        "Enter and correct the participants of one meeting from a CSV or Excel file: all of it or nothing. "
        "Faulty rows stop it, unless they are left out on purpose. The import ledger keeps a line of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("meeting", help="the meeting's address, such as dublin-2017")
        parser.add_argument("file", type=Path, help="a file that ends in .csv or .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--mails", action="store_true", help="tell the new people; without it nobody is written to")
        parser.add_argument(
            "--state", choices=[State.PENDING, State.CONFIRMED], help="of new people: pending unless given; for a past meeting confirmed"
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADING=FIELD", help="match a column by hand; may be given more than once"
        )
        parser.add_argument("--sector", default="", help="the code of the sector of those for whom the file says none")
        parser.add_argument("--encoding", default="", help="of a CSV file, where it is not recognised: cp1250, cp1251, …")
        parser.add_argument("--leave-out-faulty", action="store_true", help="write the others all the same")

    def handle(self, *args: Any, **options: Any) -> None:
        meeting = meeting_of(options["meeting"])
        content, sheet = sheet_of(options["file"], options["encoding"])
        fields = mapped(columns.guess(sheet.headings, sheet.rows), sheet.headings, options["map"])
        self.tell_columns(sheet.headings, fields)
        record = ImportRecord(
            channel="command",
            meeting=meeting,
            kind=sheet.kind,
            digest=hashlib.sha256(content).hexdigest(),
            new_state=state_of(meeting, options["state"]),
            default_sector=known_sector(options["sector"]),
            with_mails=options["mails"],
            fields=fields,
        )
        tray = storing.Tray.of(sheet, options["file"].name)
        plan = self.planned(record, tray, leave_out_faulty=options["leave_out_faulty"])
        self.report(plan)
        if options["dry_run"]:
            self.stdout.write("Nothing was written, because of --dry-run.")
            return
        self.write(record, tray, plan)

    def planned(self, record: ImportRecord, tray: storing.Tray, *, leave_out_faulty: bool) -> Plan:
        """The plan, with the faulty rows left out where that was asked for."""
        known = known_for(record.meeting)
        said = applying.understood(record, tray, known, note=lambda count: self.tell_progress(count, len(tray.rows)))
        plan = planned(said, applying.order_of(record, tray), record.meeting, known)
        if not leave_out_faulty or not plan.counts[Group.FAULTY]:
            return plan
        tray.left_out = [entry.number for entry in plan.of(Group.FAULTY)]
        return planned(said, applying.order_of(record, tray), record.meeting, known)

    def write(self, record: ImportRecord, tray: storing.Tray, plan: Plan) -> None:
        """Write it here and now, by the same way as the worker does."""
        record.stored_as = storing.put(tray)
        record.save()
        try:
            applying.check_ready(record, plan)
            record.stage, record.fingerprint, record.attempts = ImportRecord.Stage.RUNNING, plan.fingerprint, 1
            record.lease_until = timezone.now() + applying.LEASE
            record.save()
            applying.write_rows(record, tray)
        except errors.Refused as refusal:
            failed = {"stage": ImportRecord.Stage.FAILED, "problem": str(refusal)[:300], "counts": dict(plan.counts), "stored_as": ""}
            ImportRecord.objects.filter(pk=record.pk).update(**failed)
            raise CommandError(str(refusal)) from refusal
        finally:
            storing.let_go(record.stored_as)
        self.stdout.write(self.style.SUCCESS(f"{plan.writes} rows written."))

    def tell_columns(self, headings: Sequence[str], fields: Sequence[str]) -> None:
        """Which column was taken for what."""
        for heading, field in zip(headings, fields, strict=True):
            self.stdout.write(f"  {heading or '(no heading)'} → {columns.BY_KEY[field].label if field else 'not imported'}")

    def report(self, plan: Plan) -> None:
        """How many rows of each group, and why each of those that would not be written would not be."""
        for group in Group:
            self.stdout.write(f"{group.label}: {plan.counts[group]}")
        if plan.waiting:
            self.stdout.write(f"No place is free for {plan.waiting} of the new people; they would wait.")
        for entry in plan.of(*SHOWN):
            self.stdout.write(f"  row {entry.number}: {Group(entry.group).label}. {why(entry)}")

    def tell_progress(self, count: int, total: int) -> None:
        """Say on a terminal how far it is."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{count} of {total} rows looked at", ending="\r")


def why(entry: Entry) -> str:
    """The reason for a row, and what is wrong cell by cell."""
    cells = [f"{columns.BY_KEY[name].label}: {problem}" for name, problem in entry.said.problems.items()]
    return " ".join([entry.reason, *cells]).strip()


def meeting_of(slug: str) -> Meeting:
    """The meeting at that address; CommandError names those there are."""
    meeting = Meeting.objects.filter(slug=slug).first()
    if meeting is None:
        known = ", ".join(Meeting.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no meeting {slug!r}. The meetings are: {known}.")
    return meeting


def sheet_of(path: Path, encoding: str) -> tuple[bytes, sheets.Sheet]:
    """The file and its rows; CommandError says why it cannot be read."""
    try:
        with path.open("rb") as file:
            sheet = sheets.read(file, name=path.name, encoding=encoding)
            file.seek(0)
            return file.read(), sheet
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
    except LookupError as error:
        raise CommandError(f"There is no encoding {encoding!r}.") from error
    except errors.Refused as refusal:
        raise CommandError(str(refusal)) from refusal


def mapped(fields: list[str], headings: Sequence[str], said: Sequence[str]) -> list[str]:
    """The guessed match, with what was said by hand; an empty field leaves the column out."""
    fields = list(fields)
    for each in said:
        heading, equals, field = each.rpartition("=")
        if not equals or heading not in headings:
            raise CommandError(f"--map {each}: there is no column {heading or each!r}.")
        if field and field not in columns.BY_KEY:
            raise CommandError(f"--map {each}: there is no field {field!r}. The fields are: {', '.join(columns.BY_KEY)}.")
        fields = ["" if field and other == field else other for other in fields]
        fields[list(headings).index(heading)] = field
    return fields


def known_sector(code: str) -> str:
    """The code, once it is one."""
    if code and not Sector.objects.filter(code=code).exists():
        known = ", ".join(Sector.objects.values_list("code", flat=True))
        raise CommandError(f"There is no sector {code!r}. The sectors are: {known}.")
    return code


def state_of(meeting: Meeting, said: str | None) -> str:
    """How new people arrive: those of a meeting that is over were there."""
    if is_history(meeting):
        return State.CONFIRMED
    return said or State.PENDING
