"""The reasons for decisions, which the secretariat words."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _lazy

from participants.admin.apart import SHORT_TEXTS
from participants.models import Reason


@admin.register(Reason)
class ReasonAdmin(admin.ModelAdmin):
    """A reason that was used stays: it is switched off, and what was written with it says what it said."""

    list_display = ("shown_label", "use", "is_active", "position", "code")
    list_filter = ("use", "is_active")
    search_fields = ("label_en", "label_fr", "code")
    prepopulated_fields = {"code": ("label_en",)}
    formfield_overrides = SHORT_TEXTS
    fields = ("use", ("label_en", "label_fr"), "code", "text_en", "text_fr", ("is_active", "position"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    @admin.display(description=_lazy("reason"), ordering="label_en")
    def shown_label(self, reason: Reason) -> str:
        return str(reason)
