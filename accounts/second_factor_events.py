"""What happens when a second factor comes, goes or is refused. The library tells by signals only; it has no hook for these."""

from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import login_code_rejected
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import security_log, sessions
from accounts.models import User
from accounts.second_factor import CODES_SEEN, FACTORS, has_factor


@receiver(signals.authenticator_added, dispatch_uid="accounts.added")
def added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever has just shown the first code of an app, or touched a key, has passed the second factor with it."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)
    else:
        request.session.pop(CODES_SEEN, None)
    security_log.record("second_factor_added", request=request, about=user, kind=authenticator.type)


@receiver(signals.authenticator_reset, dispatch_uid="accounts.reset")
def reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """New recovery codes have to be seen too."""
    request.session.pop(CODES_SEEN, None)
    security_log.record("second_factor_reset", request=request, about=user)


@receiver(signals.authenticator_removed, dispatch_uid="accounts.removed")
def removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """End the other sessions, which may have been opened with it; after the last one this session has passed nothing any more."""
    if not has_factor(user):
        records = [record for record in get_authentication_records(request, user) if record["method"] != "mfa"]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    ended = sessions.end_all(user=user, keep=request.session.session_key or "")
    security_log.record("second_factor_removed", request=request, about=user, kind=authenticator.type, sessions=ended)


@receiver(signals.authentication_failed, dispatch_uid="accounts.failed")
def failed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A wrong code of an app."""
    security_log.record("second_factor_failed", request=request, about=user, kind=authenticator.type)


@receiver(login_code_rejected, dispatch_uid="accounts.code_rejected")
def code_rejected(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A wrong code from a mail."""
    security_log.record("sign_in_failed", request=request, about=user, how="code")
