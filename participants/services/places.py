"""Places: counted, offered, given and handed on while the caller holds the lock on the meeting's row (door two)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from meetings.audiences import Category
from meetings.models import Meeting
from participants import mails
from participants.models import Offer, Participant, PersonalLink
from participants.services.nominees import leave_nomination
from participants.services.states import State, locked, move

Answer = Offer.Answer
MOST_LAPSED = 2  # offers that somebody leaves unanswered before the registration is withdrawn


def locked_meeting(pk: int, *, at: dt.datetime) -> Meeting:
    """The meeting with its row locked, after every offer whose time has passed went on to the next in line."""
    meeting = Meeting.objects.locked(pk)
    close_lapsed(meeting, at=at)
    return meeting


# --- counting ---


def taken_places(meeting: Meeting) -> int:
    """How many places are given, or held for somebody to whom one is offered."""
    in_need = Participant.objects.filter(meeting=meeting, category__in=Category.counting())
    return in_need.confirmed().count() + in_need.with_offer().count()


def free_places(meeting: Meeting) -> int | None:
    """How many places are free; None where there is no limit, never below zero."""
    return None if meeting.capacity is None else max(0, meeting.capacity - taken_places(meeting))


def holds_a_place(participant: Participant) -> bool:
    """True when somebody's place counts towards the capacity."""
    return participant.state == State.CONFIRMED and participant.category in Category.counting()


def keeps_a_place(participant: Participant) -> bool:
    """True for somebody who holds a place that counts, or for whom one is held."""
    return holds_a_place(participant) or (participant.category in Category.counting() and offer_to(participant) is not None)


def has_room_for(participant: Participant, meeting: Meeting) -> bool:
    """True when a place is free, or held for this person, or when this category takes none."""
    free = free_places(meeting)
    return free is None or free > 0 or participant.category not in Category.counting() or offer_to(participant) is not None


def offer_to(participant: Participant) -> Offer | None:
    """The offer somebody has not answered."""
    return Offer.objects.running().filter(participant_id=participant.pk).first() if participant.state == State.WAITLISTED else None


# --- giving ---


def give_place_or_queue(participant: Participant, meeting: Meeting, *, by: User | None, at: dt.datetime) -> None:
    """Confirm, or put on the waiting list when no place is free, and tell the person."""
    if has_room_for(participant, meeting):
        give_place(participant, by=by, at=at)
    else:
        move(participant, State.WAITLISTED, by=by, at=at)
        mails.tell_waitlisted(participant)


def give_place(participant: Participant, *, by: User | None, at: dt.datetime, answer: str = Answer.ENDED, reason: str = "") -> None:
    """Confirm and tell the person; an offer they had is closed."""
    close_offer(participant, answer, at=at)
    move(participant, State.CONFIRMED, by=by, at=at, reason=reason)
    mails.tell_confirmed(participant)


def leave(
    participant: Participant,
    state: str,
    meeting: Meeting,
    *,
    by: User | None,
    at: dt.datetime,
    reason: str,
    answer: str = Answer.ENDED,
) -> None:
    """Move out of the meeting, and hand on the place that was held or offered."""
    kept_a_place = keeps_a_place(participant)
    close_offer(participant, answer, at=at)
    move(participant, state, by=by, at=at, reason=reason)
    leave_nomination(participant, by=by, at=at)
    if kept_a_place:
        hand_on(meeting, by=by, at=at, most=1)


def hand_on(meeting: Meeting, *, by: User | None, at: dt.datetime, most: int | None = None) -> list[Participant]:
    """Offer a place to the next in line while places are free, at most ``most`` of them; returns who got an offer or a place.

    Once the meeting has begun nobody is called up any more: those who wait were told that they have no place.
    """
    if at >= meeting.begins_at:
        return []
    in_need = Participant.objects.filter(meeting=meeting, category__in=Category.counting())
    line = in_need.exclude(pk__in=in_need.with_offer().values("pk")).waiting_line().values_list("pk", flat=True)
    free = free_places(meeting)
    limit = min(n for n in (free, most, line.count()) if n is not None)
    called = [locked(pk) for pk in list(line[:limit])]
    for participant in called:
        call_up(participant, meeting, by=by, at=at)
    return called


def call_up(participant: Participant, meeting: Meeting, *, by: User | None, at: dt.datetime) -> None:
    """Offer a place, or give it where the meeting asks nobody; so too to somebody without an address to ask at."""
    if not meeting.offer_hours or not participant.email:
        give_place(participant, by=by, at=at, reason="a place came free")
        return
    lapses_at = min(at + dt.timedelta(hours=meeting.offer_hours), meeting.begins_at)
    offer = Offer.objects.create(participant=participant, offered_at=at, lapses_at=lapses_at)
    purpose, expires_at = PersonalLink.Purpose.ANSWER_OFFER, meeting.begins_at + dt.timedelta(days=1)
    mails.offer_place(participant, offer, token=PersonalLink.issue(participant, purpose=purpose, expires_at=expires_at))


# --- offers that end ---


def close_offer(participant: Participant, answer: str, *, at: dt.datetime) -> None:
    """Write down how the offer ended that somebody had, if any."""
    if offer := offer_to(participant):
        offer.close(answer, at=at)


def close_lapsed(meeting: Meeting, *, at: dt.datetime) -> None:
    """Write down which offers lapsed, put those people at the end of their category, and offer the places to the next.

    Nobody is offered a place for ever: with the second offer that lapses the registration is withdrawn.
    """
    late = list(Offer.objects.due(at).filter(participant__meeting=meeting))
    people = []
    for offer in late:
        offer.close(Answer.LAPSED, at=offer.lapses_at)
        people.append(locked(offer.participant_id))
    for participant in people:
        if lapses_of(participant) >= MOST_LAPSED:
            withdraw_silent(participant, at=at)
    if late:
        hand_on(meeting, by=None, at=at, most=len(late))
    if at < meeting.begins_at:
        for offer in late:
            participant = locked(offer.participant_id)  # read again: the next in line may be the same person, and have a place now
            if participant.state == State.WAITLISTED and not offer_to(participant):
                mails.tell_offer_lapsed(participant, offer)


def lapses_of(participant: Participant) -> int:
    """How many offers somebody left unanswered since they registered, or registered again."""
    since = Q(answered_at__gt=participant.registered_at)
    return Offer.objects.filter(since, participant=participant, answer=Answer.LAPSED).count()


def withdraw_silent(participant: Participant, *, at: dt.datetime) -> None:
    """Withdraw somebody who never answers; the reason is in their language, because they read it."""
    with override(participant.language):
        reason = _("Two offers of a place were not answered.")
    move(participant, State.WITHDRAWN, by=None, at=at, reason=reason)
    leave_nomination(participant, by=None, at=at)
    mails.tell_withdrawn(participant)


@transaction.atomic
def fill_free_places(*, meeting: Meeting, by: User | None, at: dt.datetime | None = None) -> list[Participant]:
    """Offer every free place to the next in line: after the capacity was raised. Returns those who got an offer or a place."""
    now = at or timezone.now()
    return hand_on(locked_meeting(meeting.pk, at=now), by=by, at=now)
