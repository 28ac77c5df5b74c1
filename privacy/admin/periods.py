"""How long what is kept, and the reports of the purges with what is due next."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import fresh
from accounts.history import HistoryAdmin
from accounts.personal_data import DataClass
from privacy.clocks import overview
from privacy.models import PurgeRun, RetentionPeriod
from privacy.names import name_of
from privacy.retention import FOLLOWS, STARTS


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(HistoryAdmin):
    """One row for each class of data; none is added or taken away, because the program has the classes."""

    list_display = ("data_class", "days", "counts_from")
    fields = ("data_class", "days", "counts_from", "goes_along")
    readonly_fields = ("data_class", "counts_from", "goes_along")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A shorter period deletes for good in the night that follows, so whoever changes one has just shown who they are."""
        if request.method == "POST" and self.has_change_permission(request) and (answer := fresh.ask_again(request)):
            return answer
        return super().changeform_view(request, object_id, form_url, extra_context)

    @admin.display(description=_lazy("the days count"))
    def counts_from(self, period: RetentionPeriod) -> str:
        return str(STARTS[DataClass(period.data_class)])

    @admin.display(description=_lazy("what goes along"))
    def goes_along(self, period: RetentionPeriod) -> str:
        """The classes without a number of their own."""
        return ", ".join(str(one.label) for one, other in FOLLOWS.items() if other == period.data_class) or "–"


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the program writes and nobody edits."""

    actions = None
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Headed by what it is alone: a noun after Django's "View" goes wrong in French before a vowel."""
        title = capfirst(str(self.opts.verbose_name))
        return super().change_view(request, object_id, form_url, {"title": title, **(extra_context or {})})


@admin.register(PurgeRun)
class PurgeRunAdmin(ReadOnlyAdmin):
    """What went, night by night; above the list what is kept now and what goes next."""

    change_list_template = "admin/privacy/purgerun/change_list.html"
    list_display = ("started_at", "channel", "class_name", "is_dry", "total", "state")
    list_filter = ("channel", "is_dry")
    fields = ("started_at", "finished_at", "channel", "class_name", "is_dry", "state", "what_went")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        lines = [(line, name_of(line.table)) for line in overview(timezone.now()) if line.held]
        return super().changelist_view(request, {"overview": lines, "title": _("Retention"), **(extra_context or {})})

    @admin.display(description=_lazy("what"))
    def class_name(self, run: PurgeRun) -> str:
        return run.get_only_display() if run.only else _("everything")

    @admin.display(description=_lazy("rows"))
    def total(self, run: PurgeRun) -> int:
        return sum(number for tables in run.counts.values() for number in tables.values())

    @admin.display(description=_lazy("how it went"))
    def state(self, run: PurgeRun) -> str:
        if run.problem:
            return _("Failed in part: %(what)s") % {"what": ", ".join(map(told, run.problem.splitlines()))}
        return _("Done") if run.finished_at else _("Under way, or broken off")

    @admin.display(description=_lazy("what went"))
    def what_went(self, run: PurgeRun) -> SafeString | str:
        rows = [
            (DataClass(name).label, name_of(table), number)
            for name, found in run.counts.items()
            for table, number in found.items()
            if number
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}, {}</li>", rows)) if rows else "–"


def told(line: str) -> str:
    """A problem as a reader of the report may see it: the class, and the kind of error."""
    name, _colon, error = line.partition(": ")
    return f"{dict(DataClass.choices).get(name, name)} ({error})"
