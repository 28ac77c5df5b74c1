"""The participants in the back office."""

from participants.admin import invitations, ledgers, meetings, nominations, participants, reasons, sectors, targets
from participants.admin.participants import ParticipantAdmin

__all__ = ["ParticipantAdmin", "invitations", "ledgers", "meetings", "nominations", "participants", "reasons", "sectors", "targets"]
