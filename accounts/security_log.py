"""The log that somebody reads after an attack: who signed in, was refused, revealed, exported, erased.

It holds keys, references and names of pages. A person's name, an address or a token never gets in: of an object only its
key is written, of an error only its kind, and every line passes ``pompidou.logs`` like all others. What happened to an
account is kept as a row too, for the auditor.
"""

import logging
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Model
from django.http import HttpRequest

from accounts.models import SecurityEvent, User
from accounts.networks import fingerprint, network_of

logger = logging.getLogger("pompidou.security")

PLAIN = (str, int, float, bool, type(None))
KEPT = frozenset(SecurityEvent.Event)
# Anybody can be refused or fail without an account, as often as the doors let them: of refusals only those of accounts are kept.
ONLY_OF_ACCOUNTS = frozenset({SecurityEvent.Event.DENIED})


def record(event: str, *, request: HttpRequest | None = None, by: Model | None = None, **facts: Any) -> None:
    """Write one line about ``event``; ``by`` is who did it, else whoever is signed in. Never raises because of a fact."""
    known: dict[str, Any] = {"event": event}
    if request is not None:
        known["page"] = getattr(request.resolver_match, "view_name", None)
        known["method"] = request.method
        known["network"] = fingerprint("network", network_of(request))[:12]
        by = by or signed_in(request)
    known["by"] = by.pk if by is not None else None
    said = {name: plain(value) for name, value in facts.items()}
    logger.info(event, extra={"facts": known | said})
    if event in KEPT and (by is not None or event not in ONLY_OF_ACCOUNTS):
        page = {"page": known["page"], **row_asked_for(request)} if known.get("page") else {}
        keep(event, by=by, about=facts.get("about"), facts={**page, **{name: value for name, value in said.items() if name != "about"}})


def keep(event: str, *, by: Model | None, about: Any, facts: dict[str, Any]) -> None:
    """Write the row of an event; where that cannot be done, the line in the log stands alone."""
    whom = about if isinstance(about, User) else None
    try:
        with transaction.atomic():  # a save point where something else is being written
            SecurityEvent.objects.create(event=event, by=by if isinstance(by, User) else None, about=whom, facts=facts)
    except DatabaseError:
        logger.exception("The event was not kept as a row: %s", event)


def row_asked_for(request: HttpRequest | None) -> dict[str, str]:
    """The key of the row that the address names, where it names one by a number."""
    match = request.resolver_match if request is not None else None
    numbers = [str(value) for value in (match.kwargs.values() if match else ()) if str(value).isdecimal()]
    return {"row": numbers[0]} if len(numbers) == 1 else {}


def signed_in(request: HttpRequest) -> Model | None:
    """Whoever is signed in, as far as the request knows yet."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def plain(value: Any) -> Any:
    """What may be written of a value."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return type(value).__name__
