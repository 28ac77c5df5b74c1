"""Files that programs and researchers look for at addresses agreed on for every site."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

PLAIN = "text/plain; charset=utf-8"
FOR_CRAWLERS = ("meetings", "privacy", "accessibility")  # names of public pages, with all that lies below them
FORM = "/*/register/"  # of a meeting: nothing to read for a program


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may fetch. All else is forbidden without being named, so that this is no map for anybody."""
    rules = [rule for language, _ in settings.LANGUAGES for rule in rules_in(language)]
    return HttpResponse("\n".join(["User-agent: *", *rules, f"Allow: {settings.STATIC_URL}", "Disallow: /", ""]), content_type=PLAIN)


def rules_in(language: str) -> list[str]:
    """The lines about the public pages of one language; the longest that fits an address counts (RFC 9309)."""
    with translation.override(language):
        home, meetings, *others = (reverse(name) for name in ("home", *FOR_CRAWLERS))
    allowed = [f"{home}$", meetings, *others]
    return [*(f"Allow: {path}" for path in allowed), f"Disallow: {meetings.rstrip('/')}{FORM}"]


def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); not there without a contact, nor when its day is over, as nobody may trust it then."""
    if settings.SECURITY_EXPIRES is None or timezone.now() >= settings.SECURITY_EXPIRES:
        raise Http404
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACT]
    lines += [
        f"Expires: {settings.SECURITY_EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {settings.BASE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN)
