"""The page of the back office that shows the balance of a meeting against its targets."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.models import Region
from meetings.audiences import Category, Family
from meetings.models import Meeting
from participants.balance import MEN, NO_REGION, NO_TITLE, WOMEN, Balance, Dimension, balance_of, groups
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
        "sees_names": request.user.has_perm(SEES_NAMES),
        "gaps": [(gap.words, [(person, face_of(person, sight)) for person in gap.people]) for gap in found.gaps],
        "women": found.counts["gender", "ms"],
        "chart": bar_chart(bars, title=_("By family of sectors"), unit=_("people"), heading=_("Sector family")),
        "tables": tables_of(found),
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


@dataclass(frozen=True)
class Table:
    """Numbers of people by two kinds; each row with what they add up to on its own, since one country may lie in two regions."""

    title: str
    heading: str
    columns: list[str]
    rows: list[tuple[str, list[int], int]]


def tables_of(found: Balance) -> list[Table]:
    """Families by everything else, then everything by women and men."""
    family = (_("Sector family"), Dimension.FAMILY, {family.value: family.label for family in Family})
    category = (_("Category"), Dimension.CATEGORY, {category.value: category.label for category in Category.counting()})
    group = (_("Group of countries"), Dimension.GROUP, groups())
    region = (_("Region"), Dimension.REGION, regions())
    gender = (_("Women and men"), Dimension.GENDER, {WOMEN: _("Women"), MEN: _("Men"), NO_TITLE: _("Not said")})
    pairs = [
        (_("By family and category"), family, category),
        (_("By family and group of countries"), family, group),
        (_("By family and region"), family, region),
        (_("By family, women and men"), family, gender),
        (_("By category, women and men"), category, gender),
        (_("By group of countries, women and men"), group, gender),
        (_("By region, women and men"), region, gender),
    ]
    return [table_of(title, rows, columns, found) for title, rows, columns in pairs]


def regions() -> dict[str, str]:
    """The regions, and none of them."""
    return {**{region.code: region.name.text for region in Region.objects.all()}, NO_REGION: _("No region")}


def table_of(title: str, rows: tuple[str, str, Any], columns: tuple[str, str, Any], found: Balance) -> Table:
    """One kind down, another across, and how many there are of each down."""
    heading, one, names = rows
    _heading, other, across = columns
    lines = [
        (str(name), [found.cross[(one, key), (other, column)] for column in across], found.counts[one, key]) for key, name in names.items()
    ]
    return Table(title, heading, [str(name) for name in across.values()], lines)
