"""The programme of a meeting, as a page and as a calendar file."""

from django.http import HttpRequest, HttpResponse


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("programme")


def programme_ics(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("ics")
