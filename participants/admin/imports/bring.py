"""The first page: which file, for which meeting, and what happens to the new people in it."""

import hashlib
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from meetings.models import Meeting
from participants.admin.imports.access import address, check, frame
from participants.admin.reveals import user_of
from participants.importing import columns, encodings, limits, sheets, storing
from participants.importing.errors import Unreadable
from participants.importing.planning import is_history
from participants.models import ImportRecord, Participant

State = Participant.State


class BringForm(forms.Form):
    """The file, and what it is for. Its cleaned ``file`` is a sheet; a file that cannot be read is an error beside the field."""

    meeting = forms.ModelChoiceField(label=_lazy("Meeting"), queryset=Meeting.objects.order_by("-starts_on"), empty_label=None)
    file = forms.FileField(
        label=_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        max_length=200,
        error_messages={"required": _lazy("Choose a file."), "empty": _lazy("This file is empty.")},
    )
    encoding = forms.ChoiceField(
        label=_lazy("Characters of a CSV file"),
        required=False,
        choices=encodings.CHOICES,
        help_text=_lazy("Choose another only when accents come out wrong on the next page."),
    )
    new_state = forms.ChoiceField(
        label=_lazy("New people"),
        widget=forms.RadioSelect,
        initial=State.PENDING,
        choices=[
            (State.PENDING, _lazy("await approval, like those who register themselves")),
            (State.CONFIRMED, _lazy("are confirmed while there are places; then they go on the waiting list")),
        ],
        help_text=_lazy(
            "Counts for a coming meeting only. Whoever is on the list of a meeting that is over was there, and is entered as confirmed."
        ),
    )
    with_mails = forms.BooleanField(
        label=_lazy("Tell the new people by mail"), help_text=_lazy("Otherwise nobody on the list is written to."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = _("CSV or Excel (.xlsx), at most %(size)d MB, %(rows)s rows and %(columns)d columns.") % {
            "size": limits.MOST_BYTES // limits.MEGABYTE,
            "rows": limits.written(limits.MOST_ROWS),
            "columns": limits.MOST_COLUMNS,
        }
        self.fields["file"].help_text = " ".join((most, _("The first row names the columns, in any order.")))
        self.fields["meeting"].initial = Meeting.objects.coming(timezone.localdate()).first()
        self.fields["meeting"].help_text = _("The coming one is chosen. For the list of an earlier meeting choose that one.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        meeting = data.get("meeting")
        if meeting is not None and is_history(meeting):
            data["new_state"] = State.CONFIRMED
            if data.get("with_mails"):
                self.add_error("with_mails", _("The meeting is over: nobody is written to about it."))
        if data.get("file") is not None and not self.errors:
            self.read(data)
        return data

    def read(self, data: dict[str, Any]) -> None:
        """Read the file once the other answers are right: it may take a moment."""
        try:
            self.sheet = sheets.read(data["file"], name=data["file"].name, encoding=data["encoding"])
        except Unreadable as refusal:
            self.add_error("file", str(refusal))

    def keep(self, *, by: Any) -> ImportRecord:
        """Store the rows, and begin an import with them."""
        file = self.cleaned_data["file"]
        file.seek(0)
        return ImportRecord.objects.create(
            made_by=by,
            meeting=self.cleaned_data["meeting"],
            kind=self.sheet.kind,
            digest=hashlib.file_digest(file, "sha256").hexdigest(),
            new_state=self.cleaned_data["new_state"],
            with_mails=self.cleaned_data["with_mails"],
            fields=columns.guess(self.sheet.headings, self.sheet.rows),
            stored_as=storing.put(storing.Tray.of(self.sheet, shown_name(file.name))),
        )


def shown_name(name: str) -> str:
    """The file's name as the pages show it while the import goes on: what can be printed of it."""
    return "".join(character for character in name if character.isprintable())[-100:]


def bring_view(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Take the file, and go on to its columns; or back to one that was begun."""
    check(request)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(address(form.keep(by=user_of(request)), "columns"))
    context = {
        **frame(model_admin, request, "import", _("Import a list")),
        "form": form,
        "begun": [(record, address(record, page_of(record))) for record in unfinished(request)],
    }
    return render(request, "admin/participants/participant/import/bring.html", context)


def unfinished(request: HttpRequest) -> list[ImportRecord]:
    """What this user began and neither wrote nor gave up."""
    stages = (ImportRecord.Stage.OPEN, *ImportRecord.UNDER_WAY)
    return list(ImportRecord.objects.of(user_of(request)).filter(stage__in=stages).select_related("meeting")[:5])


def page_of(record: ImportRecord) -> str:
    """Where to go on with an import."""
    return "progress" if record.is_under_way else "columns"
