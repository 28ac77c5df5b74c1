"""Meetings and their programmes in the back office."""

from meetings.admin.clocks import NATIVE_DATES, VENUE_CLOCK, VenueClockAdmin, key_of
from meetings.admin.meetings import MeetingAdmin
from meetings.admin.sessions import RoomAdmin, SessionAdmin, SessionForm

__all__ = ["NATIVE_DATES", "VENUE_CLOCK", "MeetingAdmin", "RoomAdmin", "SessionAdmin", "SessionForm", "VenueClockAdmin", "key_of"]
