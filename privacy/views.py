"""The privacy notice: the version in force, and each that was before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.languages import current_language
from privacy import notice
from privacy.models import NoticeVersion


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The notice in force, in the page's language."""
    return page(request, notice.in_force())


@require_safe
def privacy_version(request: HttpRequest, version: str) -> HttpResponse:
    """One version, in force or not, under an address that keeps meaning the same words."""
    return page(request, get_object_or_404(NoticeVersion, version=version))


def page(request: HttpRequest, shown: NoticeVersion | None) -> HttpResponse:
    """A version with the list of all of them; before the first is published, the text as it would be."""
    versions = list(NoticeVersion.objects.defer("text_en", "text_fr"))
    language = current_language()
    text = shown.text_in(language) if shown else notice.written_in(language)
    context = {
        "wording": mark_safe(text),
        "shown": shown,
        "current": versions[0] if versions else None,
        "versions": versions,
        "crumbs": [(_("Privacy"), "")],
    }
    return render(request, "privacy/notice_page.html", context)
