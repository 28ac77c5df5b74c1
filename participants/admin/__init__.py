"""The participants in the back office."""

from participants.admin import ledgers, meetings, participants, sectors
from participants.admin.participants import ParticipantAdmin

__all__ = ["ParticipantAdmin", "ledgers", "meetings", "participants", "sectors"]
