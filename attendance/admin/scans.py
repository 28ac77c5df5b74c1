"""What the doors scanned, as the secretariat reads it when two people remember it differently. Nothing is changed here."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _lazy

from accounts import looks
from attendance.admin.devices import clock_words
from attendance.models import Half, Scan
from meetings.dates import clock, day
from meetings.models import Session
from participants.admin.ledgers import LedgerAdmin
from participants.faces import PUBLIC, face_of

OF_MEETING = "device__meeting__id__exact"


class SlotFilter(admin.SimpleListFilter):
    """The half-days and sessions for which anybody was scanned."""

    title = _lazy("half-day or session")
    parameter_name = "slot"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Scan.objects.order_by()
        if (key := request.GET.get(OF_MEETING, "")).isdecimal() and len(key) < 19:
            rows = rows.filter(device__meeting=int(key))
        half_days = rows.filter(session=None).values_list("day", "half").distinct().order_by("day", "half")
        sessions = Session.objects.filter(pk__in=rows.exclude(session=None).values("session")).select_related("meeting").in_order()
        days = [(f"{on}/{half}", half_day_words(on, half)) for on, half in half_days]
        return days + [(f"s{one.pk}", session_words(one)) for one in sessions]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Scan]) -> QuerySet[Scan]:
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen[:1] == "s" and chosen[1:].isdecimal() and len(chosen) < 19:
            return queryset.filter(session=int(chosen[1:]))
        on, _slash, half = chosen.partition("/")
        named = day_in(on)
        return queryset.filter(session=None, day=named, half=half) if named else queryset.none()


def day_in(text: str) -> dt.date | None:
    """The day that an address names; None for what is no day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def half_day_words(on: dt.date, half: str) -> str:
    return f"{day(on, year=False)}, {Half(half).label}"


def session_words(session: Session) -> str:
    start = session.local_start()
    return f"{day(start.date(), year=False)}, {clock(start)}, {session}"


@admin.register(Scan)
class ScanAdmin(LedgerAdmin):
    """Every scan with both clocks and the answer that was given. A person is the reference and the name that anybody may see."""

    list_display = ("short_number", "person", "device", "slot", "device_clock", "server_clock", "answered", "undone")
    list_filter = (
        ("device__meeting", admin.RelatedOnlyFieldListFilter),
        SlotFilter,
        ("device", admin.RelatedOnlyFieldListFilter),
        "answer",
        ("undone_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("device__meeting", "session__meeting", "participant__sector", "participant__country", "participant__body")
    search_fields = ("participant__reference",)
    search_help_text = _lazy("Reference")
    fields = ("id", "person", "device", "slot", "how", "device_clock", "clock_error", "set_right", "server_clock", "answered", "undone")
    readonly_fields = fields

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Scan], search_term: str) -> tuple[QuerySet[Scan], bool]:
        """By the whole reference; whose scans were asked for leaves a trace."""
        if not search_term.strip("\x00 "):
            return queryset, False
        found = queryset.filter(participant__reference__iexact=search_term.replace("\x00", "").strip())
        if scan := found.first():
            self.note(request, scan, looks.What.SEARCH)
        return found, False

    def note(self, request: HttpRequest, scan: Scan, what: str) -> None:
        if scan.participant:
            looks.note(request, what=what, key=looks.key_of(scan.participant), reference=scan.participant.reference)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if response.status_code == 200 and object_id and (scan := self.get_object(request, object_id)):
            self.note(request, scan, looks.What.PARTICIPANT_PAGE)
        return response

    @admin.display(description=_lazy("number"))
    def short_number(self, scan: Scan) -> str:
        return str(scan.pk)[:8]

    @admin.display(description=_lazy("participant"))
    def person(self, scan: Scan) -> SafeString | str:
        if scan.participant is None:
            return "–"
        address = reverse("admin:participants_participant_change", args=[scan.participant_id])
        name = face_of(scan.participant, PUBLIC).name
        return format_html('<a href="{}">{}</a> {}', address, name, scan.participant.reference)

    @admin.display(description=_lazy("half-day or session"))
    def slot(self, scan: Scan) -> str:
        return session_words(scan.session) if scan.session else half_day_words(scan.day, scan.half)

    @admin.display(description=_lazy("clock of the device"), ordering="device_at")
    def device_clock(self, scan: Scan) -> str:
        return to_the_second(scan, scan.device_at)

    @admin.display(description=_lazy("error of that clock"))
    def clock_error(self, scan: Scan) -> str:
        return clock_words(scan.offset_ms)

    @admin.display(description=_lazy("put right"), ordering="at")
    def set_right(self, scan: Scan) -> str:
        return to_the_second(scan, scan.at)

    @admin.display(description=_lazy("clock of the server"), ordering="received_at")
    def server_clock(self, scan: Scan) -> str:
        return to_the_second(scan, scan.received_at)

    @admin.display(description=_lazy("answer"), ordering="answer")
    def answered(self, scan: Scan) -> str:
        if scan.reason in ("", "already_in"):
            return scan.get_answer_display()
        return f"{scan.get_answer_display()}: {scan.get_reason_display()}"

    @admin.display(description=_lazy("undone"), ordering="undone_at")
    def undone(self, scan: Scan) -> str:
        return to_the_second(scan, scan.undone_at) if scan.undone_at else "–"


def to_the_second(scan: Scan, moment: dt.datetime) -> str:
    """On the venue's clock, because that is the one on the wall."""
    there = moment.astimezone(scan.device.meeting.zone)
    return f"{day(there.date(), year=False)}, {there:%H:%M:%S}"
