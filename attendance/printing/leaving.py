"""A list of people made here leaves like any other: with its row in the ledger of exports, as a file to save."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from accounts.models import User
from meetings.models import Meeting
from participants.models import ExportedPeople, ExportRecord


def note_print(
    *,
    purpose: str,
    people: Iterable[int],
    meeting: Meeting,
    by: User,
    columns: Sequence[str],
    options: Mapping[str, Any],
    filters: Mapping[str, Any] | None = None,
) -> ExportRecord:
    """Keep who printed what of whom; called before the file leaves. Protected names are in none."""
    keys = list(people)
    record = ExportRecord.objects.create(
        made_by=by,
        meeting=meeting,
        purpose=purpose,
        filters=dict(filters or {}),
        columns=list(columns),
        options={"format": "pdf", **options},
        rows=len(keys),
    )
    ExportedPeople.write(record, keys)
    return record


CONTENT_TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


def as_file(file: bytes, record: ExportRecord, *, kind: str = "pdf") -> HttpResponse:
    """The file, under a name that says what it is and nobody's name: badges-strasbourg-2026-2026-11-24.pdf."""
    parts = [record.purpose.replace("_", "-"), record.meeting.slug if record.meeting else "", str(timezone.localdate(record.made_at))]
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{'-'.join(filter(None, parts))}.{kind}") or "",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(file, content_type=CONTENT_TYPES[kind], headers=headers)
