"""Sessions are sealed in the database: whoever reads a copy of it finds no code, no address and no secret in them."""

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Sealed:
    """JSON, encrypted with a key that is made from SECRET_KEY; earlier keys still open what they closed.

    Django's sessions take what cannot be opened for an empty session.
    """

    def dumps(self, obj: Any) -> bytes:
        return seals().encrypt(json.dumps(obj, separators=(",", ":")).encode())

    def loads(self, data: bytes) -> Any:
        return json.loads(seals().decrypt(data))


def seals() -> MultiFernet:
    """One seal for each key of the site, the newest first."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    hashes = [salted_hmac("accounts.sealed", "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in hashes])
