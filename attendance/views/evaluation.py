"""The evaluation: five marks, a comment and topics for next year, given once and without a name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from attendance.models import EvaluationAnswer
from attendance.models.evaluation import LEAST, MOST, QUESTIONS
from attendance.services import evaluation
from attendance.views.calendars import with_a_place
from meetings.models import Meeting
from participants.errors import Refused
from participants.views.my import READ_OR_SEND, page
from participants.views.replies import see_other

MARKS = [(str(mark), str(mark)) for mark in range(LEAST, MOST + 1)]


class EvaluationForm(forms.ModelForm):
    """Marks as radio buttons, words in their own fields; nothing is demanded."""

    class Meta:
        model = EvaluationAnswer
        fields = (*QUESTIONS, "comment", "topics")
        widgets = {name: forms.Textarea(attrs={"rows": 4, "class": "form-control"}) for name in ("comment", "topics")}
        labels = {"comment": _lazy("What else would you like to say?"), "topics": _lazy("Which topics should next year’s meeting take up?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in QUESTIONS:
            label = self.fields[name].label
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=MARKS, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
            )

    def marks(self) -> list[forms.BoundField]:
        """The questions that are answered with a mark."""
        return [self[name] for name in QUESTIONS]

    def words(self) -> list[forms.BoundField]:
        """The questions that are answered in words."""
        return [self[name] for name in ("comment", "topics")]


@require_http_methods(READ_OR_SEND)
def my_evaluation(request: HttpRequest, slug: str) -> HttpResponse:
    """The form once the meeting is over; afterwards only that one has answered, never what."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("my_evaluation", args=[slug]))
    participant = with_a_place(request, slug)
    form = EvaluationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            evaluation.answer(participant=participant, said=form.cleaned_data)
            messages.success(request, _("Thank you. Your answers are kept without your name."))
            return see_other("my_evaluation", slug)
        except Refused as problem:
            form.add_error(None, str(problem))
    context = {
        "form": form,
        "is_over": participant.meeting.phase(timezone.now()) == Meeting.Phase.OVER,
        "has_answered": evaluation.has_answered(participant),
        "page_error": bool(form.errors),
    }
    return page(request, "attendance/my_evaluation.html", participant, context, status=422 if form.errors else 200)
