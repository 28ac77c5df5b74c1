"""The session of a device: a signed cookie of its own, bound to the device's row, sent to the desk's pages alone."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.tokens import hash_of
from attendance.models import Device

SALT = "attendance.desk"
# One cookie for each language, because a cookie has one path.
PATHS = {"en": "/check-in/", "fr": "/fr/check-in/"}


def cookie_name(language: str) -> str:
    """Under which the session is kept for the pages of one language."""
    return settings.DESK_COOKIE_NAME if language == "en" else f"{settings.DESK_COOKIE_NAME}-{language}"


def kept(request: HttpRequest) -> tuple[int, str] | None:
    """Device and key of the session, as signed; None where there is none or somebody else wrote it."""
    for language in PATHS:
        try:
            pk, key = signing.loads(request.COOKIES.get(cookie_name(language), ""), salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            continue
        return pk, key
    return None


def device_of(request: HttpRequest, slug: str) -> Device | None:
    """The device that asks, while its access lasts; looked up each time, so that it ends at once."""
    known = kept(request)
    if known is None or not known[1]:
        return None
    device = Device.objects.select_related("meeting").filter(pk=known[0], session_key=known[1], meeting__slug=slug).first()
    return device if device and device.state(timezone.now()) == "open" else None


def key_of(request: HttpRequest) -> str:
    """Which device knocks, for counting: by the link it has, else by its session."""
    token = request.resolver_match.kwargs.get("token") if request.resolver_match else None
    if token:
        return hash_of(token)
    known = kept(request)
    return str(known[0]) if known else ""


def keep(response: HttpResponse, device: Device) -> None:
    """Give the browser the session of this device, until the meeting is over."""
    value = signing.dumps([device.pk, device.session_key], salt=SALT)
    for language, path in PATHS.items():
        response.set_cookie(
            cookie_name(language),
            value,
            expires=device.ends_at,
            path=path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )


def forget(response: HttpResponse) -> None:
    """Take the session out of the browser."""
    for language, path in PATHS.items():
        response.delete_cookie(cookie_name(language), path=path, samesite="Strict")
