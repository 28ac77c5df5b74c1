"""How long is kept what has a clock of its own: what the doors recorded, and the words of evaluations."""

from typing import Any

from django.db.models import QuerySet

from accounts.retention import Clock, Rows
from attendance.models import Device, EvaluationAnswer, Scan
from attendance.models.desk import KEPT_DAYS
from participants.retention import after_meeting

# Whatever the clock of registrations says: a month is long enough to settle who was where.
SCANS = Rows("attendance.scan", Scan.objects.all, after_meeting("device__meeting"), days=KEPT_DAYS)
DEVICES = Rows("attendance.device", Device.objects.all, after_meeting("meeting"), days=KEPT_DAYS)


def due(rows: QuerySet[Any], clock: Clock) -> QuerySet[Any]:
    return rows.filter(meeting__ends_on__lt=clock.before_day)


def let_go_of_words(rows: QuerySet[Any]) -> int:
    """Empty the words, in which somebody may be named; the marks belong to nobody and stay."""
    return rows.update(comment="", topics="")


WORDS = Rows("attendance.evaluationanswer", lambda: EvaluationAnswer.objects.exclude(comment="", topics=""), due, let_go_of_words)
