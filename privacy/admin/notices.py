"""The versions of the privacy notice: read, and published anew when the software says something else."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from participants.admin.ledgers import LedgerAdmin
from privacy import notice
from privacy.models import NoticeVersion

PUBLISH = "privacy.add_noticeversion"


@admin.register(NoticeVersion)
class NoticeVersionAdmin(LedgerAdmin):
    """A version is published whole, from what the software says; nobody types into it and nobody changes it."""

    list_display = ("version", "published_at", "published_by")
    list_select_related = ("published_by",)
    fields = ("version", "published_at", "published_by", "digest", "in_english", "in_french")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What a new version would change, and the button that puts it in force."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.publish(request)
        current, text = notice.in_force(), notice.generated()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish a new version of the privacy notice"),
            "opts": self.opts,
            "current": current,
            "is_new": current is None or current.digest != text.digest,
            "comparisons": [
                (code, name, notice.changes(current.text_in(code) if current else "", new))
                for (code, name), new in zip(User.Language.choices, text, strict=True)
            ],
        }
        return TemplateResponse(request, "admin/privacy/publish.html", context)

    def publish(self, request: HttpRequest) -> HttpResponse:
        """Put it in force, or say that there is nothing new."""
        try:
            version = notice.publish(by=cast(User, request.user))
        except notice.NothingChangedError as problem:
            messages.info(request, str(problem))
        else:
            self.log_addition(request, version, "published")
            messages.success(request, _("Version %(version)s of the privacy notice is in force.") % {"version": version})
        return HttpResponseRedirect(reverse("admin:privacy_noticeversion_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if notice.is_outdated():
            messages.warning(request, _("The notice in force no longer says what the software does: publish a new version."))
        return super().changelist_view(request, extra_context)

    @admin.display(description=_lazy("text (English)"))
    def in_english(self, version: NoticeVersion) -> SafeString:
        return mark_safe(f'<div class="pg-notice-text" lang="en">{version.text_en}</div>')

    @admin.display(description=_lazy("text (French)"))
    def in_french(self, version: NoticeVersion) -> SafeString:
        return mark_safe(f'<div class="pg-notice-text" lang="fr">{version.text_fr}</div>')
