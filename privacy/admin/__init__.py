"""The back office of privacy: the notice, periods, what was purged, and erasing somebody."""

from privacy.admin import erasing, notices, periods

__all__ = ["erasing", "notices", "periods"]
