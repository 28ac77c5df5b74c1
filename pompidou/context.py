"""What every template may use: the organiser's name, the page's twin in the other language, and what the demo says."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the few values that the page frame needs; no database query."""
    language = get_language() or settings.LANGUAGE_CODE
    other = "fr" if language == "en" else "en"
    path = request.get_full_path() if request.method == "GET" else request.path
    twin = translate_url(path, other)
    if has_no_twin := twin == path:  # an address nobody knows: the other language's first page instead
        twin = translate_url(reverse("home"), other)
    return {
        "organiser": settings.ORGANISER_FR if language == "fr" else settings.ORGANISER_EN,
        "demo": settings.DEMO,
        "second_factor_waived": not settings.SECOND_FACTOR_REQUIRED,
        "other_language": other,
        "page_url": "" if has_no_twin else path,
        "twin_url": twin,
        "base_url": settings.BASE_URL,
        "contact_email": settings.CONTACT_EMAIL,
    }
