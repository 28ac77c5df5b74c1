"""The back office of privacy: the notice, periods and what was purged."""

from privacy.admin import notices, periods

__all__ = ["notices", "periods"]
