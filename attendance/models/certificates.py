"""Certificates of attendance: what was certified to whom, and the code by which anybody can check it."""

import datetime as dt
import secrets
from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.text import PersonCharField
from attendance.models.presence import CheckIn
from participants.models import Participant
from participants.models.participant import REFERENCE_LETTERS

GROUP, GROUPS = 4, 4


def new_code() -> str:
    """Sixteen letters that are not misread on paper: 73 random bits, so that nobody finds a certificate by trying."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(GROUP * GROUPS))


def normal_code(typed: str) -> str:
    """A code as it is kept, however it was typed off: small letters, hyphens and spaces do not matter."""
    return typed.upper().replace("-", "").replace(" ", "").strip()


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Questions about certificates."""

    def standing(self) -> Self:
        """Those not taken back."""
        return self.filter(revoked_at=None)


class Certificate(models.Model):
    """One certificate in one language; the days it certifies are those that were recorded when it was issued."""

    class Standing(models.TextChoices):
        VALID = "valid", pgettext_lazy("certificate", "valid")
        OUTDATED = "outdated", _("not valid: what is recorded has changed since")
        REPLACED = "replaced", _("not valid: replaced, or the person gave up the place")
        TAKEN_BACK = "taken_back", pgettext_lazy("certificate", "taken back")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="certificates", verbose_name=_("participant"), editable=False
    )
    code = models.CharField(_("check code"), max_length=16, unique=True, default=new_code, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=User.Language, editable=False)
    days = models.JSONField(_("days certified"), default=list, editable=False)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now, editable=False)
    issued_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
        editable=False,
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)
    revoked_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
        editable=False,
    )
    reason = PersonCharField(_("reason"), max_length=300, blank=True, default="", db_default="", editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-issued_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("participant", "language"),
                condition=Q(revoked_at__isnull=True),
                name="certificate_one_standing_per_language",
                violation_error_message=_("There is a certificate in this language already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.shown_code}"

    def get_absolute_url(self) -> str:
        return reverse("certificate", args=[self.shown_code])

    @property
    def shown_code(self) -> str:
        """The code in groups, as it is printed: BCDF-GHJK-LMNP-QRTV."""
        return "-".join(self.code[start : start + GROUP] for start in range(0, len(self.code), GROUP))

    @property
    def dates(self) -> list[dt.date]:
        """The days certified, in order."""
        return [dt.date.fromisoformat(day) for day in self.days]

    @property
    def is_valid(self) -> bool:
        """True while it is not taken back and presence is still recorded on each day that it certifies."""
        return self.standing_given(days_attended(self.participant)) == self.Standing.VALID

    def standing_given(self, attended: Collection[dt.date]) -> "Certificate.Standing":
        """What it is worth, to whoever knows on which days the person was there."""
        if self.revoked_at:
            return self.Standing.TAKEN_BACK if self.reason or self.revoked_by_id else self.Standing.REPLACED
        return self.Standing.VALID if set(self.dates) <= set(attended) else self.Standing.OUTDATED


def days_attended(participant: Participant) -> list[dt.date]:
    """The days on which somebody was present for at least a half-day, in order."""
    return CheckIn.objects.filter(participant=participant).days()
