"""Scans of a device: each taken in once, answered, and merged into presence. Sent again, it gets the same answer."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from attendance import errors
from attendance.entry import reason_against as reason_against_entry
from attendance.models import Answer, Badge, Device, Reason, Scan, Slot, slot_of
from attendance.scanning import CODE, Heard, Unreadable, heard
from attendance.services.presence import Standing, record, source_of, take_back
from meetings.models import Session
from participants.models import Participant

State = Participant.State
WITH_PERSON = ("participant__sector", "participant__country", "participant__body")


def take_in(*, device: Device, scans: Iterable[Any], at: dt.datetime | None = None) -> list[Scan | None]:
    """Take in what a device sent, in order, each scan in a transaction of its own; None stands for what is no scan."""
    now = at or timezone.now()
    return [taken_in(device, said, now) for said in scans]


def taken_in(device: Device, said: Any, now: dt.datetime) -> Scan | None:
    """One scan, or the undoing of one."""
    try:
        told = heard(said)
        if told.undoes:
            return undo(device=device, number=told.number, at=now)
        slot = slot_for(device, told)
        try:
            return take_scan(device, told, slot, now)
        except IntegrityError:  # sent twice at the same moment: now the other one is there to see
            return take_scan(device, told, slot, now)
    except (Unreadable, errors.NothingToUndo):
        return None


def slot_for(device: Device, told: Heard) -> Slot:
    """What somebody is scanned for: a session of this meeting, or a half-day on which the device works. Raises Unreadable."""
    if told.session is not None:
        session = Session.objects.select_related("meeting", "room").filter(pk=told.session, meeting=device.meeting_id).first()
        if session is None:
            raise Unreadable
        return slot_of(session)
    if told.day is None or told.day not in device.days:
        raise Unreadable
    return Slot(told.day, told.half)


@transaction.atomic
def take_scan(device: Device, told: Heard, slot: Slot, now: dt.datetime, *, how: str = "") -> Scan:
    """Keep a scan and answer it; one that was kept before is returned as it is. Raises Unreadable for another device's number."""
    if known := Scan.objects.select_related("device", *WITH_PERSON).filter(pk=told.number).first():
        if known.device_id != device.pk:
            raise Unreadable
        return known
    scan = Scan(
        pk=told.number, device=device, day=slot.day, half=slot.half, session=slot.session, device_at=told.device_at, received_at=now
    )
    scan.how = how or (Scan.How.SEARCH if told.person is not None else Scan.How.BADGE)
    scan.offset_ms = (device.offset_ms or 0) if told.offset_ms is None else told.offset_ms
    scan.at = set_right(scan, now)
    scan.badge, scan.participant = shown(device, told)
    scan.reason = reason_against(scan, device)
    if scan.reason:
        scan.answer = Answer.RED
    else:
        let_in(scan, slot)
    scan.save(force_insert=True)
    return scan


def set_right(scan: Scan, now: dt.datetime) -> dt.datetime:
    """The device's time with its error taken out; where that cannot be, the time at which the scan arrived."""
    moment = scan.device_at + dt.timedelta(milliseconds=scan.offset_ms)
    return moment if scan.device.made_at <= moment <= now else now


def shown(device: Device, told: Heard) -> tuple[Badge | None, Participant | None]:
    """The badge and person that a scan names, of whatever meeting; of people found by name only this meeting's."""
    people = Participant.objects.select_related("meeting", "sector", "country", "body")
    if told.person is not None:
        return None, people.filter(pk=told.person, meeting=device.meeting_id).first()
    found = CODE.fullmatch(told.code.strip().upper())
    related = (f"participant__{name}" for name in ("meeting", "sector", "country", "body"))
    badge = Badge.objects.select_related("participant", *related).filter(code=found[1]).first() if found else None
    return badge, badge.participant if badge else None


def reason_against(scan: Scan, device: Device) -> str:
    """Why whoever was scanned may not come in; empty when they may."""
    person = scan.participant
    if person is None or person.is_erased:
        return Reason.UNKNOWN
    if person.meeting_id != device.meeting_id:
        return Reason.OTHER_MEETING if person.meeting.year == device.meeting.year else Reason.OTHER_YEAR
    if person.state != State.CONFIRMED:
        return Reason.WITHDRAWN if person.state == State.WITHDRAWN else Reason.NOT_CONFIRMED
    if scan.badge and scan.badge.voided_at is not None:
        return Reason.OLD_BADGE
    if scan.session and reason_against_entry(scan.session, person):
        return Reason.NOT_ADMITTED
    return Reason.NONE


def let_in(scan: Scan, slot: Slot) -> None:
    """Record presence and answer: green for the first, amber with since when and by whom for everybody after."""
    standing = tried(scan, slot) if scan.device.is_a_test(slot.day) else recorded(scan, slot)
    scan.answer = Answer.GREEN if standing.is_first else Answer.AMBER
    if not standing.is_first:
        scan.reason, scan.first_at, scan.first_place = Reason.ALREADY_IN, standing.at, standing.place


def recorded(scan: Scan, slot: Slot) -> Standing:
    """Presence, in the session and with it in the half-day."""
    assert scan.participant is not None  # noqa: S101  reason_against has looked
    said: dict[str, Any] = {"participant": scan.participant, "at": scan.at, "place": scan.device.name, "source": source_of(scan.how)}
    standing = record(slot=slot, **said)
    if slot.session:
        record(slot=slot.half_day, **said)
    return standing


def tried(scan: Scan, slot: Slot) -> Standing:
    """On a day before the meeting: what presence would be if the scans alone made it."""
    Participant.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=scan.participant.pk)  # type: ignore[union-attr]
    earlier = Scan.objects.letting_in().filter(participant=scan.participant, day=slot.day, half=slot.half, session=slot.session)
    first = earlier.select_related("device").order_by("at").first()
    return Standing(False, first.at, first.device.name) if first else Standing(True)


@transaction.atomic
def undo(*, device: Device, number: Any, at: dt.datetime | None = None) -> Scan:
    """Take back a scan of this device: it stays, as undone. A second time changes nothing. Raises NothingToUndo."""
    related = ("device", "session__meeting", *WITH_PERSON)
    scan = Scan.objects.select_for_update(of=("self",)).select_related(*related).filter(pk=number, device=device).first()
    if scan is None or scan.answer == Answer.RED:
        raise errors.NothingToUndo
    if scan.undone_at is None:
        scan.undone_at = at or timezone.now()
        scan.save(update_fields=["undone_at"])
        if not device.is_a_test(scan.day):
            give_back(scan)
    return scan


def give_back(scan: Scan) -> None:
    """Presence without this scan."""
    assert scan.participant is not None  # noqa: S101  a constraint says so
    slot = Slot(scan.day, scan.half, scan.session)
    take_back(participant=scan.participant, slot=slot)
    if slot.session:
        take_back(participant=scan.participant, slot=slot.half_day)


def new_number() -> uuid.UUID:
    """A number for a scan that no device made."""
    return uuid.uuid4()


def scan_here(*, device: Device, slot: str, code: str = "", person: int | None = None, at: dt.datetime | None = None) -> Scan:
    """A scan that is made on the server's own page, without a program on the device. Raises Unreadable."""
    now = at or timezone.now()
    who = {"code": code} if person is None else {"person": person}
    told = heard({"id": str(new_number()), "at": now.isoformat(), "offset": 0, "slot": slot, **who})
    return take_scan(device, told, slot_for(device, told), now)
