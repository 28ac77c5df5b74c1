"""Attendance: parts in sessions, bookings, badges and presence."""

from attendance.models.badges import Badge
from attendance.models.bookings import Allocation, Booking, Wish
from attendance.models.certificates import Certificate
from attendance.models.desk import Answer, Device, Reason, Scan
from attendance.models.evaluation import Evaluated, EvaluationAnswer
from attendance.models.parts import Admission, Part
from attendance.models.presence import CheckIn, Half, Slot, half_of, slot_of

__all__ = [
    "Admission",
    "Allocation",
    "Answer",
    "Badge",
    "Booking",
    "Certificate",
    "CheckIn",
    "Device",
    "Evaluated",
    "EvaluationAnswer",
    "Half",
    "Part",
    "Reason",
    "Scan",
    "Slot",
    "Wish",
    "half_of",
    "slot_of",
]
