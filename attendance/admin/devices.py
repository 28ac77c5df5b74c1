"""The devices of the doors: made here with a link and a PIN that are shown once, and ended here at once."""

from typing import Any, cast

import segno
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from accounts import fresh
from accounts.models import User
from attendance.models import Device
from attendance.services import desk
from meetings.dates import clock, day

STATES = {
    "open": pgettext_lazy("device", "works"),
    "early": pgettext_lazy("device", "works from the day before the meeting"),
    "over": pgettext_lazy("device", "over"),
    "revoked": pgettext_lazy("device", "access ended"),
}
MAY_READ_SCANS = "attendance.view_scan"
MAY_DECIDE = "participants.decide_participant"


@admin.register(Device)
class DeviceAdmin(admin.ModelAdmin):
    """Rows are never deleted by hand: their scans say who was where until the clock of both has run out."""

    list_display = ("name", "meeting", "standing", "last_seen", "clock_error")
    list_filter = ("meeting",)
    list_select_related = ("meeting",)
    fields = ("meeting", "name", "confirms")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Device | None = None) -> list[str]:
        """Only whoever decides about registrations may let a door do so; a device stays at its meeting."""
        return [*(["meeting"] if obj else []), *([] if request.user.has_perm(MAY_DECIDE) else ["confirms"])]

    @admin.display(description=_lazy("access"))
    def standing(self, device: Device) -> str:
        return str(STATES[device.state(timezone.now())])

    @admin.display(description=_lazy("last contact"), ordering="seen_at")
    def last_seen(self, device: Device) -> str:
        if device.seen_at is None:
            return "–"
        there = device.seen_at.astimezone(device.meeting.zone)
        return f"{day(there.date())}, {clock(there)}"

    @admin.display(description=_lazy("clock"))
    def clock_error(self, device: Device) -> str:
        return "–" if device.offset_ms is None else clock_words(device.offset_ms)

    # --- what opens it ---

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/renew/", self.admin_site.admin_view(self.renew), name="attendance_device_renew"),
            path("<int:pk>/revoke/", self.admin_site.admin_view(self.revoke), name="attendance_device_revoke"),
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A link opens a door for days, so whoever makes one has just shown who they are."""
        if self.has_add_permission(request) and (answer := fresh.ask_again(request)):
            return answer
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            return super().save_model(request, obj, form, change)
        user = cast(User, request.user)
        obj.opener = desk.make_device(meeting=obj.meeting, name=obj.name, confirms=obj.confirms, by=user)
        obj.pk = obj.opener.device.pk
        return None

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self.show(request, obj.opener)

    def device_to_change(self, request: HttpRequest, pk: int) -> Device:
        """The device, for whoever may change devices."""
        device = get_object_or_404(Device.objects.select_related("meeting"), pk=pk)
        if not self.has_change_permission(request, device):
            raise PermissionDenied
        return device

    def renew(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Another link and PIN; the earlier ones open nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        device = self.device_to_change(request, pk)
        if device.revoked_at:
            return self.back(device)
        if answer := fresh.ask_again(request, back=self.page_of(device)):
            return answer
        opener = desk.new_opener(device=device, by=cast(User, request.user))
        self.log_change(request, device, "Link and PIN made anew.")
        return self.show(request, opener)

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End the access of a device at once: no fresh proof is asked for, because a lost telephone does not wait."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        device = self.device_to_change(request, pk)
        if not device.revoked_at:
            desk.revoke_device(device=device, by=cast(User, request.user))
            self.log_change(request, device, "Access ended.")
            messages.success(request, _("This device checks nobody in any more. Its list is erased at its next contact."))
        return self.back(device)

    def page_of(self, device: Device) -> str:
        return reverse("admin:attendance_device_change", args=[device.pk])

    def back(self, device: Device) -> HttpResponse:
        return HttpResponseRedirect(self.page_of(device))

    def show(self, request: HttpRequest, opener: desk.Opener) -> HttpResponse:
        """Link and PIN, once."""
        link = settings.BASE_URL + reverse("check_in_open", args=[opener.device.meeting.slug, opener.token])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Link and PIN of %(door)s") % {"door": opener.device},
            "opts": self.opts,
            "device": opener.device,
            "link": link,
            "pin": opener.pin,
            "picture": picture_of(link),
        }
        return render(request, "admin/attendance/device/opener.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, change: bool = False, form_url: str = "", obj: Any = None
    ) -> HttpResponse:
        if obj is not None:
            context |= {
                "device": obj,
                "standing": self.standing(obj),
                "may_read_scans": request.user.has_perm(MAY_READ_SCANS),
                "may_end": self.has_change_permission(request, obj) and obj.revoked_at is None,
                "show_save_and_add_another": False,
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


def clock_words(offset_ms: int) -> str:
    """By how much a clock was wrong, in minutes."""
    minutes = round(offset_ms / 60_000)
    if not minutes:
        return _("right")
    return (_("%(n)s min slow") if minutes > 0 else _("%(n)s min fast")) % {"n": abs(minutes)}


def picture_of(link: str) -> SafeString:
    """The link as a QR code, for a telephone's camera; made of squares alone."""
    return mark_safe(segno.make(link, micro=False).svg_inline(scale=5, border=4, light="#fff"))
