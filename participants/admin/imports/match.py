"""The second page: which column holds what. The guess can be corrected, and is remembered for the next file like it."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from participants.admin.imports.access import address, frame, own_import, rows_of
from participants.importing import columns
from participants.importing.planning import TRAVEL, sectors_to_choose
from participants.importing.storing import Tray
from participants.models import ColumnMatch, ImportRecord

SHOWN_ROWS = 3
MAY_CHANGE_TRAVEL = "participants.change_journey"
TELL_WHO = frozenset({"family_name", "name", "reference", "email"})
SOURCES = {
    columns.OWN: _lazy("This is a full list exported from here."),
    columns.INDICO: _lazy("This looks like an export of Indico."),
    columns.PRETIX: _lazy("This looks like an export of pretix."),
}


class MatchForm(forms.Form):
    """One choice for each column, and the sector of those of whom the file says none."""

    default_sector = forms.ChoiceField(
        label=_lazy("Sector of those for whom the file says none"),
        required=False,
        help_text=_lazy("Left empty, a new person without a sector is faulty and can be mended one by one."),
    )

    def __init__(self, *args: Any, tray: Tray, fields: Sequence[str], with_travel: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tray = tray
        self.fields["default_sector"].choices = [("", _("None")), *sectors_to_choose()]  # type: ignore[attr-defined]
        offered = [field for field in columns.FIELDS if with_travel or field.key not in TRAVEL]
        choices = [("", _("Do not import")), *((field.key, capfirst(str(field.label))) for field in offered)]
        for place, heading in enumerate(tray.headings):
            label = heading or _("Column %(number)d") % {"number": place + 1}
            chosen = fields[place] if place < len(fields) and fields[place] in dict(choices) else ""
            self.fields[f"column_{place}"] = forms.ChoiceField(label=label, required=False, choices=choices, initial=chosen)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for place in range(len(self.tray.headings)):
            chosen = data.get(f"column_{place}", "")
            if chosen and chosen in seen:
                label = columns.BY_KEY[chosen].label
                self.add_error(f"column_{place}", _("“%(field)s” is matched with two columns.") % {"field": label})
            seen.setdefault(chosen, f"column_{place}")
        if not self.errors and not TELL_WHO & seen.keys():
            raise ValidationError(_("Say which column holds the family name, the whole name, or the e-mail address."), code="who")
        return data

    def matched(self) -> list[str]:
        """The field of each column."""
        return [self.cleaned_data[f"column_{place}"] for place in range(len(self.tray.headings))]

    def lines(self) -> list[dict[str, Any]]:
        """Each column with its choice and its first cells."""
        first = [cells for _number, cells in self.tray.rows[:SHOWN_ROWS]]
        return [{"field": self[f"column_{place}"], "cells": [cells[place] for cells in first]} for place in range(len(self.tray.headings))]


def headings_key(headings: Sequence[str]) -> str:
    """Names these headings in this order, without keeping them."""
    return hashlib.sha256(json.dumps([columns.written(heading) for heading in headings]).encode()).hexdigest()


def remembered(tray: Tray, guessed: Sequence[str]) -> list[str]:
    """How the last file with these headings was matched, else the guess."""
    earlier = ColumnMatch.objects.filter(headings_key=headings_key(tray.headings)).first()
    return list(earlier.fields if earlier and len(earlier.fields) == len(tray.headings) else guessed)


def columns_view(model_admin: ModelAdmin, request: HttpRequest, import_id: int) -> HttpResponse:
    """Show each column with its first cells and what it is taken for."""
    record = own_import(request, import_id)
    if not record.is_open:
        return HttpResponseRedirect(address(record, "progress"))
    tray = rows_of(record)
    form = MatchForm(
        request.POST or None,
        tray=tray,
        fields=remembered(tray, record.fields),
        with_travel=request.user.has_perm(MAY_CHANGE_TRAVEL),
        initial={"default_sector": record.default_sector},
    )
    if request.method == "POST" and form.is_valid():
        keep(record, tray, form)
        return HttpResponseRedirect(address(record, "rows"))
    context = {
        **frame(model_admin, request, "columns", _("Match the columns")),
        "form": form,
        "record": record,
        "tray": tray,
        "lines": form.lines(),
        "count": len(tray.rows),
        "source": SOURCES.get(columns.source_of(tray.headings), ""),
        "cancel_address": address(record, "cancel"),
    }
    return render(request, "admin/participants/participant/import/columns.html", context)


def keep(record: ImportRecord, tray: Tray, form: MatchForm) -> None:
    """Write down the match, for this file and for the next one like it."""
    record.fields, record.default_sector, record.touched_at = form.matched(), form.cleaned_data["default_sector"], timezone.now()
    record.save(update_fields=["fields", "default_sector", "touched_at"])
    ColumnMatch.objects.update_or_create(
        headings_key=headings_key(tray.headings), defaults={"fields": record.fields, "used_at": record.touched_at}
    )
