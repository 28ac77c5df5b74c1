"""Which version of the privacy notice people read when they register.

The notice speaks of every table there is, so it is made in an app above this one, which says here how to ask for its version.
"""

from collections.abc import Callable

_ask: Callable[[], str] | None = None


def register(ask: Callable[[], str]) -> None:
    """Say how to find the version in force; called once from the ``ready`` of the app that has the notice."""
    global _ask
    _ask = ask


def version_in_force() -> str:
    """The version that is read today; empty while none is published."""
    return _ask() if _ask else ""
