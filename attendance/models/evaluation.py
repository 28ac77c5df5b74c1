"""The evaluation after a meeting: answers that belong to nobody, and beside them who has answered.

Nothing joins the two tables. An answer has no participant, no time and a random key, so that neither the order of the rows
nor that of the keys says whose it is. The other table is only there to take one answer from each. Answers are shown in
batches of ENOUGH, and each is written again with those that wait for their batch, so that not even the database's own marks
on its rows tell which came when.
"""

import secrets
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.text import PersonTextField
from meetings.models import Meeting
from participants.models import Participant

ENOUGH = 5  # answers; fewer could be told apart by whoever knows who answered
LEAST, MOST = 1, 5
QUESTIONS = ("content", "speakers", "exchange", "interpretation", "organisation")
LABELS: dict[str, Any] = {
    "content": _("The content was useful for your work"),
    "speakers": _("The speakers and moderators were well chosen"),
    "exchange": _("There was room for exchange with others"),
    "interpretation": _("Languages and interpretation worked well"),
    "organisation": _("Organisation, venue and information were good"),
}
MOST_WORDS = 2_000


def random_key() -> int:
    """A key that says nothing of the order in which answers came."""
    return secrets.randbelow(2**53)


def mark(name: str) -> models.PositiveSmallIntegerField:
    """A mark from 1 to 5; empty where somebody did not answer the question."""
    return models.PositiveSmallIntegerField(
        LABELS[name], null=True, blank=True, validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)]
    )


class EvaluationAnswer(models.Model):
    """What one person said of one meeting, without who and when."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="evaluation_answers", verbose_name=_("meeting"))
    content = mark("content")
    speakers = mark("speakers")
    exchange = mark("exchange")
    interpretation = mark("interpretation")
    organisation = mark("organisation")
    comment = PersonTextField(_("comment"), max_length=MOST_WORDS, blank=True)
    topics = PersonTextField(_("topics for next year"), max_length=MOST_WORDS, blank=True)
    is_shown = models.BooleanField(_("in the results"), default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = _("answer to an evaluation")
        verbose_name_plural = _("answers to evaluations")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (LEAST, MOST)}),
                name=f"evaluation_{name}_from_1_to_5",
                violation_error_message=_("Marks go from 1 to 5."),
            )
            for name in QUESTIONS
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}"


class Evaluated(models.Model):
    """That somebody has answered, so that nobody answers twice. Not when."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="evaluated", verbose_name=_("participant"))

    class Meta:
        verbose_name = _("evaluation given")
        verbose_name_plural = _("evaluations given")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"
