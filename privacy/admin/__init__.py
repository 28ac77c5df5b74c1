"""The back office of privacy: periods and what was purged."""

from privacy.admin import periods

__all__ = ["periods"]
