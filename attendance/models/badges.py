"""Badges: each with a code of its own, so that one made again makes the old one void."""

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models import Participant

CODE_BYTES = 16  # 128 random bits: nobody guesses one
PREFIX = "PG:"  # stands before the code in the QR code, so that other codes are told apart; all of it fits its alphanumeric mode


def new_code() -> str:
    """A code for a badge: random, and fit for a small QR code."""
    return secrets.token_hex(CODE_BYTES).upper()


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Questions about badges."""

    def valid(self) -> Self:
        """Those that open a door: one for each person."""
        return self.filter(voided_at=None)


class Badge(models.Model):
    """One badge of one participant."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="badges", verbose_name=_("participant"))
    code = models.CharField(_("code"), max_length=32, unique=True, default=new_code, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True, editable=False)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("participant",),
                condition=Q(voided_at__isnull=True),
                name="badge_one_valid",
                violation_error_message=_("This person has a valid badge already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    @property
    def payload(self) -> str:
        """What the QR code on the badge says."""
        return f"{PREFIX}{self.code}"
