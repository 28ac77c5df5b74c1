"""The third page: every row with what becomes of it and why. Faulty cells are mended in place, rows left out or taken in."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import looks
from participants.admin.imports.access import address, frame, own_import, rows_of
from participants.admin.reveals import sight_for
from participants.faces import face_of
from participants.importing import columns, limits, storing
from participants.importing.applying import order_of
from participants.importing.planning import Entry, Group, Plan, plan
from participants.importing.storing import Tray
from participants.importing.wording import Wording, label_of, typed_name, typed_origin
from participants.models import ImportRecord

ROWS_ON_A_PAGE = 50
CELL = re.compile(r"cell-(\d{1,7})-([a-z_]+)")
ROW = re.compile(r"\d{1,7}")
MOST_SUGGESTED = 400  # names offered while typing


def plan_of(record: ImportRecord, tray: Tray) -> Plan:
    """The plan as things stand now."""
    return plan(tray.rows, order_of(record, tray), record.meeting)


def rows_view(model_admin: ModelAdmin, request: HttpRequest, import_id: int) -> HttpResponse:
    """Show one group of rows, or take what was mended and decided and look again."""
    record = own_import(request, import_id)
    if not record.is_open:
        return HttpResponseRedirect(address(record, "progress"))
    tray = rows_of(record)
    if request.method == "POST":
        mended = mend(record, tray, request.POST)
        if mended:
            messages.success(
                request, ngettext("%(count)d row was looked at again.", "%(count)d rows were looked at again.", mended) % {"count": mended}
            )
        return HttpResponseRedirect(f"{address(record, 'rows')}{back_to(request)}")
    found = plan_of(record, tray)
    group = group_of(request, found)
    page = Paginator(found.of(group), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    note_looks(request, page.object_list)
    context = {
        **frame(model_admin, request, "rows", _("Look at the rows")),
        "record": record,
        "tray": tray,
        "plan": found,
        "group": group,
        "chips": [(each, found.counts[each], each == group) for each in Group],
        "page_of_rows": page,
        "lines": lines_of(request, found, page.object_list),
        "suggestions": suggestions(page.object_list),
        "addresses": {page: address(record, page) for page in ("columns", "write", "cancel")},
    }
    return render(request, "admin/participants/participant/import/rows.html", context)


def back_to(request: HttpRequest) -> str:
    """The same group of rows, from its first page: what was mended is no longer in it."""
    group = request.POST.get("group", "")
    return f"?group={group}" if group in Group.values and group != Group.FAULTY else ""


def group_of(request: HttpRequest, found: Plan) -> Group:
    """The group asked for; else what is faulty, and where nothing is, the first that has any rows."""
    asked = request.GET.get("group", "")
    if asked in Group.values:
        return Group(asked)
    return next((group for group in (Group.FAULTY, Group.NEW, Group.CHANGED, Group.SAME) if found.counts[group]), Group.NEW)


def note_looks(request: HttpRequest, entries: Iterable[Entry]) -> None:
    """A row that was recognised as somebody protected says as much as a search that finds them."""
    people = [entry.participant for entry in entries if entry.participant is not None and entry.participant.is_protected]
    looks.note_all(request, [(looks.What.SEARCH, looks.key_of(person), person.reference) for person in people])


def lines_of(request: HttpRequest, found: Plan, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The rows as the page draws them. Of somebody protected it shows the face and the reference, and nothing of the row."""
    words, sight = Wording(found), sight_for(request)
    lines = []
    for entry in entries:
        person = entry.participant
        is_masked = person is not None and person.is_protected
        lines.append(
            {
                "entry": entry,
                "name": face_of(person, sight).name if is_masked and person is not None else typed_name(entry),
                "origin": "–" if is_masked else typed_origin(entry),
                "person": person,
                "face": face_of(person, sight) if person is not None else None,
                "changes": [words.change(change) for change in entry.changes],
                "cells": [cell_of(entry, field, problem) for field, problem in entry.said.problems.items()],
            }
        )
    return lines


def cell_of(entry: Entry, field: str, problem: str) -> dict[str, Any]:
    """A faulty cell: what stands in it, what is wrong, and the field that mends it."""
    return {
        "name": f"cell-{entry.number}-{field}",
        "label": capfirst(label_of(field)),
        "text": entry.said.typed.get(field, ""),
        "problem": problem,
        "list": f"known-{field}" if field in {"country", "body", "sector", "category"} else "",
    }


def suggestions(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """For each faulty field that names one of a few things, what there is to name."""
    from participants.importing.offers import offers

    wanted = {field for entry in entries for field in entry.said.problems}
    return {field: names[:MOST_SUGGESTED] for field, names in offers().items() if field in wanted}


# --- mending ---


def mend(record: ImportRecord, tray: Tray, posted: QueryDict) -> int:
    """Put the typed cells in their places, leave rows out and take rows in; returns how many rows that touched."""
    numbers = {number for number, _cells in tray.rows}
    typed = cells_of(posted, numbers)
    leave, take = rows_named(posted, "leave", numbers), rows_named(posted, "take", numbers)
    back = rows_named(posted, "back", numbers)
    touched = {number for number, _field in typed} | leave | take | back
    if posted.get("everywhere"):
        typed |= same_elsewhere(record, tray, typed)
    for (number, field), text in typed.items():
        put_cell(record, tray, number, field, text)
    tray.left_out = sorted(({*tray.left_out} | leave) - take - back)
    tray.taken = sorted(({*tray.taken} | take) - leave)
    if touched:
        storing.replace(record, tray)
        ImportRecord.objects.filter(pk=record.pk).update(fields=record.fields, problem="")
    return len(touched | {number for number, _field in typed})


def cells_of(posted: QueryDict, numbers: set[int]) -> dict[tuple[int, str], str]:
    """The cells that were typed anew, by row and field; what names no row or no field is passed over."""
    found = {}
    for name, text in posted.items():
        match = CELL.fullmatch(name)
        if match and int(match[1]) in numbers and match[2] in columns.BY_KEY and text != posted.get(f"was-{name}"):
            found[int(match[1]), match[2]] = str(text).strip()[: limits.LONGEST_CELL]
    return found


def rows_named(posted: QueryDict, name: str, numbers: set[int]) -> set[int]:
    """The rows ticked under that name."""
    return {int(value) for value in posted.getlist(name) if ROW.fullmatch(value)} & numbers


def same_elsewhere(record: ImportRecord, tray: Tray, typed: dict[tuple[int, str], str]) -> dict[tuple[int, str], str]:
    """The same country, sector or organisation in other rows, where it was mended in one: "Luxembourgh" is wrong everywhere."""
    place = {field: column for column, field in enumerate(record.fields) if field}
    cells = dict(tray.rows)
    wrong = {
        (field, cells[number][place[field]]): text
        for (number, field), text in typed.items()
        if field in place and columns.BY_KEY[field].is_choice and cells[number][place[field]]
    }
    return {(number, field): text for number, row in tray.rows for (field, was), text in wrong.items() if row[place[field]] == was}


def put_cell(record: ImportRecord, tray: Tray, number: int, field: str, text: str) -> None:
    """Write one cell; a field that no column is matched with gets a column of its own."""
    if field not in record.fields:
        record.fields = [*record.fields, field]
        tray.headings.append(str(columns.BY_KEY[field].label))
        for _number, cells in tray.rows:
            cells.append("")
    place = record.fields.index(field)
    cells = next(cells for each, cells in tray.rows if each == number)
    cells[place] = text
