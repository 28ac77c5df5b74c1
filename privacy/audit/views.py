"""The auditor's page in the back office, and what it shows as a file."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import fresh, looks
from meetings.dates import moment, offset
from privacy.audit import MAY_READ
from privacy.audit.files import export
from privacy.audit.filters import FilterForm, Filters, filters_from
from privacy.audit.sources import Kind
from privacy.audit.timeline import Timeline
from privacy.models import Erasure

PER_PAGE = 50


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """One timeline of who did what, narrowed by what the address says."""
    if not request.user.has_perm(MAY_READ):
        raise PermissionDenied
    form = FilterForm(request.GET)
    filters = filters_from(form, request.GET, timezone.now())
    note_person(request, filters)
    timeline = Timeline(filters, request.user)
    pages: Paginator[Any] = Paginator(timeline, PER_PAGE)  # type: ignore[arg-type]
    page = pages.get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        **context_of(timeline, form),
        "person": person_context(request, filters),
        "page_obj": page,
        "lines": page.object_list,
        "page_range": pages.get_elided_page_range(page.number),
    }
    return TemplateResponse(request, "admin/audit.html", context)


@require_POST
def audit_file(request: HttpRequest) -> HttpResponseBase:
    """The lines that the address shows, all pages, as CSV; the ledger of exports knows of it first."""
    if not request.user.has_perm(MAY_READ):
        raise PermissionDenied
    if answer := fresh.ask_again(request, back=f"{reverse('admin:audit')}?{request.GET.urlencode()}"):
        return answer
    filters = filters_from(FilterForm(request.GET), request.GET, timezone.now())
    note_person(request, filters)
    file, name = export(Timeline(filters, request.user), by=request.user)  # type: ignore[arg-type]
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def note_person(request: HttpRequest, filters: Filters) -> None:
    """Whoever reads about one person is read about too."""
    if filters.person:
        found = filters.person.registrations
        looks.note_all(request, [(looks.What.TRACES, looks.key_of(one), one.reference) for one in found])


def context_of(timeline: Timeline, form: FilterForm) -> dict[str, Any]:
    """What stands round the lines: the filters, and the clock."""
    filters, local = timeline.filters, timezone.localtime()
    return {
        "title": _("Who did what"),
        "form": form,
        "filters": filters,
        "kinds": kinds_of(timeline),
        "chips": [(label, value, filters.address(**{name: ""})) for name, (label, value) in filters.words.items() if name != "kind"],
        "address": filters.address(),
        "zone": f"{timezone.get_default_timezone_name()}, {offset(local)}",
        "now": moment(local),
        "page_error": bool(form.errors),
    }


def kinds_of(timeline: Timeline) -> list[dict[str, Any]]:
    """The kinds to choose from, with how many lines each has."""
    asked = timeline.filters
    everything = {
        "label": _("All"),
        "count": sum(timeline.counts.values()),
        "address": asked.address(kind=""),
        "is_chosen": asked.kind is None,
    }
    return [everything] + [
        {"label": kind.label, "count": timeline.counts[kind], "address": asked.address(kind=kind.value), "is_chosen": asked.kind == kind}
        for kind in Kind
    ]


def person_context(request: HttpRequest, filters: Filters) -> dict[str, Any] | None:
    """Whose lines are shown: their registrations, and when and by whom they were erased."""
    if filters.person is None:
        return None
    rows = [{"row": one, "face": one.face_for(request.user)} for one in filters.person.registrations]
    return {"registrations": rows, "erasures": [erasure_in_words(one) for one in filters.person.erasures]}


def erasure_in_words(erasure: Erasure) -> str:
    """When, by whom and why somebody was erased."""
    facts = {
        "when": moment(timezone.localtime(erasure.made_at)),
        "who": str(erasure.made_by) if erasure.made_by else _("the system"),
        "why": erasure.get_purpose_display(),
    }
    return _("Erased on %(when)s by %(who)s (%(why)s). Nothing here says who it was.") % facts
