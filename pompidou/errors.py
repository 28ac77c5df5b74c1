"""Error pages for people: what happened, and what to do next."""

import logging
import secrets
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts import security_log

logger = logging.getLogger(__name__)

BUSY_FOR = "30"  # seconds until a browser may try again


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: usually a page left open too long, or cookies switched off."""
    security_log.record("denied", request=request, why="form without its token")
    return render(request, "403_csrf.html", {"page_error": True}, status=403)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not for this account."""
    security_log.record("denied", request=request, why="not allowed")
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something no browser sends by itself."""
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address nobody knows. Django's own page would check the form sent there, and fail over one that cannot be read."""
    return render(request, "404.html", status=404)


def busy(number: str = "") -> HttpResponse:
    """The database does not answer at the moment; trying again soon will do."""
    return HttpResponse(render_to_string("500.html", {"number": number, "busy": True}), status=503, headers={"Retry-After": BUSY_FOR})


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, with a number by which the log entry is found; a database that does not answer is "busy", not broken."""
    number = secrets.token_hex(4).upper()
    logger.error("Answered with error page %s", number)
    if isinstance(sys.exc_info()[1], OperationalError):
        return busy(number)
    return HttpResponse(render_to_string("500.html", {"number": number}), status=500)
