"""What other processes do in the races for seats, each from the keys of rows that a test has made."""

import contextlib
import time
from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.db import connection
from django.db.transaction import Atomic

from accounts.models import User
from attendance.refusals import DrawnBefore, SessionFull
from attendance.seats import room_of
from attendance.services import allocation, bookings, queues
from meetings.models import Meeting, Session
from meetings.models.programme import SessionQuerySet
from participants import services
from participants.models import Participant


def take_or_wait(session: int, participants: list[int]) -> list[str]:
    """One person after another asks for a seat and, where none is free, joins the queue."""
    return [one_takes_or_waits(session, pk) for pk in participants]


def one_takes_or_waits(session: int, participant: int) -> str:
    person = Participant.objects.get(pk=participant)
    asked = {"session": Session.objects.get(pk=session), "participant": person, "by": person.user}
    try:
        return bookings.take_seat(**asked).state
    except SessionFull:
        return bookings.join_queue(**asked).state


def give_up(session: int, participant: int) -> str:
    person = Participant.objects.get(pk=participant)
    return bookings.give_up(session=Session.objects.get(pk=session), participant=person, by=person.user).state


def swap(old: int, new: int, participant: int) -> str:
    person = Participant.objects.get(pk=participant)
    rows = Session.objects.in_bulk([old, new])
    return bookings.swap(old=rows[old], new=rows[new], participant=person, by=person.user).state


def wait(session: int, participant: int) -> str:
    person = Participant.objects.get(pk=participant)
    return bookings.join_queue(session=Session.objects.get(pk=session), participant=person, by=person.user).state


def withdraw(participant: int) -> str:
    person = Participant.objects.get(pk=participant)
    return services.withdraw(participant=person, by=person.user).state


def apply(meeting: int, by: int) -> str:
    """Draw and give the seats; where somebody was quicker, draw again, as the secretariat would."""
    row, officer = Meeting.objects.get(pk=meeting), User.objects.get(pk=by)
    for _attempt in range(20):
        try:
            allocation.apply(meeting=row, seed="race", digest=allocation.draw(meeting=row, seed="race").digest, by=officer)
        except DrawnBefore:
            continue
        return "applied"
    return "never"


def act(name: str, **keys: Any) -> Any:
    """One of the above by its name, for rounds in which everybody does something else."""
    return globals()[name](**keys)


def take_without_lock(session: int, participants: list[int]) -> list[str]:
    """The control: with the lock off and time between counting and writing, seats are sold twice, or the tests are blind."""
    with lock_off():
        return take_or_wait(session, participants)


@contextlib.contextmanager
def lock_off() -> Iterator[None]:
    def slow_count(*args: Any) -> Any:
        room = room_of(*args)
        time.sleep(0.3)
        return room

    def unlocked(rows: Any, keys: Any) -> dict[int, Session]:
        return {session.pk: session for session in rows.select_related("meeting", "room").filter(pk__in=set(keys))}

    with contextlib.ExitStack() as patches:
        for module in (bookings, queues):
            patches.enter_context(mock.patch.object(module, "room_of", slow_count))
        patches.enter_context(mock.patch.object(SessionQuerySet, "locked", unlocked))
        if connection.vendor == "sqlite":  # whose lock is the transaction itself, begun as a writer
            patches.enter_context(mock.patch.object(Atomic, "__enter__"))
            patches.enter_context(mock.patch.object(Atomic, "__exit__", return_value=None))
        yield
