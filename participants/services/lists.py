"""Registrations written many at a time from a list: all or nothing, under the lock on the meeting's row (doors one and two)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from meetings.audiences import Category
from meetings.models import Meeting
from participants import mails
from participants.models import Journey, Participant
from participants.models.participant import new_reference
from participants.services.answers import correct_journey
from participants.services.consents import How, note_many
from participants.services.places import free_places, hand_on, keeps_a_place
from participants.services.states import State

BATCH = 500
AGREED = frozenset({"visibility", "may_be_photographed"})
JOURNEY = ("arrives_on", "departs_on")  # kept apart from the rest
MAILS = {State.PENDING: mails.tell_registration_received, State.CONFIRMED: mails.tell_confirmed, State.WAITLISTED: mails.tell_waitlisted}


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be written of somebody registered, by column."""

    participant: Participant
    values: Mapping[str, Any]

    @property
    def of_registration(self) -> dict[str, Any]:
        """What stands in the registration itself."""
        return {name: value for name, value in self.values.items() if name not in JOURNEY}


@transaction.atomic
def write_list(
    *,
    meeting: Meeting,
    newcomers: Sequence[Mapping[str, Any]],
    corrections: Sequence[Correction],
    new_state: str,
    by: User | None,
    reason: str,
    at: dt.datetime,
    is_history: bool = False,
    with_mails: bool = False,
) -> list[Participant]:
    """Correct and enter everybody on a list, and return those entered. ``meeting`` is locked by the caller, who made sure that
    the values are clean and that nobody is entered twice.

    Those who are to be confirmed get places in their order while there are any, and the others wait. For history there is no
    limit: whoever was there was there. Places that corrections free go to those who waited before, who are told as always; the
    people on the list are told when ``with_mails`` says so.
    """
    held = {each.participant.pk for each in corrections if keeps_a_place(each.participant)}
    correct_many(corrections, by=by, reason=reason)
    freed = sum(1 for each in corrections if each.participant.pk in held and not keeps_a_place(each.participant))
    if freed and not is_history:
        hand_on(meeting, by=by, at=at, most=freed)
    people = [newcomer(meeting, values, at=at, is_history=is_history) for values in newcomers]
    give_places(people, meeting, new_state, is_history=is_history)
    entered = enter_many(people, meeting, by=by, reason=reason)
    note_agreements(entered, newcomers, corrections, by=by, at=at)
    for person in entered if with_mails else ():
        MAILS[State(person.state)](person)
    return entered


def note_agreements(
    people: Sequence[Participant],
    newcomers: Sequence[Mapping[str, Any]],
    corrections: Sequence[Correction],
    *,
    by: User | None,
    at: dt.datetime,
) -> None:
    """Write down what the list says that people agreed to; where it says nothing, nobody agreed to anything."""
    entered = [person for person, values in zip(people, newcomers, strict=True) if AGREED & values.keys()]
    note_many([*entered, *(each.participant for each in corrections if AGREED & each.values.keys())], how=How.IMPORT, by=by, at=at)


def correct_many(corrections: Sequence[Correction], *, by: User | None, reason: str) -> None:
    """Write what is otherwise, with who and why in the history; another address brings its account with it."""
    if not corrections:
        return
    accounts = accounts_for([(each.values["email"], each.participant.language) for each in corrections if each.values.get("email")])
    for each in corrections:
        for name, value in each.of_registration.items():
            setattr(each.participant, name, value)
        if "email" in each.values:
            each.participant.user = accounts.get(each.values["email"])
        each.participant.search_key = each.participant.make_search_key()
    fields = {name.removesuffix("_id") for each in corrections for name in each.of_registration} | {"search_key", "user"}
    people = [each.participant for each in corrections]
    bulk_update_with_history(
        people, Participant, sorted(fields), batch_size=BATCH, default_user=by, default_change_reason=reason, manager=Participant.objects
    )
    for each in corrections:
        correct_journey(each.participant, {name: value for name, value in each.values.items() if name in JOURNEY})


