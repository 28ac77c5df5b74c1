"""Attendance in the back office."""

from attendance.admin import badges, bookings, devices, sessions

__all__ = ["badges", "bookings", "devices", "sessions"]
