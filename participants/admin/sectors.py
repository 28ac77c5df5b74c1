"""Sectors in the back office."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from participants.models import Sector


@admin.register(Sector)
class SectorAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_fr", "family", "position", "code")
    list_filter = ("family",)
    search_fields = ("name_en", "name_fr", "code")
    prepopulated_fields = {"code": ("name_en",)}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields  # a code stays once rows speak of it
