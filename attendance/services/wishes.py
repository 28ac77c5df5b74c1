"""Ranked wishes: kept as a whole, in place of those before."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from attendance.entry import reason_against
from attendance.models import Wish
from attendance.refusals import BookingClosed, NotAdmitted, NothingToBook, SameRank
from meetings.models import Session
from participants.models import Participant
from participants.services.states import locked


@transaction.atomic
def rank(*, participant: Participant, ranks: Mapping[Session, int], at: dt.datetime | None = None) -> int:
    """Keep somebody's wishes: for each session the rank, 1 being what they want most; returns how many.

    Raises SameRank, NothingToBook, BookingClosed or NotAdmitted.
    """
    now = at or timezone.now()
    person = locked(participant.pk)
    if len(set(ranks.values())) < len(ranks):
        raise SameRank
    for session in ranks:
        refuse_wish(session, person, at=now)
    Wish.objects.filter(participant=person).delete()
    order = sorted(ranks, key=lambda session: ranks[session])
    Wish.objects.bulk_create(Wish(participant=person, session=session, rank=number, at=now) for number, session in enumerate(order, 1))
    return len(order)


def refuse_wish(session: Session, person: Participant, *, at: dt.datetime) -> None:
    """Raise why this session cannot be wished for."""
    if session.booking != Session.Booking.WISHES:
        raise NothingToBook
    if (session.booking_opens_at and at < session.booking_opens_at) or at >= (session.booking_closes_at or session.starts_at):
        raise BookingClosed
    if reason := reason_against(session, person):
        raise NotAdmitted(reason)
