"""Pages about the site itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the site can be used by everybody, what was tested, and what was not."""
    return render(request, "pages/accessibility.html")
