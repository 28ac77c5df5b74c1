"""Evaluations: one answer from each person who was at the meeting, kept apart from who gave it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from attendance.models import Evaluated, EvaluationAnswer
from attendance.models.evaluation import QUESTIONS
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
    person = locked(participant.pk)
    if person.state != Participant.State.CONFIRMED:
        raise WrongState
    if person.meeting.phase(at or timezone.now()) != Meeting.Phase.OVER:
        raise MeetingNotOver
    if has_answered(person):
        raise AnsweredAlready
    kept = {name: said.get(name) or None for name in QUESTIONS}
    words = {name: said.get(name, "") for name in ("comment", "topics")}
    if not any([*kept.values(), *words.values()]):
        raise NothingAnswered
    EvaluationAnswer.objects.create(meeting=person.meeting, **kept, **words)
    Evaluated.objects.create(participant=person)


def has_answered(participant: Participant) -> bool:
    return Evaluated.objects.filter(participant=participant).exists()
