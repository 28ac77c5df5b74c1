"""Meetings in the back office.

``MeetingAdmin`` is registered by the participants app, which knows what a raised capacity means for the waiting list.
"""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, pgettext_lazy

from accounts.models import User
from meetings import services
from meetings.admin.clocks import SHORT_TEXT, VENUE_CLOCK, VenueClockAdmin, key_of, time_zones
from meetings.dates import day, day_range
from meetings.models import DateChange, Meeting, Room


class RoomInline(admin.TabularInline):
    model = Room
    extra = 1  # one empty row, for browsers without scripts


class DateChangeInline(admin.TabularInline):
    """The log of postponements; rows come from the service only."""

    model = DateChange
    verbose_name_plural = _lazy("Changes of dates so far")
    fields = readonly_fields = ("old_days", "new_days", "reason_en", "reason_fr", "changed_at", "changed_by")
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=pgettext_lazy("days", "from"))
    def old_days(self, change: DateChange) -> str:
        return day_range(change.old_starts_on, change.old_ends_on)

    @admin.display(description=pgettext_lazy("days", "to"))
    def new_days(self, change: DateChange) -> str:
        return day_range(change.new_starts_on, change.new_ends_on)


class MeetingForm(forms.ModelForm):
    """A meeting, and the reason when days change that the public knows already."""

    timezone = forms.ChoiceField(
        label=_lazy("Time zone"), choices=time_zones, help_text=_lazy("All times of this meeting are on this clock.")
    )
    reason_en = forms.CharField(label=_lazy("Why the days change (English)"), required=False, widget=SHORT_TEXT)
    reason_fr = forms.CharField(label=_lazy("Why the days change (French)"), required=False, widget=SHORT_TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_published = bool(self.instance.pk) and self.instance.is_published
        self.old_days = (self.instance.starts_on, self.instance.ends_on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.moves_public_days() and not (cleaned.get("reason_en") or "").strip():
            self.add_error("reason_en", str(services.ReasonMissing()))
        return cleaned

    def moves_public_days(self) -> bool:
        """True when the days of a published meeting change."""
        days = (self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on"))
        return self.was_published and None not in days and days != self.old_days


class MeetingAdmin(VenueClockAdmin):
    """A meeting with its rooms and the log of its dates."""

    form = MeetingForm
    inlines = (RoomInline, DateChangeInline)
    list_display = ("edition", "days", "phase", "registration", "capacity", "publication")
    list_filter = ("is_published",)
    search_fields = ("title_en", "title_fr", "city_en", "city_fr", "slug", "=year")
    ordering = ("-starts_on",)
    actions = ("publish", "unpublish")
    readonly_fields: tuple[str, ...] = ("days_first_planned",)
    fieldsets = (
        (
            _lazy("Edition"),
            {
                "fields": (("year", "ordinal"), ("title_en", "title_fr"), ("slug", "code"), "is_published"),
                "description": _lazy("What names this meeting for good. A draft is seen in the back office only."),
            },
        ),
        (
            _lazy("Days"),
            {
                "fields": (("starts_on", "ends_on"), "days_first_planned", ("reason_en", "reason_fr")),
                "description": _lazy("When the days of a published meeting change, say why: the public reads it beside the new days."),
            },
        ),
        (
            _lazy("Place"),
            {"fields": (("city_en", "city_fr"), "host_country", ("venue_en", "venue_fr"), "venue_address", "timezone")},
        ),
        (
            _lazy("Registration"),
            {
                "fields": (
                    ("registration_opens_at", "registration_closes_at"),
                    ("frozen_on",),
                    ("needs_approval", "decides_twice"),
                    ("capacity", "offer_hours"),
                ),
                "description": _lazy(
                    "Without an opening time nobody can register. The secretariat and interpreters take no place. "
                    "When you raise the number of places, they are offered to the next in line at once."
                ),
            },
        ),
        (
            _lazy("Texts"),
            {
                "fields": (("summary_en", "summary_fr"), ("audience_en", "audience_fr"), ("practical_en", "practical_fr")),
                "description": _lazy("Where one language is empty, the page shows the other and marks it."),
            },
        ),
        (_lazy("Contact"), {"fields": ("contact_name", ("contact_email", "contact_phone"))}),
        (
            _lazy("Letters"),
            {"fields": ("series", "signatory_name", ("signatory_title_en", "signatory_title_fr"), "reminder_days")},
        ),
    )

    def zone_name(self, request: HttpRequest, object_id: str | None) -> str | None:
        if "timezone" in request.POST:
            return request.POST["timezone"]
        return Meeting.objects.filter(pk=key_of(object_id)).values_list("timezone", flat=True).first()

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[Any, ...]:
        """The log of dates only where there is one."""
        return self.inlines if obj and obj.date_changes.exists() else (RoomInline,)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": ("city_en", "year")}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"registration_opens_at", "registration_closes_at"}:
            field.help_text = VENUE_CLOCK
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start from the latest edition: its title, texts and contact, one year on."""
        latest = Meeting.objects.order_by("-ordinal").first()
        if latest is None:
            return super().get_changeform_initial_data(request)
        same = ("title_en", "title_fr", "audience_en", "audience_fr", "contact_name", "contact_email", "contact_phone")
        initial: dict[str, Any] = {name: getattr(latest, name) for name in same}
        return {**initial, "ordinal": latest.ordinal + 1, "year": latest.year + 1, **super().get_changeform_initial_data(request)}

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.is_published else None

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        """Save; days that the public knows move through the service, those of a draft are simply its plan."""
        if not form.moves_public_days():
            if not form.was_published and not (obj.pk and obj.date_changes.exists()):
                obj.planned_starts_on, obj.planned_ends_on = obj.starts_on, obj.ends_on
            return super().save_model(request, obj, form, change)
        starts_on, ends_on = obj.starts_on, obj.ends_on
        obj.starts_on, obj.ends_on = form.old_days
        super().save_model(request, obj, form, change)
        reasons = {name: form.cleaned_data[name] for name in ("reason_en", "reason_fr")}
        services.postpone(meeting=obj, starts_on=starts_on, ends_on=ends_on, **reasons, by=cast(User, request.user))
        self.tell_of_stranded_sessions(request, obj)
        return None

    def tell_of_stranded_sessions(self, request: HttpRequest, meeting: Meeting) -> None:
        """Say how many sessions of the programme are now on a day that is not the meeting's."""
        starts = meeting.sessions.values_list("starts_at", flat=True)
        stranded = sum(meeting.today(start) not in meeting.days for start in starts)
        if stranded:
            text = ngettext(
                "%(n)s session of the programme is still on one of the old days.",
                "%(n)s sessions of the programme are still on the old days.",
                stranded,
            )
            self.message_user(request, text % {"n": stranded}, messages.WARNING)

    @admin.display(description=_lazy("meeting"), ordering="-starts_on")
    def edition(self, meeting: Meeting) -> str:
        return str(meeting)

    @admin.display(description=_lazy("days"), ordering="starts_on")
    def days(self, meeting: Meeting) -> str:
        return day_range(meeting.starts_on, meeting.ends_on)

    @admin.display(description=_lazy("as first planned"))
    def days_first_planned(self, meeting: Meeting) -> str:
        return day_range(meeting.planned_starts_on, meeting.planned_ends_on) if meeting.planned_starts_on else _("the same")

    @admin.display(description=_lazy("status"))
    def phase(self, meeting: Meeting) -> SafeString:
        phase = meeting.phase(timezone.now())
        return render_to_string("components/status_tag.html", {"state": phase.value, "label": phase.label})

    @admin.display(description=_lazy("registration"), ordering="registration_opens_at")
    def registration(self, meeting: Meeting) -> str:
        if meeting.registration_opens_at is None:
            return "–"
        opens = day(meeting.today(meeting.registration_opens_at))
        closes = day(meeting.today(meeting.registration_closes_at)) if meeting.registration_closes_at else _("no end")
        return f"{opens} – {closes}"

    @admin.display(description=_lazy("public pages"), ordering="is_published")
    def publication(self, meeting: Meeting) -> str:
        return _("published") if meeting.is_published else _("draft")

    @admin.action(description=_lazy("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        count = self.set_published(request, queryset, published=True)
        self.message_user(request, ngettext("%(n)s meeting published.", "%(n)s meetings published.", count) % {"n": count})

    @admin.action(description=_lazy("Take off the public pages"), permissions=["change"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        count = self.set_published(request, queryset, published=False)
        text = ngettext("%(n)s meeting taken off the public pages.", "%(n)s meetings taken off the public pages.", count)
        self.message_user(request, text % {"n": count})

    def set_published(self, request: HttpRequest, queryset: QuerySet[Meeting], *, published: bool) -> int:
        """Publish or not those of the rows that are not so already; one save each, so that each has its history."""
        changed = list(queryset.filter(is_published=not published))
        for meeting in changed:
            meeting.is_published = published
            meeting.save(update_fields=["is_published"])
            self.log_change(request, meeting, [{"changed": {"fields": ["is_published"]}}])
        return len(changed)
