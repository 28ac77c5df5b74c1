"""Devices at the doors: made, opened with their PIN, and ended at once."""

import datetime as dt
import secrets
from typing import NamedTuple

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from accounts import security_log
from accounts.models import User
from accounts.tokens import hash_of, new_token
from attendance import errors
from attendance.models import Device
from meetings.models import Meeting

PIN_DIGITS = 6
SEEN_EVERY = dt.timedelta(seconds=20)  # a device that scans every second need not be written each time
CLOCK_MOVED = 1000  # milliseconds by which a measured clock must differ to be written again


class Opener(NamedTuple):
    """What opens a device, to be shown once: it is not stored."""

    device: Device
    token: str
    pin: str


def new_pin() -> str:
    """Six digits nobody chose."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


@transaction.atomic
def make_device(
    *, meeting: Meeting, name: str, by: User | None, confirms: bool = False, pin: str = "", at: dt.datetime | None = None
) -> Opener:
    """Let one more telephone or laptop check people in; what opens it cannot be had again."""
    opener = Opener(Device(meeting=meeting, name=name, confirms=confirms, made_by=by), new_token(), pin or new_pin())
    device = opener.device
    device.token_hash, device.pin_hash, device.made_at = hash_of(opener.token), make_password(opener.pin), at or timezone.now()
    device.save()
    security_log.record("desk_device_made", by=by, about=device)
    return opener


@transaction.atomic
def new_opener(*, device: Device, by: User) -> Opener:
    """Another link and PIN for a device; the earlier ones open nothing, and whoever has it open is out."""
    opener = Opener(device, new_token(), new_pin())
    device.token_hash, device.pin_hash, device.session_key = hash_of(opener.token), make_password(opener.pin), ""
    device.save(update_fields=["token_hash", "pin_hash", "session_key"])
    security_log.record("desk_device_renewed", by=by, about=device)
    return opener


def find_device(*, token: str, slug: str, at: dt.datetime | None = None) -> Device:
    """The device whose link this is. Raises DeviceUnusable for a link nobody made, one taken back, and on other days."""
    device = Device.objects.find(token, slug=slug)
    if device is None or device.state(at or timezone.now()) != "open":
        raise errors.DeviceUnusable
    return device


@transaction.atomic
def open_device(*, token: str, slug: str, pin: str, at: dt.datetime | None = None) -> Device:
    """Begin a session of the device; one that it had elsewhere ends. Raises DeviceUnusable or WrongPin."""
    now = at or timezone.now()
    device = find_device(token=token, slug=slug, at=now)
    if not check_password(pin, device.pin_hash):
        security_log.record("desk_pin_refused", about=device)
        raise errors.WrongPin
    return begin(device=device, at=now)


@transaction.atomic
def begin(*, device: Device, at: dt.datetime | None = None) -> Device:
    """Give the device a session of its own."""
    device.session_key = secrets.token_hex(16)
    device.opened_at = device.seen_at = at or timezone.now()
    device.save(update_fields=["session_key", "opened_at", "seen_at"])
    security_log.record("desk_opened", about=device)
    return device


@transaction.atomic
def end(*, device: Device) -> None:
    """Let go of this device's session: its list is erased there. The link and PIN open it again."""
    device.session_key = ""
    device.save(update_fields=["session_key"])
    security_log.record("desk_closed", about=device)


@transaction.atomic
def revoke_device(*, device: Device, by: User | None, at: dt.datetime | None = None) -> None:
    """End a device's access for good, at once: at its next contact its list is erased."""
    device.revoked_at, device.session_key = at or timezone.now(), ""
    device.save(update_fields=["revoked_at", "session_key"])
    security_log.record("desk_device_revoked", by=by, about=device)


def note_contact(*, device: Device, at: dt.datetime, sent_at: dt.datetime | None = None) -> None:
    """Keep that the device was heard of, and by how much its clock is wrong."""
    offset = device.offset_ms if sent_at is None else round((at - sent_at).total_seconds() * 1000)
    moved = (offset is None) != (device.offset_ms is None) or abs((offset or 0) - (device.offset_ms or 0)) > CLOCK_MOVED
    if moved or device.seen_at is None or at - device.seen_at > SEEN_EVERY:
        device.offset_ms, device.seen_at = offset, at
        Device.objects.filter(pk=device.pk).update(offset_ms=offset, seen_at=at)
