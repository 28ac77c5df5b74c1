"""Attendance in the back office."""

from attendance.admin import badges

__all__ = ["badges"]
