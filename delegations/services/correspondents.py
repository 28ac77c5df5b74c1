"""Appointing those who speak for a country or an organisation, and what they are written about."""

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User, normal_address
from delegations.models import Body, Correspondent, Country


@transaction.atomic
def appoint(
    *,
    country: Country | None = None,
    body: Body | None = None,
    email: str,
    name: str,
    language: str,
    by: User | None,
    **office: dt.date | str | None,
) -> Correspondent:
    """Make somebody correspondent of a country or an organisation; without an account they get one that signs in by a code from a mail.

    An account that is there keeps its name and language. ``office``: starts_on, ends_on and note.
    """
    fresh: dict[str, Any] = {"name": name, "language": language, "password": make_password(None)}
    user, _ = User.objects.get_or_create(email=normal_address(email), defaults=fresh)
    correspondent = Correspondent(user=user, country=country, body=body, **office)
    correspondent._history_user = by  # type: ignore[attr-defined]
    correspondent.save()
    return correspondent


@transaction.atomic
def set_news(*, correspondent: Correspondent, wants_news: bool, by: User) -> Correspondent:
    """Switch the mails about nominees on or off."""
    current = Correspondent.objects.select_for_update().get(pk=correspondent.pk)
    current.wants_news = wants_news
    current._history_user = by  # type: ignore[attr-defined]
    current.save()
    return current
