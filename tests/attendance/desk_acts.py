"""What several processes do at once at the doors."""

import datetime as dt
from unittest import mock

from django.utils import timezone

from attendance.models import Device
from attendance.services import presence, scans


def scan(device: int, code: str, number: str, slot: str) -> str:
    """One badge held before one device; says the answer."""
    now = timezone.now()
    said = {"id": number, "at": now.isoformat(), "offset": 0, "slot": slot, "code": code}
    [found] = scans.take_in(device=Device.objects.select_related("meeting").get(pk=device), scans=[said], at=now + dt.timedelta(seconds=1))
    return found.answer


def scan_looking_first(device: int, code: str, number: str, slot: str) -> str:
    """The same without the lock and the constraint: whoever looks before the other has written is the first."""
    import time

    from attendance.models import CheckIn

    def looked(*, participant, slot, **more):
        is_first = not CheckIn.objects.in_slot(slot).filter(participant=participant).exists()
        return presence.Standing(is_first)

    def unlocked(device, told, slot, now, **more):
        row = scans.Scan(device=device, day=slot.day, half=slot.half, session=slot.session)
        row.badge, row.participant = scans.shown(device, told)
        row.answer = "green" if looked(participant=row.participant, slot=slot).is_first else "amber"
        time.sleep(0.2)
        return row

    with mock.patch.object(scans, "take_scan", unlocked):
        return scan(device, code, number, slot)
