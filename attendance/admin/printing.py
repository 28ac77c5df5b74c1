"""Badges of many: chosen on the list of participants, asked for once, and sent as one PDF."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import fresh
from attendance.printing.badges import Style, badges_pdf
from attendance.printing.leaving import as_file, note_print
from attendance.services.badges import make_badges
from meetings.languages import current_language
from meetings.models import Meeting
from participants.admin.reveals import user_of
from participants.exporting import without_search
from participants.exports import MAY_EXPORT
from participants.models import Participant, ParticipantQuerySet

MAY_MAKE = "attendance.add_badge"
MOST_AT_ONCE = 1_000
COLUMNS = ("name", "country", "organisation", "category", "photo", "closed_sessions", "code")


class StyleForm(forms.Form):
    """How the badges are to look."""

    format = forms.ChoiceField(
        label=_lazy("Size"),
        widget=forms.RadioSelect,
        initial="a6",
        choices=[("a6", _lazy("A6 (105 × 148 mm)")), ("card", _lazy("Card (86 × 54 mm)"))],
    )
    layout = forms.ChoiceField(
        label=_lazy("Paper"),
        widget=forms.RadioSelect,
        initial="sheet",
        choices=[
            ("sheet", _lazy("Several on an A4 sheet, with marks to cut along")),
            ("single", _lazy("One badge on each page, of its own size")),
        ],
    )
    language = forms.ChoiceField(
        label=_lazy("Language of the words"),
        widget=forms.RadioSelect,
        initial="both",
        choices=[("both", _lazy("English and French")), ("en", _lazy("English")), ("fr", _lazy("French"))],
    )

    def style(self) -> Style:
        return Style(**self.cleaned_data)


def print_view(request: HttpRequest) -> HttpResponse:
    """Ask how the badges are to look, then make what is missing and send them."""
    if not request.user.has_perms([MAY_MAKE, MAY_EXPORT]):
        raise PermissionDenied
    if answer := fresh.ask_again(request, back=list_address(request) if request.method == "POST" else ""):
        return answer
    chosen = chosen_people(request)
    meetings = list(Meeting.objects.filter(pk__in=chosen.order_by().values("meeting"))[:2])
    people = having_a_place(chosen) if len(meetings) == 1 else []
    if not people or len(people) > MOST_AT_ONCE:
        messages.error(request, why_none(meetings, people))
        return HttpResponseRedirect(list_address(request))
    form = StyleForm(request.POST if "asked" in request.POST else None)
    if form.is_valid():
        return send(request, people, meetings[0], form.style())
    return asking_page(request, people, chosen.count() - len(people), form)


def chosen_people(request: HttpRequest) -> ParticipantQuerySet:
    """Those ticked on the list or named by the page that asks; without any, everybody whom the list's filters show."""
    model_admin: Any = admin.site.get_model_admin(Participant)
    ticked = [] if request.POST.get("select_across") == "1" else request.POST.getlist(ACTION_CHECKBOX_NAME)
    keys = [key for key in ticked or request.POST.getlist("people") if key.isdecimal() and len(key) < 19]
    if request.method == "POST" and request.POST.get("select_across") == "0" and not keys:
        return Participant.objects.none()
    found: ParticipantQuerySet = model_admin.get_queryset(request).filter(pk__in=keys) if keys else model_admin.filtered_queryset(request)
    return Participant.objects.filter(pk__in=found.order_by().values("pk"))


def having_a_place(chosen: ParticipantQuerySet) -> list[Participant]:
    """Those of them who get a badge, in the order of the list of participants."""
    return list(chosen.confirmed().named().in_official_order(current_language())[: MOST_AT_ONCE + 1])


def why_none(meetings: list[Meeting], people: list[Participant]) -> str:
    if len(meetings) > 1:
        return _("Choose people of one meeting. Nothing was printed.")
    if people:
        return _("Choose at most %(count)d people at a time. Nothing was printed.") % {"count": MOST_AT_ONCE}
    return _("Badges are for people with a place. Nobody you chose has one.")


def send(request: HttpRequest, people: list[Participant], meeting: Meeting, style: Style) -> HttpResponse:
    """Make the badges that are missing, write the ledger, and answer with the file."""
    by = user_of(request)
    badges = make_badges(participants=people, by=by)
    file = badges_pdf(meeting=meeting, badges=badges, style=style)
    address = request.GET.urlencode()
    record = note_print(
        purpose="badges",
        people=[badge.participant_id for badge in badges],
        meeting=meeting,
        by=by,
        columns=COLUMNS,
        options={"size": style.format, "layout": style.layout, "language": style.language},
        filters=without_search(request, {}) if address else {},
    )
    return as_file(file, record)


def asking_page(request: HttpRequest, people: list[Participant], others: int, form: StyleForm) -> HttpResponse:
    """How many badges there will be, who gets none, and how they are to look."""
    unnamed = sum(person.is_protected and not person.alias for person in people)
    context = {
        **admin.site.each_context(request),
        "title": _("Print badges"),
        "opts": Participant._meta,
        "form": form,
        "people": people,
        "others": others,
        "unnamed": unnamed,
        "back": list_address(request),
        "page_error": bool(form.errors),
    }
    return TemplateResponse(request, "admin/attendance/badge/print.html", context, status=422 if form.errors else 200)


def list_address(request: HttpRequest) -> str:
    """The list of participants as it was filtered."""
    return f"{reverse('admin:participants_participant_changelist')}?{request.GET.urlencode()}".rstrip("?")
