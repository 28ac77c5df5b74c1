"""The ledgers: who exported which list, who looked at a protected name. Read by those who may, written by nobody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from participants.importing import columns
from participants.importing.planning import Group
from participants.models import Consent, ExportRecord, ImportRecord, Reveal


class LedgerAdmin(admin.ModelAdmin):
    """Rows that are added by what they tell of, and never touched again."""

    actions = None
    list_per_page = 100

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ExportRecord)
class ExportRecordAdmin(LedgerAdmin):
    list_display = ("made_at", "made_by", "meeting", "purpose", "rows", "protected_names", "channel")
    list_filter = ("purpose", "meeting", "protected_names")
    list_select_related = ("made_by", "meeting")
    fields = (
        "made_at",
        "made_by",
        "channel",
        "meeting",
        "purpose",
        "shown_filters",
        "shown_columns",
        "shown_options",
        "protected_names",
        "rows",
    )

    @admin.display(description=_lazy("filters"))
    def shown_filters(self, record: ExportRecord) -> SafeString | str:
        return pairs(record.filters)

    @admin.display(description=_lazy("columns"))
    def shown_columns(self, record: ExportRecord) -> str:
        return ", ".join(map(str, record.columns)) or "–"

    @admin.display(description=_lazy("options"))
    def shown_options(self, record: ExportRecord) -> SafeString | str:
        return pairs(record.options)


def pairs(values: dict[str, Any]) -> SafeString | str:
    """A small dictionary in lines."""
    return format_html_join("", "<div>{}{} {}</div>", ((name, _(":"), value) for name, value in values.items())) or "–"


@admin.register(Reveal)
class RevealAdmin(LedgerAdmin):
    list_display = ("made_at", "made_by", "participant", "reason")
    list_select_related = ("made_by", "participant")
    fields = ("made_at", "made_by", "participant", "reason")


@admin.register(ImportRecord)
class ImportRecordAdmin(LedgerAdmin):
    list_display = ("made_at", "made_by", "meeting", "stage", "shown_counts", "kind", "channel")
    list_filter = ("stage", "meeting")
    list_select_related = ("made_by", "meeting")
    fields = (
        *("made_at", "made_by", "channel", "meeting", "kind", "digest", "stage", "new_state", "with_mails"),
        *("shown_columns", "shown_counts", "problem", "finished_at"),
    )

    @admin.display(description=_lazy("columns"))
    def shown_columns(self, record: ImportRecord) -> str:
        return ", ".join(str(columns.BY_KEY[key].label) for key in record.fields if key in columns.BY_KEY) or "–"

    @admin.display(description=_lazy("rows"))
    def shown_counts(self, record: ImportRecord) -> str:
        colon = _(":")
        return ", ".join(f"{group.label}{colon} {record.counts[group]}" for group in Group if record.counts.get(group)) or "–"


@admin.register(Consent)
class ConsentAdmin(LedgerAdmin):
    list_display = ("at", "participant", "what", "is_given", "how", "notice", "by")
    list_filter = ("what", "is_given", "how", "notice")
    list_select_related = ("participant", "by")
    search_fields = ("participant__reference",)
    search_help_text = _lazy("Reference")
    fields = ("at", "participant", "what", "is_given", "how", "notice", "by")
