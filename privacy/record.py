"""The record of processing as the back office shows it: the register with the retention periods, to read or to take away."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.personal_data import DataClass
from meetings.languages import current_language
from participants import cells
from privacy import register, retention

PERMISSION = "privacy.view_retentionperiod"


@require_safe
def record_page(request: HttpRequest) -> HttpResponse:
    """Every field that says something of a person, by table: why it is kept, for how long, and who sees it."""
    refuse_others(request)
    kept = retention.in_words()
    context = {
        **admin.site.each_context(request),
        "title": _("Record of processing"),
        "tables": [(table, rows_of(table, kept)) for table in register.tables()],
        "fields": len(register.entries()),
    }
    return TemplateResponse(request, "admin/privacy/record.html", context)


@require_safe
def record_file(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file, one line for each field."""
    refuse_others(request)
    pieces = cells.csv_chunks([[headings()], list(lines())])
    name = f"record-of-processing-{current_language()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(b"".join(pieces), content_type="text/csv; charset=utf-8", headers=headers)


def refuse_others(request: HttpRequest) -> None:
    """Raise PermissionDenied for whoever need not know what is kept where."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def rows_of(table: register.Table, kept: Mapping[DataClass, str]) -> list[dict[str, Any]]:
    """The lines of one table as the page shows them."""
    return [
        {"fields": found, "said": said, "kept": kept[said.data_class], "readers": register.seen_by(said.readers)}
        for said, found in table.lines
    ]


def headings() -> tuple[str, ...]:
    return (_("Table"), _("Field"), _("Column"), _("We keep this to"), _("Basis"), _("Class"), _("Kept for"), _("Who sees it"))


def lines() -> Iterator[tuple[str, ...]]:
    """One line of the file for each field."""
    kept = retention.in_words()
    for table in register.tables():
        for entry in table.entries:
            said = entry.personal
            words = (str(said.purpose), str(said.basis.label), str(said.data_class.label), kept[said.data_class])
            yield (table.label, entry.label, entry.key, *words, register.seen_by(said.readers))
