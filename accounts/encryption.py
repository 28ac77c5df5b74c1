"""Text that is stored encrypted: with the first key of FIELD_KEYS, and read with any of them."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """None of FIELD_KEYS opens what is stored, or somebody altered it; says in which column."""


def encrypt(text: str) -> str:
    """The text under the newest key; another result each time."""
    return box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode("ascii")


def decrypt(text: str) -> str:
    """What was encrypted; raises cryptography.fernet.InvalidToken when none of the keys fits or somebody altered it."""
    return box(tuple(settings.FIELD_KEYS)).decrypt(text).decode()


def read(text: str, *, where: str) -> str:
    """What was encrypted in the column named ``where``; raises Unreadable, which names it."""
    try:
        return decrypt(text)
    except InvalidToken as error:
        raise Unreadable(f"None of FIELD_KEYS opens what is stored in {where}.") from error


@lru_cache(maxsize=8)
def box(keys: tuple[str, ...]) -> MultiFernet:
    """All keys together, the newest first."""
    return MultiFernet([Fernet(key) for key in keys])
