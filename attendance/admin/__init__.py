"""Attendance in the back office."""

from attendance.admin import badges, bookings, devices

__all__ = ["badges", "bookings", "devices"]
