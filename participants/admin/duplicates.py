"""Possible duplicates: on a person's page, as a list, side by side; merging them, or saying that they are two people.

Whom the reader may not see is in no pair: "may be Maeve Orrin" beside an alias would tell the name.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts import fresh, looks
from meetings.models import Meeting
from participants import duplicates, errors, services
from participants.admin.filters import surroundings
from participants.admin.reveals import revealed_until, sight_for, user_of
from participants.duplicates import Likeness
from participants.faces import face_of
from participants.models import Participant
from participants.services.merging import CHOICES

PERMISSION = "participants.merge_participant"
MOST_SHOWN = 200
STANDS = (Participant.State.CONFIRMED, Participant.State.WAITLISTED, Participant.State.PENDING)


@dataclass(frozen=True)
class Pair:
    """Two registrations that may be one person's, as this reader may see them."""

    first: Any
    second: Any
    likeness: Likeness

    @property
    def both(self) -> tuple[Any, Any]:
        return self.first, self.second


@dataclass(frozen=True)
class Line:
    """One column of both, side by side."""

    name: str
    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def pairs_of(request: HttpRequest, found: list[Likeness]) -> list[Pair]:
    """The pairs whose two faces this reader may see."""
    keys = {key for one in found for key in (one.first, one.second)}
    rows: dict[int, Any] = Participant.objects.select_related("meeting", "country", "body").in_bulk(keys)
    sight = sight_for(request)
    for row in rows.values():
        row.face = face_of(row, sight)
    pairs = [Pair(rows[one.first], rows[one.second], one) for one in found if one.first in rows and one.second in rows]
    return [pair for pair in pairs if not (pair.first.face.is_masked or pair.second.face.is_masked)]


def pairs_on_page(request: HttpRequest, participant: Any) -> list[tuple[Any, Likeness]] | None:
    """Who may be the same person as this one; None for whoever may not merge, or may not see who this is."""
    if not request.user.has_perm(PERMISSION) or participant.face.is_masked or participant.state == Participant.State.UNCONFIRMED:
        return None
    found = duplicates.of_one(participant, also=revealed_until(request))
    pairs = pairs_of(request, found)
    return [(pair.second if pair.first.pk == participant.pk else pair.first, pair.likeness) for pair in pairs]


def list_view(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Every pair with at least one of its two at one meeting: the coming one, where the address names none."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    meeting = chosen_meeting(request)
    pairs = pairs_of(request, duplicates.in_meeting(meeting))[:MOST_SHOWN] if meeting else []
    looks.note_all(request, {(looks.What.SEARCH, looks.key_of(one), one.reference) for pair in pairs for one in (pair.first, pair.second)})
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Possible duplicates"),
        "subtitle": str(meeting or ""),
        "opts": model_admin.opts,
        "meeting": meeting,
        "meetings": surroundings(request).meetings.values(),
        "pairs": pairs,
    }
    return render(request, "admin/participants/participant/duplicates.html", context)


def chosen_meeting(request: HttpRequest) -> Meeting | None:
    """The meeting the address names, else the coming one."""
    key = request.GET.get("meeting", "")
    around = surroundings(request)
    if not key:
        return around.coming_meeting
    if not key.isdecimal() or int(key) not in around.meetings:
        raise Http404
    return around.meetings[int(key)]


def compare_view(model_admin: ModelAdmin, request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Two registrations side by side: choose what stays and merge, or say that they are two people."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    pair = pair_of(request, first, second)
    for one in pair:
        if one.face.is_masked:
            messages.error(request, _("This name is protected. Have it shown to you first, then compare."))
            return HttpResponseRedirect(reverse("admin:participants_participant_change", args=[one.pk]))
    if request.method == "POST":
        return act(request, pair)
    whats = [looks.What.PROTECTED_NAME if one.is_protected else looks.What.PARTICIPANT_PAGE for one in pair]
    looks.note_all(request, [(what, looks.key_of(one), one.reference) for what, one in zip(whats, pair, strict=True)])
    return render(request, "admin/participants/participant/compare.html", context_of(model_admin, request, pair))


def pair_of(request: HttpRequest, first: int, second: int) -> tuple[Any, Any]:
    """Both registrations with their faces; not found where they are one row, or nobody's yet or any more, or merged."""
    rows: dict[int, Any] = duplicates.candidates().select_related("meeting", "country", "body", "sector", "user").in_bulk([first, second])
    if len(rows) != 2:
        raise Http404
    for row in rows.values():
        row.face = face_of(row, sight_for(request))
    return rows[first], rows[second]


def act(request: HttpRequest, pair: tuple[Any, Any]) -> HttpResponse:
    """Merge, or remember that they are two people; after a fresh proof, for a merge is not undone."""
    first, second = pair
    if "apart" in request.POST:
        services.tell_apart(first=first, second=second, by=user_of(request))
        messages.success(request, _("Kept: these are two people. They are not shown as duplicates again."))
        return HttpResponseRedirect(reverse("admin:participants_participant_duplicates"))
    if answer := fresh.ask_again(request):
        return answer
    stays, goes = (second, first) if request.POST.get("stays") == str(second.pk) else (first, second)
    taken = [name for name in CHOICES if request.POST.get(name) == str(goes.pk)]
    try:
        services.merge(survivor=stays, other=goes, taken=taken, by=user_of(request))
    except errors.Refused as refusal:
        messages.error(request, _("Nothing was changed. %(why)s") % {"why": refusal})
        return HttpResponseRedirect(request.get_full_path())
    if stays.meeting_id == goes.meeting_id:
        messages.success(request, _("Merged. %(other)s is kept as withdrawn, for its history.") % {"other": goes.reference})
    else:
        messages.success(request, _("Both registrations belong to one account now."))
    return HttpResponseRedirect(reverse("admin:participants_participant_change", args=[stays.pk]))


def context_of(model_admin: ModelAdmin, request: HttpRequest, pair: tuple[Any, Any]) -> dict[str, Any]:
    """What the page of the comparison shows."""
    first, second = pair
    likeness = next((one for one in duplicates.of_one(first, also=[second.pk]) if one.other(first.pk) == second.pk), None)
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Are these the same person?"),
        "opts": model_admin.opts,
        "first": first,
        "second": second,
        "both": pair,
        "likeness": likeness,
        "lines": [line_of(name, first, second) for name in CHOICES],
        "stays": better(first, second),
        "is_one_meeting": first.meeting_id == second.meeting_id,
    }


def better(first: Any, second: Any) -> Any:
    """Which of the two is offered to stay: who is further on, then who registered first."""
    return min(first, second, key=lambda one: (STANDS.index(one.state) if one.state in STANDS else len(STANDS), one.registered_at, one.pk))


def line_of(name: str, first: Participant, second: Participant) -> Line:
    """One column in words."""
    field: Any = Participant._meta.get_field(name)
    return Line(name, capfirst(str(field.verbose_name)), shown(first, name), shown(second, name))


def shown(participant: Participant, name: str) -> str:
    """A value as people read it."""
    display = getattr(participant, f"get_{name}_display", None)
    value = display() if display else getattr(participant, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value) if isinstance(value, Model) or value else ""
