"""What other processes do in the tests of races and crashes, each from the keys of rows that a test has made."""

import contextlib
import datetime as dt
import time
from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connection, transaction
from django.db.models.deletion import Collector
from django.db.transaction import Atomic
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from delegations.models import Invitation, InvitationQuerySet, Nomination
from meetings.models import Meeting
from meetings.models.meeting import MeetingQuerySet
from participants import services
from participants.importing import applying
from participants.models import Participant
from participants.services import lists, merging, nominations, offers, places
from tests.factories import CountryFactory, SectorFactory


def answers(email: str, **changes: Any) -> dict[str, Any]:
    """A complete form."""
    return {
        "given_name": "Maeve",
        "family_name": "Orrin",
        "email": email,
        "category": "member_state",
        "sector": SectorFactory(code="police"),
        "country": CountryFactory(code="IE"),
        **changes,
    }


def submit(meeting: int, email: str, key: str, function: str = "") -> str:
    return services.submit_registration(
        meeting=Meeting.objects.get(pk=meeting), answers=answers(email, function=function), needs={"diet": "vegan"}, submission_key=key
    )


def confirm(token: str) -> str:
    return services.confirm_address(token=token).state


def confirm_late(token: str, seconds: float) -> str:
    time.sleep(seconds)
    return confirm(token)


def withdraw(participant: int) -> str:
    row = Participant.objects.get(pk=participant)
    return services.withdraw(participant=row, by=row.user).state


def approve(participant: int, by: int) -> str:
    return services.approve(participant=Participant.objects.get(pk=participant), by=User.objects.get(pk=by)).state


def accept(participant: int) -> str:
    row = Participant.objects.get(pk=participant)
    return services.accept_offer(participant=row, by=row.user).state


def refuse(participant: int) -> str:
    row = Participant.objects.get(pk=participant)
    return services.refuse_offer(participant=row, by=row.user).state


def hand_over(participant: int, email: str) -> str:
    row = Participant.objects.get(pk=participant)
    colleague = {"given_name": "Nuala", "family_name": "Fallon", "email": email, "function": "Inspector", "language": "en"}
    return type(services.hand_over(participant=row, colleague=colleague, by=row.user)).__name__


def take_over(token: str) -> str:
    said = {"visibility": "full", "listening_language": "en", "privacy_notice": "1"}
    return services.take_over(token=token, answers=said, needs={}).state


def keep_place(participant: int) -> bool:
    row = Participant.objects.get(pk=participant)
    return services.take_back_hand_over(participant=row, by=row.user)


def let_lapse(hours: int) -> int:
    """The sweep, so many hours from now."""
    return services.settle_offers(timezone.now() + dt.timedelta(hours=hours))


def set_capacity(meeting: int, capacity: int) -> int:
    """As the page of the meeting does it: the number, and what follows from it, in one transaction."""
    with transaction.atomic():
        row = Meeting.objects.locked(meeting)
        row.capacity = capacity
        row.save(update_fields=["capacity"])
        return len(services.fill_free_places(meeting=row, by=None))


def clean_up_slowly(days: int) -> int:
    """Delete what is stale so many days from now, with time between choosing and deleting."""
    delete = Collector.delete

    def slow_delete(rows: Collector) -> Any:
        time.sleep(0.2)
        return delete(rows)

    with mock.patch.object(Collector, "delete", slow_delete):
        return services.delete_stale_unconfirmed(at=timezone.now() + dt.timedelta(days=days))


def act(name: str, **keys: Any) -> Any:
    """One of the above by its name, for rounds in which everybody does something else."""
    return globals()[name](**keys)


def act_without_lock(name: str, **keys: Any) -> Any:
    with lock_off():
        return act(name, **keys)


def confirm_without_lock(token: str) -> str:
    """The control: with the lock off and time between counting and writing, places are sold twice, or the tests are blind."""
    with lock_off():
        return confirm(token)


@contextlib.contextmanager
def lock_off() -> Iterator[None]:
    count = places.free_places

    def slow_count(meeting: Meeting) -> int | None:
        free = count(meeting)
        time.sleep(0.5)
        return free

    with contextlib.ExitStack() as patches:
        patches.enter_context(mock.patch.object(places, "free_places", slow_count))
        patches.enter_context(mock.patch.object(MeetingQuerySet, "locked", lambda rows, pk: rows.get(pk=pk)))
        if connection.vendor == "sqlite":
            # SQLite's lock is the transaction itself, begun as a writer.
            patches.enter_context(mock.patch.object(Atomic, "__enter__"))
            patches.enter_context(mock.patch.object(Atomic, "__exit__", return_value=None))
        yield


