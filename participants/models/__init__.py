"""Participants: people's attendance of one meeting, and the trace of who saw and exported what."""

from participants.models.ledger import ExportedPeople, ExportRecord, Reveal
from participants.models.link import PersonalLink
from participants.models.needs import Needs
from participants.models.participant import Participant, ParticipantQuerySet, Sector

__all__ = ["ExportRecord", "ExportedPeople", "Needs", "Participant", "ParticipantQuerySet", "PersonalLink", "Reveal", "Sector"]
