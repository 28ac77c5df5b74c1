"""The page behind the list's export button: choose what the list is for, and take the file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from accounts import fresh
from accounts.text import PersonCharField
from meetings.languages import current_language
from participants.exports import MAY_EXPORT, PURPOSES, Choice, Purpose, file_name, purposes_for, start_export
from participants.models import Participant, ParticipantQuerySet

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MAY_NAME_PROTECTED = "participants.view_protected_identity"
STATUS_FILTER = "state__exact"


class ExportForm(forms.Form):
    """What the file is for, and how it is written. Offers protected names only to those who may have them."""

    purpose = forms.ChoiceField(
        label=_("What is the list for?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what the list is for.")}
    )
    format = forms.ChoiceField(
        label=_("Kind of file"), widget=forms.RadioSelect, initial="csv", choices=[("csv", _("CSV")), ("xlsx", _("Excel (XLSX)"))]
    )
    language = forms.ChoiceField(label=_("Language of headings and words"), widget=forms.RadioSelect, choices=settings.LANGUAGES)
    separator = forms.ChoiceField(
        label=_("Separator of a CSV file"),
        widget=forms.RadioSelect,
        initial=",",
        choices=[(",", _("Comma")), (";", _("Semicolon, as Excel expects where the decimal sign is a comma"))],
    )
    bom = forms.BooleanField(
        label=_("Mark a CSV file as UTF-8 (byte order mark)"),
        help_text=_("Excel needs the mark to show accents. Switch it off for programs that stumble over it."),
        required=False,
        initial=True,
    )
    protected_names = forms.BooleanField(label=_("With the real names of protected people"), required=False)
    reason = PersonCharField(max_length=500).formfield(
        label=_("Why the real names are needed"),
        help_text=_("Only with protected names. It is kept in the export ledger."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(purpose.key, purpose.label) for purpose in purposes_for(user)]  # type: ignore[attr-defined]
        self.fields["language"].initial = current_language()
        if not user.has_perm(MAY_NAME_PROTECTED):
            del self.fields["protected_names"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Protected names need a reason."""
        data = super().clean() or self.cleaned_data
        if data.get("protected_names") and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why the real names are needed."))
        return data

    def choice(self) -> Choice:
        """The answers; a reason without protected names is dropped."""
        answers = {**self.cleaned_data, "purpose": PURPOSES[self.cleaned_data["purpose"]]}
        return Choice(**answers) if answers.get("protected_names") else Choice(**{**answers, "reason": ""})


def export_page(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """GET asks what the list is for; POST answers with the file. The filters are those of the list, in the address."""
    if not request.user.has_perm(MAY_EXPORT):
        raise PermissionDenied
    if answer := fresh.ask_again(request):
        return answer
    people: ParticipantQuerySet = model_admin.filtered_queryset(request)  # type: ignore[attr-defined]
    filters: Mapping[str, str] = dict(model_admin.filter_summary(request))  # type: ignore[attr-defined]
    form = ExportForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return download(request, people, form.choice(), filters)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Export the list"),
        "form": form,
        "filters": filters,
        "count": people.count(),
        "offers": offers(request, form, people),
        "page_error": bool(form.errors),
    }
    return TemplateResponse(request, "admin/participants/participant/export.html", context)


def download(request: HttpRequest, people: ParticipantQuerySet, choice: Choice, filters: Mapping[str, str]) -> HttpResponse:
    """The file, sent as it is made; the ledger knows of it before its first byte leaves."""
    chosen = narrowed(request, people, choice.purpose)
    choice = replace(choice, rough_counts=counts_whole_meeting(request, choice.purpose))
    kept = {**without_search(request, filters), **note_of(request, choice.purpose)}
    record, pieces = start_export(queryset=chosen, choice=choice, by=request.user, filters=kept)  # type: ignore[arg-type]
    headers = {
        "Content-Disposition": content_disposition_header(True, file_name(record, choice)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Accel-Buffering": "no",  # a proxy that gathers the file first would undo the streaming
    }
    return StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[choice.format], headers=headers)  # type: ignore[return-value]


def without_search(request: HttpRequest, filters: Mapping[str, str]) -> dict[str, str]:
    """The filters as the ledger keeps them: that words were searched for, never which, because they may be a protected name."""
    address = request.GET.copy()
    if address.pop(SEARCH_VAR, [""])[-1]:
        return {**filters, str(_("Search")): str(_("by words that are not kept")), "address": address.urlencode()}
    return {**filters, "address": address.urlencode()}


def narrowed(request: HttpRequest, people: ParticipantQuerySet, purpose: Purpose) -> ParticipantQuerySet:
    """Those of the filtered list whom this purpose concerns.

    Counts of food needs could be narrowed by filters until they speak of one person. Whoever may not read needs gets
    the counts of the whole meeting, and small ones only roughly.
    """
    if counts_whole_meeting(request, purpose):
        return Participant.objects.confirmed().filter(meeting__in=people.order_by().values("meeting"))
    return people.confirmed() if purpose.confirmed_only and STATUS_FILTER not in request.GET else people


def counts_whole_meeting(request: HttpRequest, purpose: Purpose) -> bool:
    return not purpose.has_people and not request.user.has_perm("participants.view_needs")


def note_of(request: HttpRequest, purpose: Purpose) -> dict[str, str]:
    """What ``narrowed`` did beyond the filters, for the ledger."""
    if counts_whole_meeting(request, purpose):
        return {"counted": str(_("everybody confirmed for the meeting"))}
    return {"status": str(_("confirmed, as this purpose asks"))} if purpose.confirmed_only and STATUS_FILTER not in request.GET else {}


def offers(request: HttpRequest, form: ExportForm, people: ParticipantQuerySet) -> list[dict[str, Any]]:
    """The purposes to choose from: each with its button, what it holds, and how many rows it would have."""
    language = current_language()
    found = []
    for purpose, radio in zip(purposes_for(request.user), form["purpose"], strict=True):
        chosen = purpose.people(narrowed(request, people, purpose))
        found.append(
            {
                "radio": radio,
                "purpose": purpose,
                "columns": ", ".join(column.heading(language) for column in purpose.columns),
                "count": chosen.count(),
                "whole_meeting": counts_whole_meeting(request, purpose),
                "only_confirmed": purpose.confirmed_only and STATUS_FILTER not in request.GET,
            }
        )
    return found
