"""What a desk knows: the people of its list, the half-days and sessions, and who is in. The least that works without network."""

import datetime as dt
import hashlib
import hmac
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from attendance.entrance import entrants
from attendance.models import Answer, Badge, CheckIn, Device, Half, Reason, Scan, Slot, slot_of
from attendance.models.presence import SECOND_HALF_BEGINS
from meetings.audiences import Category
from meetings.dates import clock, day
from meetings.models import Session
from participants.faces import PUBLIC, face_of
from participants.models import Participant

State = Participant.State
MOST_FOUND = 12
BEFORE_SESSION = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Choice:
    """A half-day or session that people can be checked in for, with when it is chosen by itself."""

    slot: Slot
    label: str
    begins_at: dt.datetime
    ends_at: dt.datetime
    seats: int | None = None

    @property
    def key(self) -> str:
        return self.slot.key


# --- what one can check in for ---


def choices(device: Device, at: dt.datetime) -> list[Choice]:
    """Today's half-days, then today's sessions; on another day than the device's, those of its nearest day."""
    today = min(max(device.meeting.today(at), device.days[0]), device.days[-1])
    return [*half_days(device, today), *(session_choice(session) for session in sessions_on(device, today))]


def half_days(device: Device, on: dt.date) -> list[Choice]:
    """Morning and afternoon of that day."""
    zone = device.meeting.zone
    begins, noon = dt.datetime.combine(on, dt.time(), tzinfo=zone), dt.datetime.combine(on, SECOND_HALF_BEGINS, tzinfo=zone)
    ends = dt.datetime.combine(on + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    words = day(on, weekday=True, year=False)
    return [
        Choice(Slot(on, Half.MORNING), f"{Half.MORNING.label}, {words}", begins, noon),
        Choice(Slot(on, Half.AFTERNOON), f"{Half.AFTERNOON.label}, {words}", noon, ends),
    ]


def sessions_on(device: Device, on: dt.date) -> list[Session]:
    """The sessions of that day that people sit in."""
    rows = Session.objects.filter(meeting=device.meeting).exclude(kind=Session.Kind.BREAK).in_order()
    found = []
    for session in rows:
        session.meeting = device.meeting
        if session.local_start().date() == on:
            found.append(session)
    return found


def session_choice(session: Session) -> Choice:
    """A session; what a closed one is about is not told at the door."""
    title = _("Closed session") if session.is_closed else session.title.text
    label = " · ".join(part for part in (clock(session.local_start()), title, str(session.room or "")) if part)
    return Choice(slot_of(session), label, session.starts_at - BEFORE_SESSION, session.ends_at, seats_of(session))


def seats_of(session: Session) -> int | None:
    """How many may sit in it: never more than the room has; None where nothing says."""
    known = [seats for seats in (session.seats, session.room.seats if session.room else None) if seats is not None]
    return min(known, default=None)


def current(options: list[Choice], at: dt.datetime) -> Choice:
    """The half-day that it is at the venue."""
    halves = [choice for choice in options if choice.slot.session is None]
    return next((choice for choice in halves if choice.begins_at <= at < choice.ends_at), halves[0])


# --- who is on the list ---


def expected(device: Device) -> list[Participant]:
    """Everybody with a place."""
    rows = Participant.objects.confirmed().named().filter(meeting=device.meeting)
    return list(rows.select_related("sector", "country", "body"))


def found(device: Device, text: str) -> list[Participant]:
    """Whoever has a place and whose name, or alias, holds these words."""
    if not text.strip():
        return []
    rows = Participant.objects.confirmed().named().filter(meeting=device.meeting).matching(text)
    return list(rows.select_related("sector", "country", "body")[:MOST_FOUND])


def words_of(person: Participant) -> tuple[str, str, str]:
    """Name or alias, country or organisation, category: all that a desk sees of somebody."""
    face = face_of(person, PUBLIC)
    where = str(person.country or person.body or face.organisation)
    return face.name, where, str(Category(person.category).label)


def tag(salt: str, code: str) -> str:
    """What stands for a badge's code on a device: nobody gets from it to the code."""
    return hmac.new(salt.encode(), code.encode(), hashlib.sha256).hexdigest()[:32]


def badges_of(device: Device, people: list[Participant]) -> tuple[dict[int, str], dict[str, str]]:
    """Person → tag of their badge, and tag → why it opens nothing, of every other badge of this meeting."""
    good, bad, has_place = {}, {}, {person.pk for person in people}
    rows = Badge.objects.filter(participant__meeting=device.meeting).exclude(participant__family_name="")
    for pk, state, code, voided_at in rows.values_list("participant_id", "participant__state", "code", "voided_at"):
        if pk in has_place and voided_at is None:
            good[pk] = tag(device.salt, code)
        elif pk in has_place:
            bad[tag(device.salt, code)] = Reason.OLD_BADGE.value
        else:
            bad[tag(device.salt, code)] = Reason.WITHDRAWN.value if state == State.WITHDRAWN else Reason.NOT_CONFIRMED.value
    return good, bad


# --- who is in ---


def presence(device: Device, options: list[Choice]) -> dict[str, dict[int, tuple[dt.datetime, str]]]:
    """Slot → person → since when and by whom. On a day of tests it is what the scans say."""
    on = options[0].slot.day
    found: dict[str, dict[int, tuple[dt.datetime, str]]] = {choice.key: {} for choice in options}
    for pk, half, session, at, place in test_rows(device, on) if device.is_a_test(on) else rows_of(device, on, options):
        key = f"s{session}" if session else f"{on}/{half}"
        if key in found:
            found[key].setdefault(pk, (at, place))
    return found


def rows_of(device: Device, on: dt.date, options: list[Choice]) -> Any:
    """Recorded presence of that day."""
    sessions = [choice.slot.session.pk for choice in options if choice.slot.session]
    rows = CheckIn.objects.present().filter(Q(session=None, day=on) | Q(session__in=sessions), participant__meeting=device.meeting)
    return rows.order_by("at").values_list("participant_id", "half", "session_id", "at", "place")


def test_rows(device: Device, on: dt.date) -> Any:
    """What the scans of a day of tests say."""
    rows = Scan.objects.letting_in().filter(device__meeting=device.meeting, day=on).order_by("at")
    return rows.values_list("participant_id", "half", "session_id", "at", "device__name")


def figures(device: Device, at: dt.datetime) -> list[dict[str, Any]]:
    """For each half-day and session of today: how many are in, of how many seats or people."""
    options = choices(device, at)
    inside = Counter({key: len(people) for key, people in presence(device, options).items()})
    total = Participant.objects.confirmed().named().filter(meeting=device.meeting).count()
    return [
        {
            "key": one.key,
            "label": one.label,
            "inside": inside[one.key],
            "of": one.seats if one.slot.session else total,
            "is_room": bool(one.slot.session),
        }
        for one in options
    ]


# --- all of it, for a device ---


def snapshot(device: Device, at: dt.datetime) -> dict[str, Any]:
    """The list as it goes to a device."""
    people, options = expected(device), choices(device, at)
    good, bad = badges_of(device, people)
    sessions = [choice.slot.session for choice in options if choice.slot.session]
    return {
        "now": milliseconds(at),
        "until": milliseconds(device.ends_at),
        "made_at": milliseconds(device.made_at),
        "zone": device.meeting.timezone,
        "door": device.name,
        "salt": device.salt,
        "slots": [
            {"key": one.key, "label": one.label, "from": milliseconds(one.begins_at), "to": milliseconds(one.ends_at), "seats": one.seats}
            for one in options
        ],
        "people": [[person.pk, good.get(person.pk, ""), *words_of(person)] for person in people],
        "bad": bad,
        "only": {f"s{pk}": keys for pk, keys in entrants(sessions, people, device.meeting).items()},
        "inside": {
            key: {str(pk): [milliseconds(since), place] for pk, (since, place) in rows.items()}
            for key, rows in presence(device, options).items()
        },
    }


def milliseconds(moment: dt.datetime) -> int:
    """As browsers count time."""
    return math.floor(moment.timestamp() * 1000)


def answer_of(scan: Scan | None) -> dict[str, Any]:
    """What a device is told of a scan: of somebody who is let in who it is, of others why not."""
    if scan is None:
        return {"answer": "refused"}
    said: dict[str, Any] = {"id": str(scan.pk), "answer": scan.answer, "reason": scan.reason, "at": milliseconds(scan.at)}
    if scan.undone_at:
        said["undone"] = True
    if scan.answer != Answer.RED and scan.participant:
        name, where, category = words_of(scan.participant)
        said |= {"person": scan.participant_id, "name": name, "where": where, "category": category}
    if scan.first_at:
        said |= {"since": milliseconds(scan.first_at), "by": scan.first_place}
    return said
