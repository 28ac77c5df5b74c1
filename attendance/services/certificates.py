"""Certificates: issued only from what is recorded of presence, found by their code, and taken back."""

import datetime as dt

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from attendance.models import Certificate
from attendance.models.certificates import days_attended, normal_code
from attendance.refusals import MeetingNotOver, NotPresent, OnlyThemselves
from meetings.models import Meeting
from participants.errors import WrongState
from participants.models import Participant
from participants.services.states import locked
from participants.unnamed import without_names

ISSUED = "Certificate of attendance made."
TAKEN_BACK = "Certificate of attendance taken back."


@transaction.atomic
def issue(*, participant: Participant, language: str, by: User, at: dt.datetime | None = None) -> Certificate:
    """The certificate of somebody in that language, made where there is none; one that no longer says what is recorded is replaced.

    Raises WrongState for whoever has no place, MeetingNotOver, NotPresent, or OnlyThemselves where somebody else
    asks for that of a protected person.
    """
    now = at or timezone.now()
    person = locked(participant.pk)
    refuse(person, by=by, at=now)
    days = [day.isoformat() for day in days_attended(person)]
    standing = Certificate.objects.standing().filter(participant=person, language=language)
    if same := standing.filter(days=days).first():
        return same
    standing.update(revoked_at=now)
    if by.pk != person.user_id:
        LogEntry.objects.log_actions(by.pk, [person], CHANGE, change_message=ISSUED, single_object=True)
    return Certificate.objects.create(participant=person, language=language, days=days, issued_by=by, issued_at=now)


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, by: User, at: dt.datetime | None = None) -> Certificate:
    """Take a certificate back, with the reason; its code is valid no more. The next one that is made has a new code.

    Whoever reads the reason may not see a protected name, so it loses it.
    """
    person = locked(certificate.participant_id)
    standing = Certificate.objects.get(pk=certificate.pk)
    if standing.revoked_at is None:
        standing.revoked_at, standing.revoked_by, standing.reason = at or timezone.now(), by, without_names(reason, [person])
        standing.save(update_fields=["revoked_at", "revoked_by", "reason"])
        LogEntry.objects.log_actions(by.pk, [person], CHANGE, change_message=TAKEN_BACK, single_object=True)
    return standing


def find_valid(code: str) -> Certificate | None:
    """The certificate with that code, if it is valid: one that was taken back is as unknown as one that never was."""
    rows = Certificate.objects.select_related("participant__meeting").filter(code=normal_code(code))
    return next((certificate for certificate in rows if certificate.is_valid), None)


def leave(participant: Participant, *, by: User | None, at: dt.datetime) -> None:
    """Somebody has no place any more: what was certified of them stands no more. The caller holds the lock on their row."""
    Certificate.objects.standing().filter(participant=participant).update(revoked_at=at)


def carry_over(goes: Participant, stays: Participant) -> None:
    """Certificates of a registration that is merged stand no more: they are made anew from what the other has recorded."""
    Certificate.objects.standing().filter(participant=goes).update(revoked_at=timezone.now())


def refuse(person: Participant, *, by: User, at: dt.datetime) -> None:
    """Raise why there is no certificate for this person, or none for whoever asks."""
    if person.state != Participant.State.CONFIRMED or person.is_erased:
        raise WrongState
    if person.meeting.phase(at) != Meeting.Phase.OVER:
        raise MeetingNotOver
    if person.face_for(by).is_masked:
        raise OnlyThemselves
    if not days_attended(person):
        raise NotPresent
