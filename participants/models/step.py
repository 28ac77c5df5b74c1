"""Steps on the way to a decision: proposals that another officer confirms, and registrations on hold; and the reasons there are."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.text import PersonTextField
from meetings.languages import Bilingual
from participants.models.participant import Participant

Mark = Participant.Mark


class Reason(models.Model):
    """A reason the secretariat gives often: its name for the office, and what a mail says of it in each language.

    What was written with it stays as it was when the row changes; one that is no longer wanted is switched off.
    """

    class Use(models.TextChoices):
        DECLINE = "decline", _("to decline")
        WITHDRAW = "withdraw", _("to withdraw on somebody's behalf")
        HOLD = "hold", _("to put on hold")

    code = models.SlugField(_("code"), max_length=30, unique=True)
    use = models.CharField(_("used"), max_length=10, choices=Use)
    label_en = models.CharField(_("name (English)"), max_length=80)
    label_fr = models.CharField(_("name (French)"), max_length=80)
    text_en = PersonTextField(_("text of the mail (English)"), max_length=600)
    text_fr = PersonTextField(_("text of the mail (French)"), max_length=600)
    is_active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    label = Bilingual()

    class Meta:
        verbose_name = _("reason for a decision")
        verbose_name_plural = _("reasons for decisions")
        ordering = ("use", "position", "code")

    def __str__(self) -> str:
        return self.label.text

    def text_in(self, language: str) -> str:
        """What the mail says to somebody who reads that language."""
        return str(self.text_fr if language == "fr" else self.text_en)


class StepQuerySet(models.QuerySet["Step"]):
    """Questions about steps."""

    def open(self) -> Self:
        """Those that wait for an answer or an end."""
        return self.filter(outcome=Step.Outcome.OPEN)


class Step(models.Model):
    """One proposal or one time on hold, with what became of it. Written only by ``participants.services``."""

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("step", "Open")
        CONFIRMED = "confirmed", pgettext_lazy("step", "Confirmed")
        SENT_BACK = "sent_back", pgettext_lazy("step", "Sent back")
        ENDED = "ended", pgettext_lazy("step", "Ended")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="steps", verbose_name=_("participant"))
    kind = models.CharField(_("step"), max_length=10, choices=Mark)
    code = models.ForeignKey(Reason, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reason"))
    reason = PersonTextField(_("reason in words"), blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    made_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    answer = PersonTextField(_("answer"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a decision")
        verbose_name_plural = _("steps of decisions")
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("participant",),
                condition=Q(outcome="open"),
                name="step_one_open",
                violation_error_message=_("Something is under way about this registration already."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed") | Q(made_by__isnull=True) | Q(closed_by__isnull=True) | ~Q(closed_by=F("made_by")),
                name="step_confirmed_by_another",
                violation_error_message=_("Nobody confirms their own proposal."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", closed_at__isnull=True) | (~Q(outcome="open") & Q(closed_at__isnull=False)),
                name="step_closed_has_time",
                violation_error_message=_("A step that is closed has the time it was closed, and only then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    @property
    def is_hold(self) -> bool:
        """True for a time on hold, false for a proposal."""
        return self.kind == Mark.HOLD
