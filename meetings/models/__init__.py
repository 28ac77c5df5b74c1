"""Meetings and their programmes."""

from meetings.models.meeting import DateChange, Meeting, MeetingQuerySet
from meetings.models.programme import Room, Session, SessionQuerySet
from meetings.models.version import ProgrammeVersion

__all__ = ["DateChange", "Meeting", "MeetingQuerySet", "ProgrammeVersion", "Room", "Session", "SessionQuerySet"]
