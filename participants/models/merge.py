"""Registrations of the same person that were put together, and pairs that are not the same person."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models.participant import Participant


class Merge(models.Model):
    """The trace of a merge: which registration stayed, which gave way, who decided and which columns were taken over."""

    survivor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="merges", verbose_name=_("stays"))
    other = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="merged_into", verbose_name=_("gave way"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    taken = models.JSONField(_("taken over"), default=list)  # names of columns, never what stood in them

    class Meta:
        verbose_name = _("merge of registrations")
        verbose_name_plural = _("merges of registrations")
        ordering = ("-at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(survivor=F("other")),
                name="merge_of_two",
                violation_error_message=_("A registration is not merged with itself."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"


class NotSame(models.Model):
    """Two registrations that look like one person and are two; remembered, so that nobody is asked again."""

    first = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+", verbose_name=_("first"))
    second = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+", verbose_name=_("second"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("two people who look like one")
        verbose_name_plural = _("pairs of people who look like one")
        constraints = [
            models.UniqueConstraint(fields=("first", "second"), name="not_same_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="not_same_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"
