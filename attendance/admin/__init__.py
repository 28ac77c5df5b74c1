"""Attendance in the back office."""

from attendance.admin import badges, bookings

__all__ = ["badges", "bookings"]
