"""Seats and wishes of the demo: one workshop with seats left, one full with a queue, two whose seats are given by wishes."""

import datetime as dt
from typing import Any

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from attendance.entry import reason_against
from attendance.models import Allocation, Booking
from attendance.services.bookings import join_queue, take_seat
from attendance.services.wishes import rank
from meetings.models import Meeting, Session
from participants.models import Participant
from pompidou.demo.accounts import ACCOUNTS

TABLE, HANDS_ON = "Law enforcement and industry at one table", "Hands on: following a payment"
REPORT, LABEL = "Clinic: a report to a platform", "Clinic: reading a parcel’s label"
WAITING = 3
BY_WISHES = ("Workshop A: nitazenes by post", "Workshop B: recruitment through games", "Workshop C: requests to payment services")
DIRECT = ("Workshop D: law enforcement and industry at one table", "Workshop E: reading a seized wallet")
IN_DIRECT = 14  # of those who may; twelve seats are the most in one of them
SETTINGS: dict[str, dict[str, Any]] = {
    TABLE: {"booking": "seats", "seats": 20, "enforcement_seats": 8, "industry_seats": 6},
    HANDS_ON: {"booking": "seats", "seats": 6},
    REPORT: {"booking": "wishes", "seats": 8},
    LABEL: {"booking": "wishes", "seats": 6},
}


def forget(meeting: Meeting) -> None:
    """Take out what hangs on the sessions of a meeting, before they are written anew."""
    Booking.history.filter(session__meeting=meeting).delete()
    Booking.objects.filter(session__meeting=meeting).delete()
    Booking.history.filter(session__meeting=meeting).delete()  # deleting a row adds to its history
    Allocation.objects.filter(meeting=meeting).delete()


def open_booking(meeting: Meeting) -> None:
    """Say of the sessions with booking how many seats they have; the shares are kept until the evening before."""
    for title, fields in SETTINGS.items():
        for session in meeting.sessions.filter(title_en=title):
            until = {"shares_until": session.starts_at - dt.timedelta(hours=20)} if title == TABLE else {}
            Session.objects.filter(pk=session.pk).update(**fields, **until)


def write(meeting: Meeting) -> None:
    """Some take seats, some wait, many wish; those whose accounts one can try have nothing yet."""
    at = min(timezone.now(), meeting.begins_at - dt.timedelta(days=3))
    sessions = {session.title_en: session for session in meeting.sessions.select_related("meeting", "room")}
    everybody = Participant.objects.filter(meeting=meeting).confirmed().exclude(email__in=[account.email for account in ACCOUNTS])
    people = list(everybody.select_related("sector", "user", "meeting").order_by("-pk")[:60])
    seated = [person for person in people if reason_against(sessions[HANDS_ON], person) is None]
    places = SETTINGS[HANDS_ON]["seats"]
    for person in seated[:places]:
        take_seat(session=sessions[HANDS_ON], participant=person, by=person.user, at=at)
    for number, person in enumerate(seated[places : places + WAITING]):
        join_queue(session=sessions[HANDS_ON], participant=person, by=person.user, at=at + dt.timedelta(minutes=number))
    of_sides = [person for person in seated[places + WAITING :] if person.sector.family in {"law_enforcement", "private"}]
    for person in of_sides[:7]:
        take_seat(session=sessions[TABLE], participant=person, by=person.user, at=at)
    for number, person in enumerate(seated[:24]):
        first, second = (REPORT, LABEL) if number % 3 else (LABEL, REPORT)
        rank(participant=person, ranks={sessions[first]: 1, sessions[second]: 2}, at=at)
    give(sessions, BY_WISHES, people, origin=Booking.Origin.ALLOCATION, at=at)
    give(sessions, DIRECT, people[:IN_DIRECT], origin=Booking.Origin.PERSON, at=at)


def give(sessions: dict[str, Session], titles: tuple[str, ...], people: list[Participant], *, origin: str, at: dt.datetime) -> None:
    """Seat these people in turn in sessions of one hour, those whom the session admits; as it was done some days ago, told by no mail."""
    rows = []
    for number, person in enumerate(people):
        session = sessions[titles[number % len(titles)]]
        if reason_against(session, person) is None:
            rows.append(Booking(session=session, participant=person, state=Booking.State.SEAT, origin=origin, queued_at=at, decided_at=at))
    bulk_create_with_history(rows, Booking)
