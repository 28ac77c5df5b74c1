"""Notes of the secretariat about a registration: dated, signed, added and never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.trace import Trace, TraceQuerySet
from accounts.text import PersonTextField
from participants.models.participant import Participant


class Note(Trace):
    """One note. In no mail and no list that leaves; it goes when the registration is erased."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="note_rows", verbose_name=_("participant"))
    text = PersonTextField(_("note"), max_length=2000)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of the secretariat")
        verbose_name_plural = _("notes of the secretariat")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"
