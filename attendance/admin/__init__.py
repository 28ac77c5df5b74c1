"""Attendance in the back office."""

from attendance.admin import badges, bookings, certificates, devices, evaluation, presence, scans, sessions

__all__ = ["badges", "bookings", "certificates", "devices", "evaluation", "presence", "scans", "sessions"]
