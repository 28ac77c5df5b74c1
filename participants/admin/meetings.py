"""Meetings, as the waiting list sees them: more places go to those next in line."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from meetings.admin import MeetingAdmin
from meetings.models import Meeting
from participants import services
from participants.admin.reveals import user_of
from participants.models import ReminderSetting
from participants.models.reminder import DEFAULTS
from participants.vacancies import vacancies_of


class ReminderForm(forms.ModelForm):
    """One reminder; untouched, it stays as it comes and no row is kept."""

    class Meta:
        model = ReminderSetting
        fields = ("reminder", "is_on", "days")


class ReminderInline(admin.TabularInline):
    """The standing reminders, each with its switch; those of invitations are days of their own above."""

    model = ReminderSetting
    form = ReminderForm
    can_delete = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The reminders without a row stand there with what holds for them."""
        had = set(obj.reminder_settings.values_list("reminder", flat=True)) if obj else set()
        initial = [{"reminder": key, "is_on": is_on, "days": days} for key, (is_on, days) in DEFAULTS.items() if key not in had]
        formset = super().get_formset(request, obj, **{**kwargs, "extra": len(initial)})

        class WithDefaults(formset):  # type: ignore[misc,valid-type]
            def __init__(self, *args: Any, **named: Any) -> None:
                super().__init__(*args, **{**named, "initial": initial})

        return WithDefaults

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(DEFAULTS)


@admin.register(Meeting)
class MeetingWithPlacesAdmin(MeetingAdmin):
    """A meeting whose free places are given out when its capacity changes."""

    readonly_fields = (*MeetingAdmin.readonly_fields, "places_now")

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[Any, ...]:
        return (*super().get_inlines(request, obj), ReminderInline)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """How many places are empty, and why, stands below their number once there is a meeting."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return [
            (name, {**more, "fields": (*more["fields"], "places_now")} if "needs_approval" in flatten(more["fields"]) else more)
            for name, more in fieldsets
        ]

    @admin.display(description=_lazy("empty places"))
    def places_now(self, meeting: Meeting) -> str:
        """The number, and why nobody has them."""
        found = vacancies_of(meeting, at=timezone.now())
        number = _("no limit") if found.free is None else str(found.free)
        return " ".join((f"{number}.", *found.reasons))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change or "capacity" not in form.changed_data:
            return
        before, after = form.initial["capacity"], form.instance.capacity
        if before is not None and (after is None or after > before):
            self.hand_out_places(request, form.instance)
        else:
            self.tell_of_smaller_meeting(request, form.instance)

    def hand_out_places(self, request: HttpRequest, meeting: Meeting) -> None:
        """Offer or give what came free to the next in line, and say to how many."""
        count = len(services.fill_free_places(meeting=meeting, by=user_of(request)))
        given = ngettext(
            "%(count)d person from the waiting list has a place now, and gets a mail.",
            "%(count)d people from the waiting list have a place now, and get a mail.",
            count,
        )
        offered = ngettext(
            "A place is offered to %(count)d person from the waiting list, by mail.",
            "Places are offered to %(count)d people from the waiting list, by mail.",
            count,
        )
        text = offered if meeting.offer_hours else given
        self.message_user(request, text % {"count": count} if count else _("Nobody was called up from the waiting list."), messages.SUCCESS)

    def tell_of_smaller_meeting(self, request: HttpRequest, meeting: Meeting) -> None:
        """Say that nobody loses a place, and how many hold one beyond the new number."""
        held = services.taken_places(meeting)
        text = _("Nobody loses a place when you lower the number of places.")
        if held > (meeting.capacity or 0):
            more = _("%(held)d people hold one or are offered one; new places are given only once there are fewer than %(places)d.")
            text += " " + more % {"held": held, "places": meeting.capacity}
        self.message_user(request, text, messages.WARNING)
