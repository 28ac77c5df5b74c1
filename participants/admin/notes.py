"""Notes of the secretariat on a person's page: read and added, never changed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from accounts.text import PersonTextField
from participants import errors, services
from participants.admin.access import is_masked
from participants.admin.reveals import user_of
from participants.models import Note, Participant

MAY_READ = "participants.view_note"
MAY_WRITE = "participants.add_note"


class NoteForm(forms.Form):
    """One note."""

    text = PersonTextField(_lazy("note"), max_length=2000).formfield(
        label=_lazy("Add a note"),
        help_text=_lazy("Only the secretariat reads it here, and the person in the copy of their data. It stays as written."),
        error_messages={"required": errors.NoteMissing.reason},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True)
class Notes:
    """What the page shows of the notes. Of somebody whose name is hidden only how many: what is written there names them."""

    rows: list[Note]
    hidden: int
    form: NoteForm | None


def notes_of(request: HttpRequest, participant: Participant) -> Notes | None:
    """The notes, the latest first; None for whoever may not read them."""
    if not request.user.has_perm(MAY_READ):
        return None
    rows = list(participant.note_rows.select_related("by"))
    masked = is_masked(request, participant)
    may_write = request.user.has_perm(MAY_WRITE) and not participant.is_erased
    return Notes([] if masked else rows, len(rows) if masked else 0, NoteForm() if may_write else None)


@require_POST
def note_view(request: HttpRequest, participant_id: int, *, model_admin: ModelAdmin) -> HttpResponse:
    """Add a note and go back to the page."""
    if not request.user.has_perm(MAY_WRITE):
        raise PermissionDenied
    participant: Any = get_object_or_404(model_admin.get_queryset(request), pk=participant_id)
    form = NoteForm(request.POST)
    try:
        if not form.is_valid():
            raise errors.Refused(" ".join(map(str, form.errors["text"])))
        services.add_note(participant=participant, text=form.cleaned_data["text"], by=user_of(request))
    except errors.Refused as refusal:
        messages.error(request, _("Nothing was saved. %(why)s") % {"why": refusal})
    else:
        messages.success(request, _("The note is kept."))
    return HttpResponseRedirect(f"{reverse('admin:participants_participant_change', args=[participant.pk])}#notes")
