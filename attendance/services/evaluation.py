"""Evaluations: one answer from each person who was at the meeting, kept apart from who gave it."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from attendance.models import Evaluated, EvaluationAnswer
from attendance.models.evaluation import ENOUGH, QUESTIONS, random_key
from attendance.refusals import AnsweredAlready, MeetingNotOver, NothingAnswered
from meetings.models import Meeting
from participants.errors import WrongState
from participants.models import Participant
from participants.services.states import locked


@transaction.atomic
def answer(*, participant: Participant, said: Mapping[str, Any], at: dt.datetime | None = None) -> None:
    """Keep what somebody said, and apart from it that they answered; nothing joins the two, and nobody can take it back.

    Raises WrongState for whoever has no place, MeetingNotOver, AnsweredAlready or NothingAnswered.
    """
    meeting = Meeting.objects.select_for_update().get(pk=participant.meeting_id)  # answers of one meeting are written one after the other
    person = locked(participant.pk)
    if person.state != Participant.State.CONFIRMED:
        raise WrongState
    if meeting.phase(at or timezone.now()) != Meeting.Phase.OVER:
        raise MeetingNotOver
    if has_answered(person):
        raise AnsweredAlready
    kept = {name: said.get(name) or None for name in QUESTIONS}
    words = {name: said.get(name, "") for name in ("comment", "topics")}
    if not any([*kept.values(), *words.values()]):
        raise NothingAnswered
    keep(EvaluationAnswer(meeting=meeting, **kept, **words))
    Evaluated.objects.create(participant=person)


def keep(new: EvaluationAnswer) -> None:
    """Write an answer, and with it anew those that wait to be shown: under new keys, in random order. ENOUGH of them are shown together.

    Who reads the results before and after somebody answered sees no difference, or one of ENOUGH answers. The rows that wait
    bear the mark of one transaction, the last, whatever the database notes on them. The caller holds the lock on the meeting.
    """
    waiting = EvaluationAnswer.objects.filter(meeting=new.meeting, is_shown=False)
    together = [new, *waiting]
    waiting.delete()
    secrets.SystemRandom().shuffle(together)
    for answer in together:
        answer.pk, answer.is_shown = random_key(), len(together) >= ENOUGH
    EvaluationAnswer.objects.bulk_create(together)


def has_answered(participant: Participant) -> bool:
    return Evaluated.objects.filter(participant=participant).exists()
