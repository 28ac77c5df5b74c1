"""Somebody who comes to the door without a registration."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import security_log
from attendance import errors
from attendance.models import Device, Scan, Slot
from attendance.scanning import Heard
from attendance.services.scans import new_number, take_scan
from meetings.models import Meeting
from participants import services
from participants.models import Participant


@transaction.atomic
def walk_in(
    *, device: Device, participant: Participant, slot: Slot | None = None, at: dt.datetime | None = None
) -> tuple[Participant, Scan | None]:
    """Register somebody at the door. They have a place at once where this device may give one and one is free, and are then in;
    otherwise the secretariat decides. Raises AddressKnown."""
    now = at or timezone.now()
    meeting = Meeting.objects.locked(device.meeting_id)
    known = Q(email=participant.email) | Q(user__email=participant.email)
    if participant.email and Participant.objects.filter(known, meeting=meeting).exists():
        raise errors.AddressKnown
    person = services.register_by_hand(participant=participant, by=None, at=now)
    security_log.record("walk_in", about=person, device=device)
    if not may_have_a_place(device, meeting, person):
        return person, None
    person = services.approve(participant=person, by=None, at=now)
    if slot is None or person.state != Participant.State.CONFIRMED:
        return person, None
    told = Heard(new_number(), now, 0, person=person.pk)
    return person, take_scan(device, told, slot, now, how=Scan.How.WALK_IN)


def may_have_a_place(device: Device, meeting: Meeting, person: Participant) -> bool:
    """True where this device gives places, one officer may decide alone, and a place is free."""
    return device.confirms and not meeting.decides_twice and services.has_room_for(person, meeting)
