"""Who may import, and whose import it is: a file that somebody brought is nobody else's to see."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from participants.admin.reveals import user_of
from participants.importing import storing
from participants.models import ImportRecord

PERMISSION = "participants.import_participant"
# A plan shows what is registered of people, old and new.
NEEDED = (PERMISSION, "participants.change_participant")

STEPS = (("import", _lazy("File")), ("columns", _lazy("Columns")), ("rows", _lazy("Rows")), ("write", _lazy("Write")))


def check(request: HttpRequest) -> None:
    """Raise PermissionDenied unless this user may import."""
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied


def own_import(request: HttpRequest, import_id: int) -> ImportRecord:
    """The import with this key, if this user brought it; of somebody else's it is not even said that there is one."""
    check(request)
    return get_object_or_404(ImportRecord.objects.of(user_of(request)).select_related("meeting"), pk=import_id)


def rows_of(record: ImportRecord) -> storing.Tray:
    """The rows of an import that is being looked at; Http404 where they are gone."""
    try:
        return storing.get(record.stored_as)
    except storing.Gone as error:
        raise Http404 from error


def address(record: ImportRecord, page: str) -> str:
    """The address of a page about an import: progress, columns, rows, write, cancel."""
    return reverse(f"admin:participants_participant_import_{page}", args=[record.pk])


def frame(model_admin: ModelAdmin, request: HttpRequest, step: str, title: str) -> dict[str, Any]:
    """What every page of an import shows around its own."""
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "steps": steps_at(step),
        "list_name": _("Participants"),
    }


def steps_at(step: str) -> Sequence[tuple[str, str]]:
    """Where one is: each step with ``done``, ``current`` or ``todo``."""
    keys = [key for key, _label in STEPS]
    here = keys.index(step)
    return [(str(label), "done" if place < here else "current" if place == here else "todo") for place, (_key, label) in enumerate(STEPS)]
