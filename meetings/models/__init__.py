"""Meetings and their programmes."""

from meetings.models.meeting import DateChange, Meeting, MeetingQuerySet
from meetings.models.programme import Room, Session, SessionQuerySet

__all__ = ["DateChange", "Meeting", "MeetingQuerySet", "Room", "Session", "SessionQuerySet"]
