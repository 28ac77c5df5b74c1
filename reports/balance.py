"""The page of the back office that shows the balance of a meeting against its targets."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.audiences import Category, Family
from meetings.models import Meeting
from participants.balance import balance_of, groups
from participants.faces import face_of, sight_of
from reports.charts import Bar, bar_chart

PERMISSION = "participants.view_all_registrations"
SEES_NAMES = "participants.change_participant"


def balance_page(request: HttpRequest) -> HttpResponse:
    """The coming meeting's balance, or that of the one the address names. Names only to whoever works on the list."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    meeting = chosen(request.GET.get("meeting", ""))
    found = balance_of(meeting, names=request.user.has_perm(SEES_NAMES))
    sight = sight_of(request.user)
    bars = [Bar(str(family.label), found.counts["family", family.value]) for family in Family]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Balance"),
        "subtitle": str(meeting),
        "meeting": meeting,
        "balance": found,
        "gaps": [(gap.words, [(person, face_of(person, sight)) for person in gap.people]) for gap in found.gaps],
        "women": found.counts["gender", "ms"],
        "chart": bar_chart(bars, title=_("By family of sectors"), unit=_("people"), heading=_("Sector family")),
        "by_category": table_of({category.value: category.label for category in Category.counting()}, found.cross),
        "by_group": table_of(groups(), found.groups),
    }
    return render(request, "admin/balance.html", context)


def chosen(key: str) -> Meeting:
    """The meeting of that key, else the coming one, else the last."""
    if key:
        return get_object_or_404(Meeting, pk=int(key)) if key.isdecimal() and len(key) < 19 else not_found()
    coming = Meeting.objects.coming(timezone.localdate()).first() or Meeting.objects.order_by("-starts_on").first()
    return coming or not_found()


def not_found() -> Meeting:
    raise Http404


def table_of(columns: dict[str, Any], counts: Any) -> dict[str, Any]:
    """Families by columns, as rows of numbers."""
    rows = [(family.label, [counts[family.value, key] for key in columns]) for family in Family]
    return {"columns": list(columns.values()), "rows": rows}
