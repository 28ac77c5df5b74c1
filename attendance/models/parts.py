"""Who speaks, moderates and reports in a session, and who was let in by name."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.text import PersonCharField, PersonTextField
from meetings.models import Session
from participants.models import Participant


class PartQuerySet(models.QuerySet["Part"]):
    """Questions about who does what."""

    def in_order(self) -> Self:
        """As the programme names them, with what a face needs."""
        return self.select_related("participant", "participant__sector", "participant__country").order_by("role", "order", "pk")


class Part(models.Model):
    """What one person does in one session: a participant, or a guest who is not registered."""

    class Role(models.TextChoices):
        SPEAKER = "1_speaker", _("Speaker")
        MODERATOR = "2_moderator", _("Moderator")
        RAPPORTEUR = "3_rapporteur", _("Rapporteur")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts", verbose_name=_("session"))
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.SPEAKER)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="parts", verbose_name=_("participant")
    )
    guest_name = PersonCharField(_("name of the guest"), max_length=200, blank=True)
    guest_words = PersonCharField(_("function and organisation of the guest"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = PartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("part in a session")
        verbose_name_plural = _("parts in sessions")
        ordering = ("session", "role", "order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=False, guest_name="") | (Q(participant__isnull=True) & ~Q(guest_name="")),
                name="part_participant_or_guest",
                violation_error_message=_("Choose a participant, or give the name of a guest: one of the two."),
            ),
            models.UniqueConstraint(
                fields=("session", "role", "participant"),
                condition=Q(participant__isnull=False),
                name="part_once_per_role",
                violation_error_message=_("This person has this role in the session already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"


class Admission(models.Model):
    """One participant let into a session by name, whatever their family and category."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="admissions", verbose_name=_("session"))
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="admissions", verbose_name=_("participant"))
    reason = PersonTextField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("admission by name")
        verbose_name_plural = _("admissions by name")
        ordering = ("session", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("session", "participant"),
                name="admission_once",
                violation_error_message=_("This person is let in already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"
