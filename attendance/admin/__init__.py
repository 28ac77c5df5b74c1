"""Attendance in the back office."""

from attendance.admin import badges, bookings, devices, presence, sessions

__all__ = ["badges", "bookings", "devices", "presence", "sessions"]
