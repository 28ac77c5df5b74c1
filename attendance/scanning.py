"""What a device sends about a scan, understood before anything is asked of the database."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

from attendance.models import Half
from attendance.models.badges import PREFIX

MOST_SCANS = 200  # in one go
LONGEST_CODE = 64
CODE = re.compile(rf"{re.escape(PREFIX)}([0-9A-F]{{32}})")
MOST_OFFSET = 20 * 365 * 86_400_000  # a clock that was never set stands in 1970 or 2000; more is no clock
LARGEST_KEY = 2**63 - 1
SLOT = re.compile(r"(?:s(\d{1,18})|(\d{4}-\d\d-\d\d)/(am|pm))", flags=re.ASCII)
NUMBER = models.UUIDField()


class Unreadable(Exception):
    """What was sent is no scan."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One scan, or the undoing of one, as a device tells it."""

    number: Any  # a UUID
    device_at: dt.datetime
    offset_ms: int | None = None
    code: str = ""
    person: int | None = None
    session: int | None = None
    day: dt.date | None = None
    half: str = ""
    undoes: bool = False


def heard(said: Any) -> Heard:
    """Understand one scan. Raises Unreadable; a code of 20 KB is refused here, unread."""
    if not isinstance(said, Mapping):
        raise Unreadable
    number, device_at = number_of(said.get("id")), moment_of(said.get("at"))
    offset = whole(said.get("offset"), most=MOST_OFFSET) if said.get("offset") is not None else None
    if said.get("undo") is True:
        return Heard(number, device_at, offset, undoes=True)
    code, person = said.get("code", ""), said.get("person")
    if not isinstance(code, str) or len(code) > LONGEST_CODE or bool(code) == (person is not None):
        raise Unreadable
    key = whole(person, most=LARGEST_KEY) if person is not None else None
    session, day, half = slot_named(said.get("slot"))
    return Heard(number, device_at, offset, code, key, session, day, half)


def slot_named(text: Any) -> tuple[int | None, dt.date | None, str]:
    """The session, or the day and half, that a slot's key names. Raises Unreadable."""
    found = SLOT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise Unreadable
    if found[1]:
        return int(found[1]), None, ""
    try:
        return None, parse_date(found[2]), Half(found[3])
    except ValueError as error:
        raise Unreadable from error


def number_of(text: Any) -> Any:
    """A UUID out of its text."""
    if not isinstance(text, str) or len(text) != 36:
        raise Unreadable
    try:
        return NUMBER.to_python(text)
    except ValidationError as error:
        raise Unreadable from error


def moment_of(text: Any) -> dt.datetime:
    """A moment with its time zone out of ISO 8601."""
    try:
        moment = parse_datetime(text) if isinstance(text, str) and len(text) < 40 else None
    except ValueError as error:
        raise Unreadable from error
    if moment is None or moment.tzinfo is None or not 1970 <= moment.year <= 9000:
        raise Unreadable
    return moment.astimezone(dt.UTC)


def whole(value: Any, *, most: int) -> int:
    """A whole number no further from zero than that."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > most:
        raise Unreadable
    return value
