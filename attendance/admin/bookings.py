"""Seats in the back office: who has one, who waits, what is free, and the allocation of wishes."""

from collections import Counter
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import fresh
from accounts.models import User
from attendance import refusals
from attendance.head_counts import Line, by_day, by_room, head_counts
from attendance.models import Booking
from attendance.seats import rooms_of, seats_in
from attendance.services import allocation, bookings, opening
from meetings.languages import current_language
from meetings.models import Meeting, Session
from participants import cells
from participants.admin.board import chosen
from participants.exports import MAY_EXPORT
from participants.models import ExportRecord, Participant

CHANGE = "attendance.change_booking"


class SeatForm(forms.Form):
    """One person and one session."""

    session = forms.ModelChoiceField(label=_lazy("Session"), queryset=Session.objects.none())
    reference = forms.CharField(label=_lazy("Reference of the participant"), max_length=20)

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(data)
        self.meeting = meeting
        rows = meeting.sessions.exclude(booking=Session.Booking.NONE).in_order()
        self.fields["session"].queryset = rows  # type: ignore[attr-defined]

    def clean_reference(self) -> Participant:
        person = Participant.objects.filter(meeting=self.meeting, reference=self.cleaned_data["reference"].strip().upper()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody at this meeting has this reference."))
        return person


@admin.register(Booking)
class BookingAdmin(admin.ModelAdmin):
    """Bookings are read here; they change by services alone."""

    list_display = ("session", "person", "state", "origin", "queued_at")
    list_filter = ("session__meeting", "state", "origin")
    list_select_related = ("session", "participant")
    search_fields = ("participant__reference",)
    search_help_text = _lazy("Reference")
    ordering = ("session__starts_at", "session", "state", "queued_at")
    fields = readonly_fields = ("session", "person", "state", "origin", "queued_at", "decided_at")
    actions = ("take_back",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("seats/", view(self.seats_view), name="attendance_booking_seats"),
            path("seats/head-count.csv", view(require_POST(self.head_count_file)), name="attendance_booking_head_count"),
            path("allocation/", view(self.allocation_view), name="attendance_booking_allocation"),
            path("open/", view(require_POST(self.open_view)), name="attendance_booking_open"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_lazy("participant"), ordering="participant__reference")
    def person(self, booking: Booking) -> str:
        return f"{booking.participant.face_for(None).name} ({booking.participant.reference})"

    @admin.action(description=_lazy("Take the seat back"), permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        """Take back what is ticked; the next in the queue moves up, and both are told."""
        rows = list(queryset.standing().select_related("session", "participant"))  # type: ignore[attr-defined]
        for booking in rows:
            bookings.give_up(
                session=booking.session, participant=booking.participant, by=cast(User, request.user), state=Booking.State.TAKEN_BACK
            )
        self.message_user(request, ngettext("%(n)s booking taken back.", "%(n)s bookings taken back.", len(rows)) % {"n": len(rows)})

    # --- the seats of a meeting ---

    def seats_view(self, request: HttpRequest) -> HttpResponse:
        """Every session with its seats, its queue and its listeners, and a form to give somebody a seat."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        meeting = meeting_of(request)
        form = SeatForm(meeting, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and self.give_seat(request, form):
            return HttpResponseRedirect(f"{reverse('admin:attendance_booking_seats')}?meeting={meeting.pk}")
        counts = head_counts(meeting)
        seats = {"lines": lines_of(meeting, counts), "rooms": by_room(counts), "form": form}
        return self.page(request, "seats.html", _("Seats and listeners"), meeting, **seats)

    def give_seat(self, request: HttpRequest, form: SeatForm) -> bool:
        """Give the seat, or say on the form why not."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        try:
            booking = bookings.assign_seat(
                session=form.cleaned_data["session"], participant=form.cleaned_data["reference"], by=cast(User, request.user)
            )
        except refusals.Refused as problem:
            form.add_error(None, str(problem))
            return False
        self.message_user(request, _("%(who)s has a seat in “%(session)s”.") % {"who": booking.participant, "session": booking.session})
        return True

    def head_count_file(self, request: HttpRequest) -> HttpResponse:
        """The listeners per session as a file, with its row in the ledger of exports."""
        if not (self.has_view_permission(request) and request.user.has_perm(MAY_EXPORT)):
            raise PermissionDenied
        meeting = meeting_of(request)
        if answer := fresh.ask_again(request, back=f"{reverse('admin:attendance_booking_seats')}?meeting={meeting.pk}"):
            return answer
        headings = [_("Session"), _("Day"), _("Time"), _("Room"), _("Interpreted"), _("English"), _("French"), _("Total")]
        rows = [
            [
                *(str(line.session), line.day, line.hours, str(line.session.room or "")),
                *(_("yes") if line.session.is_interpreted else _("no"), line.english, line.french, line.total),
            ]
            for line in head_counts(meeting)
        ]
        options = {"format": "csv", "language": current_language()}
        kept = {"made_by": cast(User, request.user), "meeting": meeting, "columns": headings, "options": options, "rows": len(rows)}
        record = ExportRecord.objects.create(purpose="listeners", **kept)
        name = f"listeners-{meeting.slug}-{timezone.localdate(record.made_at)}.csv"
        headers = {"Content-Disposition": content_disposition_header(True, name) or "", "Cache-Control": "no-store"}
        return HttpResponse(b"".join(cells.csv_chunks([[headings, *rows]])), content_type="text/csv; charset=utf-8", headers=headers)

    # --- allocation ---

    def allocation_view(self, request: HttpRequest) -> HttpResponse:
        """Draw with a seed and show what comes out; applied only as it was shown."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        meeting = meeting_of(request)
        seed = request.POST.get("seed", "").strip()[:40] or request.GET.get("seed", "")[:40] or allocation.new_seed()
        if request.method == "POST" and "digest" in request.POST:
            try:
                allocation.apply(meeting=meeting, seed=seed, digest=request.POST["digest"], by=cast(User, request.user))
            except refusals.Refused as problem:
                self.message_user(request, str(problem), messages.ERROR)
            else:
                self.message_user(request, _("The seats are given, and everybody who got one is told."))
                return HttpResponseRedirect(f"{reverse('admin:attendance_booking_allocation')}?meeting={meeting.pk}")
        drawn = allocation.draw(meeting=meeting, seed=seed)
        shown = [(session, drawn.number_in(session), seats_in(session)) for session in drawn.sessions.values()]
        return self.page(
            request, "allocation.html", _("Allocate seats by wishes"), meeting, drawn=drawn, shown=shown, past=past_runs(meeting)
        )

    def open_view(self, request: HttpRequest) -> HttpResponse:
        """Open what an allocation left over to direct booking."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        meeting = meeting_of(request)
        opened = opening.open_left_over(meeting=meeting, by=cast(User, request.user))
        text = ngettext("%(n)s session is open to direct booking.", "%(n)s sessions are open to direct booking.", len(opened))
        self.message_user(request, text % {"n": len(opened)})
        return HttpResponseRedirect(f"{reverse('admin:attendance_booking_seats')}?meeting={meeting.pk}")

    def page(self, request: HttpRequest, template: str, title: str, meeting: Meeting, **more: Any) -> TemplateResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "meeting": meeting,
            "meetings": Meeting.objects.order_by("-starts_on", "-pk"),
            "left_over": opening.left_over(meeting),
            "may_change": request.user.has_perm(CHANGE),
            "may_export": request.user.has_perm(MAY_EXPORT),
        }
        return TemplateResponse(request, f"admin/attendance/booking/{template}", {**shared, **more})


def without_meeting(request: HttpRequest) -> HttpResponseRedirect | None:
    """Where a page about a meeting leads as long as there is none."""
    if Meeting.objects.exists():
        return None
    messages.info(request, _("There is no meeting yet."))
    return HttpResponseRedirect(reverse("admin:meetings_meeting_changelist"))


def meeting_of(request: HttpRequest) -> Meeting:
    """The meeting asked for, else the coming one, else the last; Http404 where there is none."""
    return chosen(request, list(Meeting.objects.order_by("-starts_on", "-pk"))).meeting


def lines_of(meeting: Meeting, counts: list[Line]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The sessions of a meeting by day with their listeners, and the seats of those that are booked."""
    waiting = Counter(Booking.objects.filter(session__meeting=meeting).queue().order_by().values_list("session", flat=True))
    rooms = rooms_of([one.session for one in counts if one.is_booked])
    told = {one.session.pk: {"line": one, "room": rooms.get(one.session.pk), "waiting": waiting[one.session.pk]} for one in counts}
    return [(day, [told[one.session.pk] for one in lines]) for day, lines in by_day(counts)]


def past_runs(meeting: Meeting) -> QuerySet[Any]:
    return meeting.allocations.select_related("made_by")
