"""The privacy notice and the accessibility statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.languages import current_language
from participants import privacy as notice


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice in force, in the page's language."""
    context = {
        "wording": notice.notice_template(current_language()),
        "version": notice.NOTICE_VERSION,
        "since": notice.NOTICE_DATE,
        "crumbs": [(_("Privacy"), "")],
    }
    return render(request, "participants/privacy.html", context)
