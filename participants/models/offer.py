"""A place offered to somebody on the waiting list, and what they answered."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models.participant import Participant


class OfferQuerySet(models.QuerySet["Offer"]):
    """Questions about offers."""

    def running(self) -> Self:
        """Those not answered: each holds a place, until it is written down that it lapsed."""
        return self.filter(answer="")

    def due(self, at: dt.datetime) -> Self:
        """Those whose time has passed without an answer, the earliest first."""
        return self.running().filter(lapses_at__lte=at).order_by("lapses_at", "pk")


class Offer(models.Model):
    """One place held for one person until they answer or the time passes. Written only in ``participants.services``."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        LAPSED = "lapsed", _("Not answered in time")
        ENDED = "ended", _("No longer needed")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="offers", verbose_name=_("participant"))
    offered_at = models.DateTimeField(_("offered"), default=timezone.now)
    lapses_at = models.DateTimeField(_("to be answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True, default="")

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a place")
        verbose_name_plural = _("offers of places")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("participant",),
                condition=Q(answer=""),
                name="offer_one_running",
                violation_error_message=_("A place is offered to this person already."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="offer_answer_has_time",
                violation_error_message=_("An answer has its time, and only an answer."),
            ),
            models.CheckConstraint(
                condition=Q(lapses_at__gt=F("offered_at")),
                name="offer_lapses_later",
                violation_error_message=_("An offer lapses after it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    def is_running(self, at: dt.datetime) -> bool:
        """True while it can be accepted."""
        return not self.answer and at < self.lapses_at

    def close(self, answer: str, *, at: dt.datetime) -> None:
        """The one assignment of an answer."""
        self.answer, self.answered_at = answer, at
        self.save(update_fields=["answer", "answered_at"])
