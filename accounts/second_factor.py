"""Nobody of the staff gets anywhere without a second factor, by whatever way the session came about."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import security_log, sessions
from accounts.models import User

Type = Authenticator.Type
FACTORS = (Type.TOTP, Type.WEBAUTHN)
CODES_SEEN = "recovery_codes_seen"  # in the session, so that it is looked up once

ENROLMENT = "account_second_factor"
CODES = "mfa_view_recovery_codes"
# Open to everybody at all times: they show nothing, or end the session.
ALWAYS = {"livez", "readyz", "account_logout", "account_signed_out", "admin:logout", "admin:jsi18n"}
TO_ENROL = ALWAYS | {ENROLMENT, "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_confirm_by_code"}
TO_PASS = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
TO_SEE_CODES = ALWAYS | {CODES, "mfa_download_recovery_codes", "account_reauthenticate", *TO_PASS}

AT_STEP = {"mfa_activate_totp": 1, "mfa_add_webauthn": 1, CODES: 2}  # pages of the enrolment that say how far one is


def has_factor(user: Any) -> bool:
    """Whether an app or a key is set up."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def kinds_of(user: Any) -> list[str]:
    """What is set up, recovery codes included."""
    return list(Authenticator.objects.filter(user=user).order_by("type").values_list("type", flat=True))


def forget(*, user: User, request: HttpRequest | None = None) -> None:
    """Take away every second factor of somebody who lost them, and end all sessions; the password stays."""
    Authenticator.objects.filter(user=user).delete()
    ended = sessions.end_all(user=user)
    security_log.record("second_factor_removed", request=request, about=user, sessions=ended)


def has_passed(request: HttpRequest) -> bool:
    """Whether this session holds the record of a second factor of its own user; a key that signs in alone is one."""
    return any(record.get("method") == "mfa" and record.get("type") in Type for record in get_authentication_records(request, request.user))


def codes_wait(request: HttpRequest) -> bool:
    """Whether there are recovery codes that nobody has looked at yet."""
    if request.session.get(CODES_SEEN):
        return False
    codes = Authenticator.objects.filter(user=request.user, type=Type.RECOVERY_CODES).first()
    if codes is not None and not codes.wrap().did_view:
        return True
    request.session[CODES_SEEN] = True
    return False


def missing_step(request: HttpRequest) -> tuple[str, set[str]] | None:
    """The page where a member of staff has to go first, with all that is open until then; None when nothing is missing."""
    if not (settings.SECOND_FACTOR_REQUIRED and request.user.is_authenticated and request.user.is_staff):
        return None
    if has_passed(request):
        return (CODES, TO_SEE_CODES) if codes_wait(request) else None
    kinds = set(Authenticator.objects.filter(user=request.user, type__in=FACTORS).values_list("type", flat=True))
    if not kinds:
        return ENROLMENT, TO_ENROL
    return "mfa_reauthenticate" if Type.TOTP in kinds else "mfa_reauthenticate_webauthn", TO_PASS


def steps(current: int) -> list[tuple[str, str]]:
    """The three steps of setting up a second factor, with how far one is."""
    labels = [_("Choose a way"), _("Set it up"), _("Save your recovery codes")]
    states = ["done"] * current + ["current"] + ["todo"] * (len(labels) - current - 1)
    return list(zip(labels, states, strict=True))


def demand_second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send a member of staff without second factor to the page where it is set up or shown, whatever was asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *view: Any) -> HttpResponse | None:
        step = missing_step(request)
        if step is None:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in step[1]:
            request.enrolment_steps = steps(AT_STEP[name]) if name in AT_STEP else None  # type: ignore[attr-defined]
            return None
        wanted = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return HttpResponseRedirect(f"{reverse(step[0])}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