def newcomer(meeting: Meeting, values: Mapping[str, Any], *, at: dt.datetime, is_history: bool) -> Participant:
    """Somebody who is not saved yet. When they registered is what the list says; for history else the first day, for others now."""
    first_day = dt.datetime.combine(meeting.starts_on, dt.time(12), tzinfo=meeting.zone)
    moment = min(values.get("registered_at") or (first_day if is_history else at), at)
    columns = {name: value for name, value in values.items() if name not in {"registered_at", *JOURNEY}}
    columns.setdefault("visibility", Participant.Visibility.HIDDEN)  # nobody is on a list who did not say so
    person = Participant(meeting=meeting, created_at=moment, registered_at=moment, decided_at=moment, **columns)
    person.said_first_timer = columns.get("is_first_timer")  # type: ignore[attr-defined]
    person.said_days = {name: values[name] for name in JOURNEY if name in values}  # type: ignore[attr-defined]
    return person


def give_places(people: Sequence[Participant], meeting: Meeting, new_state: str, *, is_history: bool) -> None:
    """The state in which each arrives; the places are counted here, under the lock."""
    free = None if is_history else free_places(meeting)
    for person in people:
        person.state = new_state
        if new_state != State.CONFIRMED or free is None or person.category not in Category.counting():
            continue
        person.state = State.CONFIRMED if free > 0 else State.WAITLISTED
        free -= 1


def enter_many(people: Sequence[Participant], meeting: Meeting, *, by: User | None, reason: str) -> list[Participant]:
    """Save newcomers with their references, accounts and history."""
    if not people:
        return []
    accounts = accounts_for([(person.email, person.language) for person in people if person.email])
    experienced = came_before(accounts.values(), meeting)
    references = unused_references(meeting, len(people))
    for person, reference in zip(people, references, strict=True):
        person.reference = reference
        person.user = accounts.get(person.email)
        if person.said_first_timer is None:  # type: ignore[attr-defined]
            person.is_first_timer = person.user_id not in experienced
        person.search_key = person.make_search_key()
    entered: list[Participant] = bulk_create_with_history(
        list(people), Participant, batch_size=BATCH, default_user=by, default_change_reason=reason
    )
    days = [Journey(participant=person, **person.said_days) for person in entered if person.said_days]  # type: ignore[attr-defined]
    Journey.objects.bulk_create(days, batch_size=BATCH)
    return entered


def accounts_for(people: Iterable[tuple[str, str]]) -> dict[str, User]:
    """The accounts that sign in with these addresses, made where they are missing: without a password, for codes by e-mail."""
    languages = dict(people)
    missing = languages.keys() - found_accounts(languages).keys()
    made = (User(email=email, language=languages[email], password=make_password(None)) for email in sorted(missing))
    for batch in batches(made):
        User.objects.bulk_create(batch, ignore_conflicts=True)  # somebody may register with the same address at this moment
    return found_accounts(languages)


def found_accounts(addresses: Iterable[str]) -> dict[str, User]:
    """The accounts there are, by address."""
    return {user.email: user for batch in batches(addresses) for user in User.objects.filter(email__in=batch)}


def came_before(users: Iterable[User], meeting: Meeting) -> set[int]:
    """The accounts of those who had a place at a meeting before this one."""
    earlier = Participant.objects.confirmed().filter(meeting__starts_on__lt=meeting.starts_on)
    return {
        key for batch in batches(user.pk for user in users) for key in earlier.filter(user__in=batch).values_list("user", flat=True) if key
    }


def unused_references(meeting: Meeting, count: int) -> list[str]:
    """So many reference numbers that nobody at the meeting has: of ten thousand drawn at once two may well be alike."""
    taken = set(Participant.objects.filter(meeting=meeting).values_list("reference", flat=True))
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        reference = new_reference(meeting)
        if reference not in taken:
            drawn[reference] = None
    return list(drawn)


def batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    """The things, some hundreds at a time, as a statement can take them."""
    waiting = iter(things)
    while batch := list(islice(waiting, BATCH)):
        yield batch
