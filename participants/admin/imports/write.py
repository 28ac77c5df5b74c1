"""The last pages: say once more what will be written, write it, and show what became of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from participants import errors
from participants.admin.imports.access import address, frame, own_import, rows_of
from participants.admin.imports.rows import plan_of
from participants.admin.reveals import sight_for
from participants.faces import face_of
from participants.importing import applying
from participants.importing.planning import Group, Plan, is_history
from participants.models import ImportRecord, Participant

SECONDS_BETWEEN_LOOKS = 2
PEOPLE_ON_A_PAGE = 100


class WriteForm(forms.Form):
    """The number of rows, typed: who has looked at it knows it."""

    count = forms.CharField(
        label=_lazy("How many rows will be written?"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
        error_messages={"required": _lazy("Type the number of rows.")},
    )

    def __init__(self, *args: Any, wanted: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.fields["count"].help_text = _("Type %(count)d to confirm.") % {"count": wanted}

    def clean_count(self) -> str:
        typed = "".join(character for character in self.cleaned_data["count"] if not character.isspace())
        if typed != str(self.wanted):
            raise forms.ValidationError(_("Type %(count)d to confirm."), code="other", params={"count": self.wanted})
        return typed


def write_view(model_admin: ModelAdmin, request: HttpRequest, import_id: int) -> HttpResponse:
    """Ask once more, then hand it to the worker."""
    record = own_import(request, import_id)
    if not record.is_open:
        return HttpResponseRedirect(address(record, "progress"))
    plan = plan_of(record, rows_of(record))
    try:
        applying.check_ready(record, plan)
        form = WriteForm(request.POST or None, wanted=plan.writes)
        if request.method == "POST" and form.is_valid():
            applying.queue(record=record, plan=plan)
            return HttpResponseRedirect(address(record, "progress"))
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(address(record, "rows"))
    context = {
        **frame(model_admin, request, "write", _("Write the list")),
        "form": form,
        "record": record,
        "sentences": sentences(record, plan),
        "addresses": {page: address(record, page) for page in ("rows", "cancel")},
    }
    return render(request, "admin/participants/participant/import/write.html", context)


def sentences(record: ImportRecord, plan: Plan) -> list[str]:
    """What will happen, in words."""
    new, changed = plan.counts[Group.NEW], plan.counts[Group.CHANGED]
    said = [arrivals(record, plan, new)] if new else []
    if changed:
        said.append(ngettext("%(count)d person is changed.", "%(count)d people are changed.", changed) % {"count": changed})
    rest = sum(plan.counts[group] for group in (Group.SAME, Group.DUPLICATE, Group.LEFT_OUT))
    if rest:
        said.append(ngettext("%(count)d row is not written.", "%(count)d rows are not written.", rest) % {"count": rest})
    if new:
        said.append(_("The new people are told by mail.") if record.with_mails else _("Nobody on the list is written to."))
    return said


def arrivals(record: ImportRecord, plan: Plan, new: int) -> str:
    """How the new people arrive."""
    if is_history(record.meeting):
        text = ngettext("%(count)d person is entered as having been there.", "%(count)d people are entered as having been there.", new)
    elif record.new_state == Participant.State.PENDING:
        text = ngettext("%(count)d new person awaits approval.", "%(count)d new people await approval.", new)
    else:
        text = ngettext("%(count)d new person is confirmed.", "%(count)d new people are confirmed.", new - plan.waiting)
        new -= plan.waiting
    waiting = ngettext(
        "%(count)d more goes on the waiting list, because no place is free.",
        "%(count)d more go on the waiting list, because no place is free.",
        plan.waiting,
    )
    return " ".join([text % {"count": new}, *([waiting % {"count": plan.waiting}] if plan.waiting else [])])


def progress_view(model_admin: ModelAdmin, request: HttpRequest, import_id: int) -> HttpResponse:
    """How far it is, looked at again every few seconds without any script; then what was written."""
    record = own_import(request, import_id)
    if record.is_open:
        if record.problem:
            messages.error(request, record.problem)
        return HttpResponseRedirect(address(record, "rows"))
    context = {
        **frame(model_admin, request, "write", title_of(record)),
        "record": record,
        "counts": [(Group(key).label, record.counts[key]) for key in Group.values if record.counts.get(key)],
        "total": sum(record.counts.values()),
        "list_address": f"{reverse('admin:participants_participant_changelist')}?meeting__id__exact={record.meeting_id}",
    }
    if record.stage == ImportRecord.Stage.DONE:
        context |= {"people": people_of(request, record)}
    response = render(request, "admin/participants/participant/import/progress.html", context)
    if record.is_under_way:
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def title_of(record: ImportRecord) -> str:
    """The page's title says how far it is."""
    if record.is_under_way:
        return _("The list is being written")
    return _("The list is written") if record.stage == ImportRecord.Stage.DONE else _("Nothing was written")


def people_of(request: HttpRequest, record: ImportRecord) -> Any:
    """Those whom this import entered or changed, as the change history has it, a page at a time."""
    written = Participant.history.filter(history_change_reason=record.change_reason, meeting=record.meeting_id).order_by("id")
    page: Any = Paginator(written.values_list("id", "history_type"), PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = Participant.objects.select_related("country", "body").in_bulk([pk for pk, _kind in page.object_list])
    sight = sight_for(request)
    page.lines = [
        {"person": rows[pk], "face": face_of(rows[pk], sight), "is_new": kind == "+"} for pk, kind in page.object_list if pk in rows
    ]
    return page


def cancel_view(model_admin: ModelAdmin, request: HttpRequest, import_id: int) -> HttpResponse:
    """Give an import up, after a page that asks; its rows are deleted at once."""
    record = own_import(request, import_id)
    if request.method != "POST":
        if not record.is_open:
            return HttpResponseRedirect(address(record, "progress"))
        context = {
            **frame(model_admin, request, "rows", _("Give up this import?")),
            "record": record,
            "tray": rows_of(record),
            "addresses": {page: address(record, page) for page in ("rows", "cancel")},
        }
        return render(request, "admin/participants/participant/import/cancel.html", context)
    applying.cancel(record=record)
    messages.info(request, _("The import was given up. Its rows are deleted, and nothing was written."))
    return HttpResponseRedirect(reverse("admin:participants_participant_changelist"))
