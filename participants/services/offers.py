"""Answers to offers of a place, and the sweeps that end what nobody answered."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from correspondence.models import Message
from meetings.models import Meeting
from participants import errors, mails
from participants.models import Offer, Participant, PersonalLink
from participants.services.links import find_personal_link
from participants.services.places import Answer, give_place, leave, locked_meeting, offer_to
from participants.services.states import State, locked


def find_offer_link(*, token: str, at: dt.datetime | None = None) -> PersonalLink:
    """The link behind an offer, good until the meeting has begun; raises what ``find_personal_link`` raises."""
    return find_personal_link(token=token, purpose=PersonalLink.Purpose.ANSWER_OFFER, at=at)


def accept_offer(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Take the place that is offered. A second click changes nothing. Raises OfferLapsed or NothingOffered.

    Whoever comes too late stands in line again and overtakes nobody; were they the next, a new offer is running already.
    """
    now = at or timezone.now()
    settle(participant.meeting_id, at=now)  # a transaction of its own: what lapsed stays so when this is refused
    with transaction.atomic():
        locked_meeting(participant.meeting_id, at=now)
        current = locked(participant.pk)
        if current.state == State.CONFIRMED:
            return current
        refuse_unoffered(current)
        give_place(current, by=by, at=now, answer=Answer.ACCEPTED, reason="offer accepted")
        note_use(current, at=now)
    return current


def refuse_offer(*, participant: Participant, by: User | None, at: dt.datetime | None = None) -> Participant:
    """Say no to a place, which withdraws the registration; the place goes on at once. Raises OfferLapsed or NothingOffered."""
    now = at or timezone.now()
    settle(participant.meeting_id, at=now)
    with transaction.atomic():
        meeting = locked_meeting(participant.meeting_id, at=now)
        current = locked(participant.pk)
        if current.state == State.WITHDRAWN:
            return current
        refuse_unoffered(current)
        leave(current, State.WITHDRAWN, meeting, by=by, at=now, reason="", answer=Answer.REFUSED)
        mails.tell_withdrawn(current)
        note_use(current, at=now)
    return current


def refuse_unoffered(participant: Participant) -> None:
    """Raise unless a place is offered to this person now."""
    if offer_to(participant):
        return
    last = Offer.objects.filter(participant=participant).first()
    raise errors.OfferLapsed if last and last.answer == Answer.LAPSED else errors.NothingOffered


def note_use(participant: Participant, *, at: dt.datetime) -> None:
    """Write down that the links of offers were used, whichever way the answer came."""
    links = PersonalLink.objects.filter(participant=participant, purpose=PersonalLink.Purpose.ANSWER_OFFER, used_at=None)
    links.usable(at).update(used_at=at)


# --- sweeps ---


@transaction.atomic
def settle(meeting_pk: int, *, at: dt.datetime) -> None:
    """Let every offer of a meeting whose time has passed go on to the next in line."""
    locked_meeting(meeting_pk, at=at)


def settle_offers(at: dt.datetime | None = None) -> int:
    """Settle every meeting with an offer whose time has passed; returns how many meetings."""
    now = at or timezone.now()
    late = set(Offer.objects.due(now).order_by().values_list("participant__meeting", flat=True))
    for meeting_pk in sorted(late):
        settle(meeting_pk, at=now)
    return len(late)


def tell_left_without_place(at: dt.datetime | None = None) -> int:
    """Tell everybody who still waits on a meeting's first day that there is no place for them, once; returns how many.

    A meeting that was over before anybody looked is left alone.
    """
    now = at or timezone.now()
    around = now.date()
    meetings = Meeting.objects.filter(starts_on__lte=around + dt.timedelta(days=1), ends_on__gte=around - dt.timedelta(days=1))
    told = 0
    for meeting in meetings:
        if meeting.phase(now) == Meeting.Phase.RUNNING:
            told += tell_those_of(meeting, at=now)
    return told


@transaction.atomic
def tell_those_of(meeting: Meeting, *, at: dt.datetime) -> int:
    """Tell those of one meeting who were not told yet."""
    current = locked_meeting(meeting.pk, at=at)
    mailed = Message.objects.filter(reference=OuterRef("reference"), kind=mails.WITHOUT_PLACE)
    waiting = Participant.objects.filter(meeting=current).waiting_line().exclude(email="").exclude(Exists(mailed))
    people = list(waiting.select_related("meeting"))
    for participant in people:
        mails.tell_without_place(participant)
    return len(people)
