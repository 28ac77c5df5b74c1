"""What the evaluation of a meeting found, in the back office: all answers together, and never one of them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import fresh
from attendance.admin.bookings import meeting_of, without_meeting
from attendance.evaluation import Results, results_of
from attendance.models import EvaluationAnswer
from attendance.models.evaluation import ENOUGH, LEAST, MOST
from attendance.printing.leaving import as_file
from meetings.languages import current_language
from meetings.models import Meeting
from participants import cells
from participants.admin.ledgers import LedgerAdmin
from participants.admin.reveals import user_of
from participants.exports import MAY_EXPORT
from participants.models import ExportRecord

MAY_SEE = "attendance.view_evaluationanswer"


@admin.register(EvaluationAnswer)
class EvaluationAdmin(LedgerAdmin):
    """In place of the list stand the results; a row has no page."""

    def get_urls(self) -> list[URLPattern]:
        own = [path("results.csv", self.admin_site.admin_view(require_POST(file_view)), name="attendance_evaluationanswer_file")]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return results_view(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:attendance_evaluationanswer_changelist"))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return self.change_view(request, object_id)


def results_view(request: HttpRequest) -> HttpResponse:
    """How many answered, the marks of each question and the words; nothing below ENOUGH answers."""
    if elsewhere := without_meeting(request):
        return elsewhere
    meeting = meeting_of(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Evaluation"),
        "opts": EvaluationAnswer._meta,
        "meeting": meeting,
        "meetings": Meeting.objects.order_by("-starts_on", "-pk"),
        "results": results_of(meeting),
        "enough": ENOUGH,
        "least": LEAST,
        "most": MOST,
        "may_export": request.user.has_perm(MAY_EXPORT),
    }
    return TemplateResponse(request, "admin/attendance/evaluationanswer/results.html", context)


def file_view(request: HttpRequest) -> HttpResponse:
    """What the page shows as a file, with its row in the ledger of exports."""
    if not request.user.has_perms([MAY_SEE, MAY_EXPORT]):
        raise PermissionDenied
    meeting = meeting_of(request)
    if answer := fresh.ask_again(request, back=f"{reverse('admin:attendance_evaluationanswer_changelist')}?meeting={meeting.pk}"):
        return answer
    results = results_of(meeting)
    if not results.are_shown:
        raise Http404
    rows = rows_of(results)
    record = ExportRecord.objects.create(
        made_by=user_of(request),
        meeting=meeting,
        purpose="evaluation",
        columns=rows[0],
        options={"format": "csv", "language": current_language()},
        rows=len(rows) - 1,
    )
    return as_file(b"".join(cells.csv_chunks([rows])), record, kind="csv")


def rows_of(results: Results) -> list[list[Any]]:
    """The lines of the file: a line for each question, then one for each comment and each topic."""
    marks = [str(mark) for mark in range(MOST, LEAST - 1, -1)]
    nothing: list[Any] = [""] * (len(marks) + 2)
    counts: list[list[Any]] = [[number for _mark, number in question.counts] or [""] * len(marks) for question in results.questions]
    questions = [
        [question.label, "", *tally, question.number, rounded(question.average)]
        for question, tally in zip(results.questions, counts, strict=True)
    ]
    words = [(_("Comment"), results.comments), (_("Topic for next year"), results.topics)]
    said = [[label, text, *nothing] for label, texts in words for text in texts]
    return [[_("Question"), _("In words"), *marks, _("Marks"), _("Average")], *questions, *said]


def rounded(average: float | None) -> str | float:
    return "" if average is None else round(average, 2)
