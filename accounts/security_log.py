"""The log that somebody reads after an attack: who signed in, was refused, revealed, exported, erased.

It holds keys, references and names of pages. A person's name, an address or a token never gets in: of an object only its
key is written, of an error only its kind, and every line passes ``pompidou.logs`` like all others.
"""

import logging
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from accounts.networks import fingerprint, network_of

logger = logging.getLogger("pompidou.security")

PLAIN = (str, int, float, bool, type(None))


def record(event: str, *, request: HttpRequest | None = None, by: Model | None = None, **facts: Any) -> None:
    """Write one line about ``event``; ``by`` is who did it, else whoever is signed in. Never raises because of a fact."""
    known: dict[str, Any] = {"event": event}
    if request is not None:
        known["page"] = getattr(request.resolver_match, "view_name", None)
        known["method"] = request.method
        known["network"] = fingerprint("network", network_of(request))[:12]
        by = by or signed_in(request)
    known["by"] = by.pk if by is not None else None
    logger.info(event, extra={"facts": known | {name: plain(value) for name, value in facts.items()}})


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
