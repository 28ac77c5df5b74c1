"""How the sign-in library meets this project: no public sign-up, and its mails go through the outbox."""

import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as current
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import fresh, security_log
from accounts.models import User, normal_address
from correspondence import kinds, outbox

KINDS = (
    kinds.Kind(
        "sign_in_code",
        _("Code to sign in"),
        {"code": _("the code"), "minutes": _("for how many minutes it works")},
        sample=lambda language: {"code": "K7QM2X", "minutes": "10"},
        secrets=frozenset({"code"}),
    ),
    kinds.Kind(
        "sign_in_unknown",
        _("Somebody asked for a code with an address nobody registered"),
        {"home_link": _("address of the first page")},
        sample=lambda language: {"home_link": f"{settings.BASE_URL}/"},
    ),
    kinds.Kind(
        "password_reset",
        _("New password for a member of staff"),
        {"reset_link": _("address where the new password is chosen")},
        sample=lambda language: {"reset_link": f"{settings.BASE_URL}/accounts/password/reset/key/example/"},
        secrets=frozenset({"reset_link"}),
    ),
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from registrations and from the secretariat, never from a sign-up form."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off."),
        "email_password_mismatch": _("Address and password do not belong together."),
        "incorrect_code": _("This is not the code. Look at the newest mail."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes, then try again."),
        "rate_limited": _("Too many attempts. Please wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the back office, everybody else to their registrations; a page asked for before comes first."""
        return reverse("admin:index" if request.user.is_staff else settings.LOGIN_REDIRECT_URL)

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this site. The library allows other names of ours too, and fails over an address that cannot be read."""
        return url.startswith("/") and url.isprintable() and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Password, app or key; a new code by mail for those who have none of them."""
        by_code = {"id": "code", "description": _("With a code by e-mail"), "url": reverse("account_confirm_by_code")}
        return super().get_reauthentication_methods(user) or ([by_code] if user.is_authenticated else [])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within ten minutes of signing in. The library lets those pass who could only confirm by code; we do not."""
        request = current.request
        if fresh.is_fresh(request):
            return False
        if not super().get_reauthentication_methods(request.user):
            raise ReauthenticationRequired
        return True

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        proofs = [record["method"] for record in get_authentication_records(request, user)]
        security_log.record("sign_in", request=request, by=user, how=proofs)
        return super().post_login(request, user, **kwargs)

    def logout(self, request: HttpRequest) -> None:
        security_log.record("sign_out", request=request)
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        security_log.record("password_changed", request=current.request, about=user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        security_log.record("sign_in_failed", request=request, how="password")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the library's mail to the outbox in our own words; raises KeyError for one we do not use."""
        kind = {
            "account/email/login_code": "sign_in_code",
            "account/email/unknown_account": "sign_in_unknown",
            "account/email/password_reset_key": "password_reset",
        }[template_prefix]
        # Asked for every kind, so that a known address takes the work of an unknown one.
        user = User.objects.filter(email=normal_address(email)).first()
        outbox.put(
            kind=kind,
            to=email,
            language=user.language if user else (get_language() or "en"),
            values=values_for(kind, context),
            dedup_key=f"{kind}:{secrets.token_hex(16)}",
            hides_address=True,  # it may be that of somebody protected, which this app cannot know
        )


def values_for(kind: str, context: dict[str, Any]) -> dict[str, str]:
    """The placeholders of our mail, taken from what the library hands over; links start with the configured address."""
    if kind == "sign_in_code":
        return {"code": context["code"], "minutes": str(settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60)}
    if kind == "password_reset":
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": context["uid"], "key": context["key"]})
        return {"reset_link": settings.BASE_URL + path}
    return {"home_link": settings.BASE_URL + reverse("home")}
