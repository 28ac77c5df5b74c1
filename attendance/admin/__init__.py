"""Attendance in the back office."""

from attendance.admin import badges, bookings, certificates, devices, evaluation, presence, sessions

__all__ = ["badges", "bookings", "certificates", "devices", "evaluation", "presence", "sessions"]
