"""Error pages for people: what happened, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: usually a page left open too long, or cookies switched off."""
    return render(request, "403_csrf.html", {"page_error": True}, status=403)
