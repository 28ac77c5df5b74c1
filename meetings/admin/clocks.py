"""Forms whose times are on the clock of a meeting's venue."""

import zoneinfo
from functools import cache
from typing import Any

from django import forms
from django.contrib.admin import widgets
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from accounts.history import HistoryAdmin
from meetings.models.meeting import validate_timezone

# The browser's own controls: labelled, usable by keyboard, and without notes about the server's clock.
NATIVE_DATES: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    },
}
SHORT_TEXT = widgets.AdminTextareaWidget({"rows": 2})
VENUE_CLOCK = _lazy("As the clock at the venue shows it.")


@cache
def time_zones() -> list[tuple[str, str]]:
    """Every zone of the IANA database, for a select."""
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())]


class VenueClockAdmin(HistoryAdmin):
    """A form whose times are read and shown on the clock of the meeting's venue."""

    formfield_overrides = NATIVE_DATES

    def zone_name(self, request: HttpRequest, object_id: str | None) -> str | None:
        """The time zone the form's times are in; None where it is not known yet."""
        raise NotImplementedError

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with timezone.override(zone_or_none(self.zone_name(request, object_id)) or timezone.get_default_timezone()):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            # Rendered here, because a template response would otherwise be rendered on the server's clock.
            return response.render() if isinstance(response, TemplateResponse) else response


def zone_or_none(name: str | None) -> zoneinfo.ZoneInfo | None:
    """The zone of that name, None where there is none."""
    try:
        validate_timezone(name or "")
    except forms.ValidationError:
        return None
    return zoneinfo.ZoneInfo(name or "")


def key_of(value: Any) -> int:
    """A primary key out of an address or a form; 0, which no row has, for what is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
