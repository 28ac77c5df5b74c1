"""Attendance: parts in sessions, bookings, badges and presence."""

from attendance.models.badges import Badge
from attendance.models.bookings import Allocation, Booking, Wish
from attendance.models.parts import Admission, Part
from attendance.models.presence import CheckIn, Half, half_of

__all__ = ["Admission", "Allocation", "Badge", "Booking", "CheckIn", "Half", "Part", "Wish", "half_of"]