def write_import(record: int, files: str) -> str:
    """``files`` is the folder in which the test has put the rows: every process of tests has another by itself."""
    storage = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": files}}}
    with override_settings(STORAGES=storage):
        return applying.write(record)


def nominate(invitation: int, email: str, by: int, **fields: Any) -> str:
    row = Invitation.objects.get(pk=invitation)
    said = {"family_name": "Brennock " + email.partition("@")[0], "email": email, **fields}
    return services.nominate(invitation=row, fields=said, by=User.objects.get(pk=by)).state


def nominate_without_lock(**keys: Any) -> str:
    """The control: with the locks off and time between counting and writing, more are put forward than were invited."""
    refuse = nominations.refuse_too_many

    def refuse_slowly(nomination: Any) -> None:
        refuse(nomination)
        time.sleep(0.5)

    lock_of_invitation = mock.patch.object(InvitationQuerySet, "locked", lambda rows, pk: rows.with_addressees().get(pk=pk))
    with lock_off(), mock.patch.object(nominations, "refuse_too_many", refuse_slowly), lock_of_invitation:
        return nominate(**keys)


def complete(token: str) -> str:
    return services.complete_nomination(token=token, answers=answers(""), needs={}).state


def decline_nomination(token: str) -> str:
    return services.decline_nomination(token=token).state


def take_back(nomination: int) -> str:
    return services.withdraw_nomination(nomination=Nomination.objects.get(pk=nomination), by=None).state


def replace(nomination: int, email: str) -> str:
    row = Nomination.objects.select_related("invitation").get(pk=nomination)
    return services.replace_nomination(nomination=row, fields={"family_name": "Keane", "email": email}, by=None).state


def write_import_without_lock(**keys: Any) -> str:
    """The control: with the lock off and time between the plan and its writing, a list takes places that others got meanwhile."""
    carry_out = applying.carry_out

    def carry_out_late(*args: Any, **more: Any) -> None:
        time.sleep(1.2)
        carry_out(*args, **more)

    def give_as_planned(people: Any, meeting: Meeting, new_state: str, **_more: Any) -> None:
        for person in people:
            person.state = new_state

    late = mock.patch.object(applying, "carry_out", carry_out_late)
    with lock_off(), late, mock.patch.object(applying, "hold_everybody"), mock.patch.object(lists, "give_places", give_as_planned):
        return write_import(**keys)


def unlocked(pk: int) -> Participant:
    """A row as ``locked`` reads it, without its lock."""
    return Participant.objects.select_related("meeting").get(pk=pk)


def merge(survivor: int, other: int, by: int) -> str:
    first, second = Participant.objects.get(pk=survivor), Participant.objects.get(pk=other)
    return services.merge(survivor=first, other=second, by=User.objects.get(pk=by)).state


def merge_without_lock(**keys: Any) -> str:
    """The control: with the locks off and time between looking and writing, each of two swallows the other."""
    refuse = merging.refuse_merge

    def refuse_slowly(*people: Any) -> None:
        refuse(*people)
        time.sleep(0.5)

    with lock_off(), mock.patch.object(merging, "refuse_merge", refuse_slowly), mock.patch.object(merging, "locked", unlocked):
        return merge(**keys)


def accept_without_lock(participant: int) -> str:
    """The control: with the lock off and time between looking at the offer and taking it, the place goes to the next meanwhile."""
    refuse = offers.refuse_unoffered

    def refuse_slowly(person: Participant) -> None:
        refuse(person)
        time.sleep(1.2)

    with lock_off(), mock.patch.object(offers, "refuse_unoffered", refuse_slowly), mock.patch.object(offers, "locked", unlocked):
        return accept(participant)


def let_lapse_without_lock(hours: int) -> int:
    time.sleep(0.5)
    with lock_off(), mock.patch.object(places, "locked", unlocked):
        return let_lapse(hours)


def remind_due(at: str) -> int:
    """What a worker does each hour."""
    from participants.services import reminders

    return reminders.remind_due(dt.datetime.fromisoformat(at))
