"""Putting two registrations of one person together, and their accounts. Each function is one transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts import security_log, sessions
from accounts.models import Look, User
from correspondence.models import Message
from delegations.models import Correspondent
from meetings.audiences import Category
from meetings.models import Meeting
from participants import errors, leaving, mails
from participants.models import (
    Consent,
    Journey,
    Merge,
    Needs,
    Note,
    NotSame,
    Offer,
    Participant,
    Passport,
    PersonalLink,
    Reveal,
    Step,
)
from participants.services.consents import note_consents
from participants.services.nominees import leave_nomination
from participants.services.places import Answer, close_offer, give_place, hand_on, has_room_for, holds_a_place, locked_meeting, taken_places
from participants.services.states import State, close_step, locked, move, save

# What the secretariat chooses from, column by column; the rest follows from the registration that stays.
CHOICES = (
    *("salutation", "given_name", "family_name", "email", "phone", "language", "category", "sector", "country", "body"),
    *("organisation", "service", "function", "listening_language", "visibility", "may_be_photographed"),
)
ONE_EACH: tuple[type[models.Model], ...] = (Needs, Journey, Passport)
MANY: tuple[type[models.Model], ...] = (Consent, Note, Offer, PersonalLink, Reveal, Step)
WAITS = (State.PENDING, State.WAITLISTED)
GONE = (State.DECLINED, State.WITHDRAWN)


@transaction.atomic
def merge(*, survivor: Participant, other: Participant, taken: Iterable[str] = (), by: User, at: dt.datetime | None = None) -> Participant:
    """Put ``other`` into ``survivor`` with the columns ``taken`` from it; returns the survivor.

    At one meeting what hangs on the other moves, its place too, and the other stays as withdrawn, for its history. Of two
    meetings both registrations stay and the accounts become one. Raises CannotMerge, WrongState or MeetingFull.
    """
    now = at or timezone.now()
    meeting = locked_meeting(survivor.meeting_id, at=now)
    rows = {pk: locked(pk) for pk in sorted((survivor.pk, other.pk))}  # in one order, whichever of the two an officer keeps
    stays, goes = rows[survivor.pk], rows[other.pk]
    refuse_merge(stays, goes)
    if stays.meeting_id == goes.meeting_id:
        merge_registrations(stays, goes, [name for name in CHOICES if name in set(taken)], meeting, by=by, at=now)
    else:
        unite_accounts(stays, goes, by=by)
    security_log.record("merged", by=by, about=stays, other=goes)
    return stays


@transaction.atomic
def tell_apart(*, first: Participant, second: Participant, by: User, at: dt.datetime | None = None) -> None:
    """Remember that two registrations are two people's. Doing it twice changes nothing."""
    one, other = sorted((first, second), key=lambda participant: participant.pk)
    NotSame.objects.get_or_create(first=one, second=other, defaults={"by": by, "at": at or timezone.now()})


def refuse_merge(stays: Participant, goes: Participant) -> None:
    """Raise WrongState or CannotMerge where two registrations cannot become one."""
    for one in (stays, goes):
        if one.is_erased or one.state == State.UNCONFIRMED or Merge.objects.filter(other=one).exists():
            raise errors.WrongState
    if stays.pk == goes.pk or (stays.user_id == goes.user_id and stays.user_id):
        raise errors.CannotMerge
    if stays.meeting_id == goes.meeting_id and stays.state in GONE and goes.state not in GONE:
        raise errors.CannotMerge(errors.CannotMerge.keep_the_other)


def merge_registrations(stays: Participant, goes: Participant, taken: list[str], meeting: Meeting, *, by: User, at: dt.datetime) -> None:
    """Everything of ``goes`` that its person still needs becomes that of ``stays``."""
    held, was_confirmed = holds_a_place(stays) + holds_a_place(goes), goes.state == State.CONFIRMED
    keeps, loses = (goes.user, stays.user) if "email" in taken and goes.user else (stays.user, goes.user)
    if not goes_together({name: getattr(goes if name in taken else stays, name) for name in ("category", "country")}):
        raise errors.CannotMerge(errors.CannotMerge.no_country)
    values, address = {name: getattr(goes, name) for name in taken}, stays.email
    nomination = goes.nomination if stays.nomination_id is None else None
    close_offer(goes, Answer.ENDED, at=at)
    close_step(goes, Step.Outcome.ENDED, by=by, at=at)
    hang_on(stays, goes)
    leaving.unite(goes, stays)
    give_way(goes, free_address="email" in taken, free_nomination=nomination is not None, by=by, at=at)
    for name, value in {**values, **protection(stays, goes), "user": keeps}.items():
        setattr(stays, name, value)
    stays.nomination = nomination or stays.nomination
    stays.registered_at = min(filter(None, (stays.registered_at, goes.registered_at)))
    save(stays, by=by, reason="merged")
    if "email" in taken:
        goes.email = address
        save(goes, by=by, reason="merged")
    Merge.objects.create(survivor=stays, other=goes, by=by, at=at, taken=taken)
    note_consents(stays, how=Consent.How.OFFICE, by=by, at=at)
    if was_confirmed and stays.state in WAITS and has_room_for(stays, meeting):
        give_place(stays, by=by, at=at, reason="merged")
    if stays.state != State.CONFIRMED:
        leaving.leave_place(stays, by=by, at=at)
    hand_on_what_is_free(stays, held, meeting, by=by, at=at)
    empty_account(keeps, loses, by=by)
    if stays.is_protected:
        mails.hide_earlier(stays)


