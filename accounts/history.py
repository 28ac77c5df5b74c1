"""The page that tells what was changed in a row: old → new, who, when and why."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import BooleanField
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

LONGEST_SHOWN = 300  # characters of an old or new value


class ReadableChanges(HistoricalRecordContextHelper):
    """Old and new values as a person would write them."""

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        field = self.model._meta.get_field(change.field)
        if value is None or value == "" or value == []:
            return "–"
        if isinstance(field, BooleanField):
            return _("yes") if value else _("no")
        if field.choices:
            return dict(field.flatchoices).get(value, value)
        if isinstance(value, dt.datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        if isinstance(value, dt.date):
            return date_format(value)
        return super().prepare_delta_change_value(change, value)


class HistoryAdmin(SimpleHistoryAdmin):
    """A model's admin with its change history; what was, was: nothing is put back from there."""

    object_history_list_template = "admin/history_list.html"

    def get_urls(self) -> list[URLPattern]:
        # Leaves out the library's page for one old version. It saves that version when posted to, also for whoever may only
        # view, and so would go round every service.
        return admin.ModelAdmin.get_urls(self)

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> ReadableChanges:
        return ReadableChanges(self.model, historical_record, max_displayed_delta_change_chars=LONGEST_SHOWN)
