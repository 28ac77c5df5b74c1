"""Tokens of personal links: 256 random bits, of which only a hash is stored."""

import hashlib
import secrets


def new_token() -> str:
    """A token nobody can guess, fit for an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """SHA-256 of a token; tokens are 256 random bits, so no salt or slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
