"""Sessions end by themselves: every one after twelve hours, and those of staff after half an hour without a page."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import security_log
from accounts.second_factor import ALWAYS

BEGAN, SEEN = "session_began", "session_seen"
NOTED_EVERY = 60  # seconds; not at each page, because a session that is written at each page is a write at each page


def why_over(request: HttpRequest, now: float) -> str:
    """Why this session has ended, as a sentence for its owner; empty while it goes on."""
    if now - request.session.get(BEGAN, now) >= settings.SESSION_COOKIE_AGE:
        hours = settings.SESSION_COOKIE_AGE // 3600
        text = ngettext(
            "You were signed out, as happens after %(n)s hour.",
            "You were signed out, as happens after %(n)s hours.",
            hours,
        )
        return text % {"n": hours}
    if request.user.is_staff and now - request.session.get(SEEN, now) >= settings.STAFF_IDLE_SECONDS:
        minutes = settings.STAFF_IDLE_SECONDS // 60
        text = ngettext(
            "You were signed out, because you did nothing here for %(n)s minute.",
            "You were signed out, because you did nothing here for %(n)s minutes.",
            minutes,
        )
        return text % {"n": minutes}
    return ""


def note(request: HttpRequest, now: float) -> None:
    """Keep that the session is in use, at most once a minute."""
    if now - request.session.get(SEEN, 0) >= NOTED_EVERY:
        request.session.setdefault(BEGAN, now)
        request.session[SEEN] = now
        UserSession.objects.create_from_request(request)


def end(request: HttpRequest, why: str) -> HttpResponse:
    """Sign out, say why, and lead back by way of the sign-in page."""
    security_log.record("session_ended", request=request, why="time")
    logout(request, show_message=False)
    if request.method != "GET":
        why = " ".join([why, _("What you sent was not saved.")])
    messages.info(request, why)
    name = request.resolver_match.view_name if request.resolver_match else ""
    if request.method != "GET" or name.startswith(("account_", "mfa_")):
        return redirect("account_login")
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def end_in_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End a session whose time is over, else note that it is in use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *view: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or (request.resolver_match and request.resolver_match.view_name in ALWAYS):
            return None
        now = time.time()
        if why := why_over(request, now):
            return end(request, why)
        note(request, now)
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
