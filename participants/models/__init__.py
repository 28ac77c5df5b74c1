"""Participants: people's attendance of one meeting, and the trace of who saw and exported what."""

from participants.models.consent import Consent
from participants.models.handover import HandOver
from participants.models.imports import ColumnMatch, ImportRecord
from participants.models.journey import Journey
from participants.models.ledger import ExportedPeople, ExportRecord, Reveal
from participants.models.link import PersonalLink
from participants.models.merge import Merge, NotSame
from participants.models.needs import Needs
from participants.models.note import Note
from participants.models.offer import Offer
from participants.models.participant import Participant, ParticipantQuerySet, Sector
from participants.models.passport import Passport
from participants.models.reminder import ReminderSetting
from participants.models.step import Reason, Step
from participants.models.target import Target

__all__ = [
    "ColumnMatch",
    "Consent",
    "ExportRecord",
    "ExportedPeople",
    "HandOver",
    "ImportRecord",
    "Journey",
    "Merge",
    "Needs",
    "NotSame",
    "Note",
    "Offer",
    "Participant",
    "ParticipantQuerySet",
    "Passport",
    "PersonalLink",
    "Reason",
    "ReminderSetting",
    "Reveal",
    "Sector",
    "Step",
    "Target",
]