def goes_together(values: Mapping[str, Any]) -> bool:
    """False for somebody sent by a state without a country."""
    return values["country"] is not None or values["category"] not in {*Category.states(), Category.HOST}


def hand_on_what_is_free(stays: Participant, held: int, meeting: Meeting, *, by: User, at: dt.datetime) -> None:
    """Offer the next in line what two registrations held and one does not. Raises MeetingFull when it holds more than they did."""
    freed = held - holds_a_place(stays)
    if freed < 0 and not has_room_after(meeting):
        raise errors.MeetingFull
    if freed > 0:
        hand_on(meeting, by=by, at=at, most=freed)


def has_room_after(meeting: Meeting) -> bool:
    """True while no more places are taken than there are, the one just taken included."""
    return meeting.capacity is None or taken_places(meeting) <= meeting.capacity


def hang_on(stays: Participant, goes: Participant) -> None:
    """Move what hangs on ``goes``. A trace is not changed but for whose it is, so this goes past its ``update``."""
    for model in ONE_EACH:
        if not models.QuerySet(model).filter(participant=stays).exists():
            models.QuerySet(model).filter(participant=goes).update(participant=stays)
    PersonalLink.objects.filter(participant=goes).usable(timezone.now()).update(revoked_at=timezone.now())
    Merge.objects.filter(survivor=goes).update(survivor=stays)
    for model in MANY:
        models.QuerySet(model).filter(participant=goes).update(participant=stays)
    Message.objects.filter(reference=goes.reference).update(reference=stays.reference)
    Look.objects.filter(reference=goes.reference).rename(stays.reference)


def give_way(goes: Participant, *, free_address: bool, free_nomination: bool, by: User, at: dt.datetime) -> None:
    """Withdraw the other one without a mail and without an account."""
    goes.user = None
    if free_address:
        goes.email = ""
    if free_nomination:
        goes.nomination = None
    move(goes, State.WITHDRAWN, by=by, at=at, reason="merged")
    goes.state_reason = ""
    save(goes, by=by, reason="merged")
    leave_nomination(goes, by=by, at=at)


def protection(stays: Participant, goes: Participant) -> dict[str, object]:
    """Whoever is protected in one of two registrations is so in the one that stays."""
    return {
        "is_protected": stays.is_protected or goes.is_protected,
        "asks_protection": stays.asks_protection or goes.asks_protection,
        "alias": stays.alias or goes.alias,
    }


def unite_accounts(stays: Participant, goes: Participant, *, by: User) -> None:
    """Let both registrations belong to the account of the first. Raises CannotMerge where both accounts came to one meeting."""
    keeps, loses = stays.user, goes.user
    if keeps is None:
        raise errors.CannotMerge
    if loses is None:
        goes.user = keeps
        return save(goes, by=by, reason="merged")
    meetings = Participant.objects.filter(user=keeps).values("meeting")
    if Participant.objects.filter(user=loses, meeting__in=meetings).exists():
        raise errors.CannotMerge(errors.CannotMerge.same_meeting)
    empty_account(keeps, loses, by=by)
    return None


def empty_account(keeps: User | None, loses: User | None, *, by: User) -> None:
    """Move the registrations of one account to another, as far as that has none for the same meeting, and end its sessions.

    It stays on: whoever proves its address signs in and can register, and finds nothing of the other account there.
    """
    if keeps is None or loses is None or keeps == loses:
        return
    taken = set(Participant.objects.filter(user=keeps).values_list("meeting", flat=True))
    for pk in list(Participant.objects.filter(user=loses).exclude(meeting__in=taken).values_list("pk", flat=True)):
        moved = locked(pk)
        moved.user = keeps
        save(moved, by=by, reason="merged")
    has_more = loses.is_staff or Correspondent.objects.filter(user=loses).exists()
    if not has_more and not Participant.objects.filter(user=loses).exists():
        sessions.end_all(user=loses)
