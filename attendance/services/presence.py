"""Presence as scanned or found at a desk: the one way it is written, and how it is taken back."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from attendance.models import CheckIn, Scan, Slot
from participants.models import Participant

Source, Status = CheckIn.Source, CheckIn.Status


class Standing(NamedTuple):
    """What was known of somebody when they were recorded: whether this is the first word of them, else since when and by whom."""

    is_first: bool
    at: dt.datetime | None = None
    place: str = ""


@transaction.atomic
def record(
    *, participant: Participant, slot: Slot, at: dt.datetime, place: str, source: str = Source.SCAN, by: User | None = None
) -> Standing:
    """Write that somebody is in; only one of many at the same moment is the first.

    An earlier time that arrives late takes the place of a later one. What the secretariat corrected by hand afterwards stays.
    """
    Participant.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=participant.pk)
    row = CheckIn.objects.in_slot(slot).filter(participant=participant).first()
    if row is None:
        row = CheckIn(participant=participant, day=slot.day, half=slot.half, session=slot.session)
        return write(row, at=at, place=place, source=source, by=by)
    if row.status != Status.PRESENT:
        is_corrected_since = row.source == Source.HAND and row.at >= at
        return Standing(True) if is_corrected_since else write(row, at=at, place=place, source=source, by=by)
    known = Standing(False, row.at, row.place)
    if at < row.at and row.source != Source.HAND:
        write(row, at=at, place=place, source=source, by=by)
    return known


def write(row: CheckIn, *, at: dt.datetime, place: str, source: str, by: User | None) -> Standing:
    """Save that somebody is in since then, with who in the history."""
    row.status, row.at, row.place, row.source, row.by, row.reason = Status.PRESENT, at, place, source, by, ""
    row.substitute = None
    row._history_user = by  # type: ignore[attr-defined]
    row.save()
    return Standing(True, at, place)


@transaction.atomic
def take_back(*, participant: Participant, slot: Slot) -> None:
    """After a scan was undone: presence is what the other scans say, and nothing where there are none.

    What the secretariat recorded by hand stays.
    """
    Participant.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=participant.pk)
    row = CheckIn.objects.in_slot(slot).filter(participant=participant).exclude(source=Source.HAND).first()
    if row is None:
        return
    others = Scan.objects.letting_in().filter(participant=participant, day=slot.day, half=slot.half).select_related("device")
    left = (others.filter(session=slot.session) if slot.session else others).order_by("at").first()
    if left is None:
        row.delete()
    elif (left.at, left.device.name) != (row.at, row.place):
        write(row, at=left.at, place=left.device.name, source=source_of(left.how), by=None)


def source_of(how: str) -> str:
    """How presence came about, for a scan."""
    return Source.SCAN if how == Scan.How.BADGE else Source.SEARCH
