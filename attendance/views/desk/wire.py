"""What the program on the device asks and sends, and the files it needs beside its page."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attendance import access, desk
from attendance.scanning import MOST_SCANS, Unreadable, moment_of
from attendance.services.desk import note_contact
from attendance.services.scans import take_in

LARGEST_BATCH = 120_000  # two hundred scans are half of that


def gone() -> JsonResponse:
    """The device has no access any more; it erases what it kept."""
    return JsonResponse({"gone": _("The access of this device has ended. Its list is erased.")}, status=403)


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """The list for this device, and a fresh token for what it sends."""
    device = access.device_of(request, slug)
    if device is None:
        return gone()
    now = timezone.now()
    note_contact(device=device, at=now)
    return JsonResponse({**desk.snapshot(device, now), "token": get_token(request)})


@require_POST
def scans(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in up to 200 scans. Each is answered in its order, and sent again it is answered the same."""
    device = access.device_of(request, slug)
    if device is None:
        return gone()
    now = timezone.now()
    try:
        sent_at, found = parsed(request)
    except (Unreadable, ValueError, RecursionError):
        return JsonResponse({"problem": "unreadable"}, status=400)
    note_contact(device=device, at=now, sent_at=sent_at)
    answers = [desk.answer_of(scan) for scan in take_in(device=device, scans=found, at=now)]
    return JsonResponse({"now": desk.milliseconds(now), "answers": answers})


def parsed(request: HttpRequest) -> tuple[Any, list[Any]]:
    """When the device says it sent this, and its scans. Raises Unreadable or ValueError."""
    if len(request.body) > LARGEST_BATCH:
        raise Unreadable
    said = json.loads(request.body)
    found = said.get("scans") if isinstance(said, dict) else None
    if not isinstance(found, list) or len(found) > MOST_SCANS:
        raise Unreadable
    return moment_of(said.get("sent_at")), found


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: it must stand below /check-in/, because that is as far as it may reach."""
    return render(request, "attendance/desk/worker.js", content_type="text/javascript; charset=utf-8")


@require_safe
def manifest(request: HttpRequest, slug: str) -> HttpResponse:
    """What a telephone needs to put the desk on its home screen; the same for every meeting, whether there is one or not."""
    said = {
        "name": _("Check-in"),
        "short_name": _("Check-in"),
        "start_url": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#123c7a",
        "icons": [{"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(said, content_type="application/manifest+json")
