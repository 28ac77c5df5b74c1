"""The timeline as a file, and its row in the ledger of exports."""

import tempfile
from collections.abc import Iterator
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from participants.cells import Batch, csv_chunks
from participants.models import ExportedPeople, ExportRecord
from privacy.audit.lines import Line
from privacy.audit.timeline import Timeline

PURPOSE = "audit"
COLUMNS = ("when", "kind", "by", "what", "about", "others", "why")


def export(timeline: Timeline, *, by: User) -> tuple[IO[bytes], str]:
    """Write the file to a temporary place, then who is in it to the ledger; returns the file from its start, and its name."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller, who reads and closes it
    keys: set[int] = set()
    count = 0
    for chunk in csv_chunks(batches(timeline, keys)):
        file.write(chunk)
        count += chunk.count(b"\r\n")
    record = ExportRecord.objects.create(
        made_by=by,
        purpose=PURPOSE,
        filters={str(label): value for label, value in timeline.filters.words.values()},
        columns=list(COLUMNS),
        options={"format": "csv"},
        rows=count - 1,
    )
    ExportedPeople.write(record, keys)
    file.seek(0)
    return file, f"audit-{timezone.localdate(record.made_at)}.csv"


def batches(timeline: Timeline, keys: set[int]) -> Iterator[Batch]:
    """The headings, then the lines; whoever is named in them is added to ``keys``."""
    yield [[_("When"), _("Kind"), _("By"), _("What"), _("About"), _("Others"), _("Why")]]
    for lines in timeline.batches():
        keys.update(subject.key for line in lines for subject in line.about)
        yield [cells_of(line) for line in lines]


def cells_of(line: Line) -> list[str | int]:
    """One line, its moment on the clock of the site, to the second."""
    about = ", ".join(f"{subject.reference} {subject.name}" for subject in line.about)
    at = timezone.localtime(line.at).isoformat(timespec="seconds")
    return [at, str(line.kind.label), line.by, line.what, about, line.others, line.why]
