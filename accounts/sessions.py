"""Where somebody is signed in: listed in plain words, and ended one by one or all at once."""

import datetime as dt
import re
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import security_log
from accounts.models import User

# What browsers and systems call themselves, the more particular first: Edge also says Chrome, and Chrome also says Safari.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/|FxiOS", "Firefox"), ("Chrom|CriOS", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))


def device(user_agent: str) -> str:
    """A browser and its machine in words, as far as it tells: "Firefox, Windows"."""
    names = [first_name(user_agent, BROWSERS), first_name(user_agent, SYSTEMS)]
    return ", ".join(filter(None, names)) or _("Unknown device")


def first_name(user_agent: str, known: tuple[tuple[str, str], ...]) -> str:
    """The name whose pattern is found first."""
    return next((name for pattern, name in known if re.search(pattern, user_agent)), "")


def sessions_of(user: User) -> list[UserSession]:
    """The sessions that are open, the newest first, each with its device in words."""
    rows = sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.last_seen_at, reverse=True)
    for row in rows:
        row.device = device(row.user_agent)
    return rows


def end(*, user: User, key: int) -> int:
    """End one session of this user; somebody else's is not found. Returns how many ended."""
    return end_rows(UserSession.objects.filter(user=user, pk=key))


def end_all(*, user: User, keep: str = "") -> int:
    """End every session of this user but ``keep``; returns how many."""
    return end_rows(UserSession.objects.filter(user=user).exclude(session_key=keep))


def end_rows(rows: Any) -> int:
    """Delete the sessions and what is kept about them."""
    chosen = list(rows)
    for row in chosen:
        row.end()
    return len(chosen)


def sweep() -> None:
    """Forget sessions that are over, and from where they were used."""
    now = timezone.now()
    oldest = now - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE, hours=1)
    end_rows(UserSession.objects.filter(created_at__lt=oldest))
    Session.objects.filter(expire_date__lt=now).delete()


def tell(request: HttpRequest, *, user: User, ended: int) -> None:
    """Write into the security log that sessions were ended."""
    if ended:
        security_log.record("session_ended", request=request, about=user, sessions=ended)
