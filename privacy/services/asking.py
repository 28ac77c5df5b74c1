"""Somebody asks to be erased, or takes that back."""

import datetime as dt

from django.utils import timezone

from accounts import security_log
from accounts.models import User
from privacy.models import ErasureRequest


def ask_for_erasure(*, by: User, at: dt.datetime | None = None) -> ErasureRequest:
    """Write down that somebody wants to be erased; the secretariat sees it on its first page. Asking twice changes nothing."""
    asked, is_new = ErasureRequest.objects.get_or_create(user=by, defaults={"made_at": at or timezone.now()})
    if is_new:
        security_log.record("erasure_asked", by=by)
    return asked


def take_back(*, by: User) -> bool:
    """Forget that somebody asked; False when they had not."""
    return bool(ErasureRequest.objects.filter(user=by).delete()[0])
