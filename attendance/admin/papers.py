"""What is printed for one meeting: table signs, attendance sheets to be signed, and lists for the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import fresh
from attendance.admin.printing import MAY_MAKE
from attendance.printing.audience import people_at, people_of
from attendance.printing.leaving import as_file, note_print
from attendance.printing.sheets import Occasion, attendance_pdf, desk_pdf, occasions_of
from attendance.printing.signs import seated, signs_pdf
from meetings.languages import current_language
from meetings.models import Meeting
from participants.admin.reveals import user_of
from participants.exports import MAY_EXPORT, MAY_SEE_EVERYTHING
from participants.models import Participant


class PaperForm(forms.Form):
    """The language of a sheet."""

    language = forms.ChoiceField(label=_lazy("Language and order"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["language"].initial = current_language()


class AttendanceForm(PaperForm):
    """Of what: half of a day, or a session."""

    occasion = forms.ChoiceField(label=_lazy("Half-day or session"))
    field_order = ("occasion", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occasions = {occasion.key: occasion for occasion in occasions_of(self.meeting)}
        choices = [(key, occasion.title(current_language())) for key, occasion in self.occasions.items()]
        self.fields["occasion"].choices = choices  # type: ignore[attr-defined]


class SignsForm(PaperForm):
    """With or without the names of people."""

    language = forms.ChoiceField(label=_lazy("Order of the countries"), choices=settings.LANGUAGES)
    names = forms.BooleanField(
        label=_lazy("One sign for each person, with the name"),
        help_text=_lazy("Whoever does not show the name on the list of participants gets a sign without it."),
        required=False,
    )


@dataclass(frozen=True)
class Made:
    """A file, and what the ledger keeps of it."""

    file: bytes
    people: list[Participant]
    columns: tuple[str, ...]
    options: dict[str, Any]


def make_attendance(meeting: Meeting, asked: dict[str, Any], form: Any) -> Made:
    occasion: Occasion = form.occasions[asked["occasion"]]
    language = asked["language"]
    people = people_of(occasion.session, language) if occasion.session else list(people_at(meeting, language))
    file = attendance_pdf(meeting=meeting, people=people, occasion=occasion, language=language)
    return Made(file, people, ("name", "organisation"), {"language": language, "about": occasion.key})


def make_checkin(meeting: Meeting, asked: dict[str, Any], form: Any) -> Made:
    language = asked["language"]
    people = list(people_at(meeting, language))
    return Made(desk_pdf(meeting=meeting, people=people, language=language), people, ("name", "category"), {"language": language})


def make_signs(meeting: Meeting, asked: dict[str, Any], form: Any) -> Made:
    language, with_names = asked["language"], asked["names"]
    people = seated(meeting, language)
    file = signs_pdf(meeting=meeting, people=people, language=language, with_names=with_names)
    columns = ("country", "organisation", *(("name",) if with_names else ()))
    return Made(file, people, columns, {"language": language, "names": with_names})


@dataclass(frozen=True)
class Paper:
    """One thing to print: its form, and what makes it."""

    key: str
    label: Any
    explanation: Any
    form: type[PaperForm]
    make: Callable[[Meeting, dict[str, Any], Any], Made]


PAPERS = (
    Paper(
        "attendance_sheet",
        _lazy("Attendance sheet"),
        _lazy(
            "A line to sign for everybody expected, by country. Those whose name is protected stand there under their alias and are "
            "recorded by the desk. Sessions under the Chatham House Rule have none."
        ),
        AttendanceForm,
        make_attendance,
    ),
    Paper(
        "check_in_sheet",
        _lazy("Check-in sheet"),
        _lazy("Everybody with a place, by country, with a box for each half-day. For the desk, should nothing else work."),
        PaperForm,
        make_checkin,
    ),
    Paper(
        "table_signs",
        _lazy("Table signs"),
        _lazy("An A4 sheet for each delegation, to be folded across: country or organisation in English and French."),
        SignsForm,
        make_signs,
    ),
)


def papers_view(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """GET shows what can be printed, POST sends one of it."""
    if not request.user.has_perms([MAY_EXPORT, MAY_SEE_EVERYTHING]):
        raise PermissionDenied
    meeting = get_object_or_404(Meeting, pk=meeting_id)
    if answer := fresh.ask_again(request):
        return answer
    wanted = request.POST.get("paper")
    shown = [(paper, form_of(request, paper, meeting, is_asked=paper.key == wanted)) for paper in PAPERS]
    for paper, form in shown:
        if paper.key == wanted and form.is_valid():
            return send(request, meeting, paper, form)
    return papers_page(request, meeting, shown)


def form_of(request: HttpRequest, paper: Paper, meeting: Meeting, *, is_asked: bool) -> PaperForm:
    """The form of one paper; the session that the address names is chosen in it."""
    initial = {"occasion": f"session:{request.GET['session']}"} if request.GET.get("session", "").isdecimal() else {}
    return paper.form(request.POST if is_asked else None, meeting=meeting, prefix=paper.key, initial=initial)


def send(request: HttpRequest, meeting: Meeting, paper: Paper, form: PaperForm) -> HttpResponse:
    """Make it, note it, and answer with the file; nobody, no paper."""
    made = paper.make(meeting, form.cleaned_data, form)
    if not made.people:
        messages.error(request, _("Nobody has a place there yet, so there is nothing to print."))
        return HttpResponseRedirect(request.get_full_path())
    record = note_print(
        purpose=paper.key,
        people=[person.pk for person in made.people],
        meeting=meeting,
        by=user_of(request),
        columns=made.columns,
        options=made.options,
    )
    return as_file(made.file, record)


def papers_page(request: HttpRequest, meeting: Meeting, shown: list[tuple[Paper, PaperForm]]) -> HttpResponse:
    everybody = f"?meeting__id__exact={meeting.pk}&state__exact={Participant.State.CONFIRMED}"
    wrong = any(form.errors for _paper, form in shown)
    context = {
        **admin.site.each_context(request),
        "title": _("To print"),
        "subtitle": str(meeting),
        "opts": Meeting._meta,
        "meeting": meeting,
        "papers": shown,
        "people": people_at(meeting, current_language()).count(),
        "list_url": reverse("admin:participants_participant_changelist") + everybody,
        "badges_url": reverse("admin:attendance_badge_print") + everybody,
        "may_make": request.user.has_perm(MAY_MAKE),
        "page": reverse("admin:meetings_meeting_change", args=[meeting.pk]),
        "page_error": wrong,
    }
    return TemplateResponse(request, "admin/attendance/badge/papers.html", context, status=422 if wrong else 200)
