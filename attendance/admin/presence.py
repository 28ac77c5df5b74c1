"""Who was there, in the back office: read as a table, corrected by hand with a reason, and taken out as days attended."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import fresh, looks
from attendance.admin.badges import person_of
from attendance.admin.bookings import meeting_of, without_meeting
from attendance.days_file import days_file
from attendance.errors import NoReason
from attendance.models import CheckIn, Slot
from attendance.services.corrections import correct
from attendance.who_was_there import Table, half_days_of, history_of, others_at_the_meeting, sessions_of, slot_words, table_of
from meetings.models import Meeting
from participants import errors
from participants.admin.ledgers import LedgerAdmin
from participants.admin.reveals import user_of
from participants.exports import MAY_EXPORT
from participants.models import Participant

MAY_SEE, MAY_CHANGE = "attendance.view_checkin", "attendance.change_checkin"
EVERY_HALF_DAY = "all"
TICKED, UNRECORDED = "ticked", "unrecorded"


class CorrectionForm(forms.Form):
    """What is true of some people for a half-day, for every half-day or for a session, and why it is recorded by hand."""

    slot = forms.ChoiceField(label=_lazy("For"))
    status = forms.ChoiceField(label=_lazy("Record as"), choices=CheckIn.Status)
    reason = forms.CharField(
        label=_lazy("Reason"),
        max_length=300,
        help_text=_lazy("Such as: signed the sheet; wrote on Monday. It stays in the history."),
        error_messages={"required": NoReason.reason},
    )

    def __init__(self, slots: list[Slot], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.slots = {slot.key: slot for slot in slots}
        choices = [(key, slot_words(slot)) for key, slot in self.slots.items()]
        if any(slot.session is None for slot in slots):
            choices.append((EVERY_HALF_DAY, _("every half-day of the meeting")))
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> list[Slot]:
        """The slots that are meant."""
        key = self.cleaned_data["slot"]
        return [slot for slot in self.slots.values() if slot.session is None] if key == EVERY_HALF_DAY else [self.slots[key]]

    def said(self) -> dict[str, Any]:
        """What is true of them, and why."""
        return {"status": self.cleaned_data["status"], "reason": self.cleaned_data["reason"]}


class PersonForm(CorrectionForm):
    """The same for one person, with who came instead where that is known."""

    substitute = forms.ChoiceField(
        label=_lazy("Who came instead"), required=False, help_text=_lazy("Only for somebody who is substituted, and only if you know it.")
    )
    field_order = ("slot", "status", "substitute", "reason")

    def __init__(self, slots: list[Slot], participant: Participant, data: Any = None, **kwargs: Any) -> None:
        super().__init__(slots, data, **kwargs)
        groups = others_at_the_meeting(participant)
        self.people = {str(person.pk): person for _name, people in groups for person in people}
        named = [(name, [(person.pk, person.face_for(None).name) for person in people]) for name, people in groups]
        self.fields["substitute"].choices = [("", _("not known")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("substitute") and cleaned.get("status") not in {None, CheckIn.Status.SUBSTITUTED}:
            self.add_error("substitute", _("Only somebody who is substituted has somebody who came instead."))
        return cleaned

    def said(self) -> dict[str, Any]:
        return {**super().said(), "substitute": self.people.get(self.cleaned_data["substitute"])}


class ManyForm(CorrectionForm):
    """The same for those ticked, or for everybody of whom nothing is recorded yet."""

    who = forms.ChoiceField(
        label=_lazy("Whom"),
        choices=[(TICKED, _lazy("Those ticked")), (UNRECORDED, _lazy("Everybody of whom nothing is recorded for it"))],
    )
    field_order = ("who", "slot", "status", "reason")


@admin.register(CheckIn)
class PresenceAdmin(LedgerAdmin):
    """The list is a table of a whole meeting; a row is shown on the page of its person."""

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view
        own = [
            path("person/<int:participant_id>/", door(person_view), name="attendance_checkin_person"),
            path("days.csv", door(require_POST(days_view)), name="attendance_checkin_days"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return table_view(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(reverse("admin:attendance_checkin_person", args=[row.participant_id]))


def table_view(request: HttpRequest) -> HttpResponse:
    """Everybody with a place, by half-day or for one session; POST records by hand."""
    if elsewhere := without_meeting(request):
        return elsewhere
    meeting = meeting_of(request)
    sessions = sessions_of(meeting)
    session = next((slot for slot in sessions if slot.key == request.GET.get("session")), None)
    table = table_of(meeting, session)
    form = ManyForm([session] if session else half_days_of(meeting), request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        if form.is_valid() and record(request, form, people_meant(request, form, table)):
            return HttpResponseRedirect(request.get_full_path())
    context = {
        **admin.site.each_context(request),
        "title": _("Who was there"),
        "opts": CheckIn._meta,
        "meeting": meeting,
        "meetings": Meeting.objects.order_by("-starts_on", "-pk"),
        "sessions": [(slot.key, slot_words(slot)) for slot in sessions],
        "session": session,
        "table": table,
        "ticked": set(request.POST.getlist("people")),
        "form": form,
        "may_change": request.user.has_perm(MAY_CHANGE),
        "may_export": request.user.has_perm(MAY_EXPORT),
        "page_error": bool(form.errors),
    }
    return TemplateResponse(request, "admin/attendance/checkin/table.html", context, status=422 if form.errors else 200)


def people_meant(request: HttpRequest, form: ManyForm, table: Table) -> list[Participant]:
    """Those ticked; or those of whom nothing is recorded for any of the slots that are meant. Nobody who is not in the table."""
    lines = [line for line in table.lines if line.has_place]
    if form.cleaned_data["who"] == TICKED:
        ticked = set(request.POST.getlist("people"))
        return [line.person for line in lines if str(line.person.pk) in ticked]
    meant = form.chosen()
    places = [number for number, column in enumerate(table.columns) if column.slot in meant]
    return [line.person for line in lines if not any(line.cells[number].status for number in places)]


def record(request: HttpRequest, form: CorrectionForm, people: list[Participant]) -> bool:
    """Write it, or say on the form why not."""
    if not people:
        form.add_error(None, _("Tick somebody first. Nothing was recorded."))
        return False
    try:
        number = correct(participants=people, slots=form.chosen(), by=user_of(request), **form.said())
    except errors.Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, ngettext("%(n)d entry recorded by hand.", "%(n)d entries recorded by hand.", number) % {"n": number})
    return True


def person_view(request: HttpRequest, participant_id: int) -> HttpResponse:
    """What is recorded of one person, who said it and why, with all that was said before. POST records by hand."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    participant = person_of(request, participant_id)
    meeting = participant.meeting
    slots = [*half_days_of(meeting), *sessions_of(meeting)]
    may_change = request.user.has_perm(MAY_CHANGE) and participant.state == Participant.State.CONFIRMED
    form = PersonForm(slots, participant, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid() and record(request, form, [participant]):
            return HttpResponseRedirect(request.path)
    looks.note(request, what=looks.What.PARTICIPANT_PAGE, key=looks.key_of(participant), reference=participant.reference)
    entries, days = history_of(participant, slots)
    context = {
        **admin.site.each_context(request),
        "title": _("Who was there"),
        "subtitle": participant.face.name,
        "opts": CheckIn._meta,
        "participant": participant,
        "entries": entries,
        "days": days,
        "half_days": participant.check_ins.half_days(),
        "form": form,
        "may_change": may_change,
        "page": reverse("admin:participants_participant_change", args=[participant.pk]),
        "page_error": bool(form.errors),
    }
    return TemplateResponse(request, "admin/attendance/checkin/person.html", context, status=422 if form.errors else 200)


def days_view(request: HttpRequest) -> HttpResponse:
    """The days attended as a file, with its row in the ledger of exports."""
    if not request.user.has_perms([MAY_SEE, MAY_EXPORT]):
        raise PermissionDenied
    meeting = meeting_of(request)
    if answer := fresh.ask_again(request, back=f"{reverse('admin:attendance_checkin_changelist')}?meeting={meeting.pk}"):
        return answer
    return days_file(meeting, by=user_of(request))
