"""A place on its way from one member of a delegation to a colleague."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models.participant import Participant


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Questions about hand-overs."""

    def running(self) -> Self:
        """Those that are neither done nor over."""
        return self.filter(ending="")


class HandOver(models.Model):
    """Somebody asks a colleague to come in their stead. Until the colleague confirms, the place stays where it is.

    ``to`` is the colleague's form, whose address is not proven yet; there is none where that address is registered already, which
    whoever hands over is not told.
    """

    class Ending(models.TextChoices):
        TAKEN = "taken", _("Taken by the colleague")
        TAKEN_BACK = "taken_back", _("Taken back")
        ENDED = "ended", _("No longer possible")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="hand_overs", verbose_name=_("from"))
    to = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="taken_over", verbose_name=_("colleague")
    )
    email = models.EmailField(_("address of the colleague"), blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    ends_at = models.DateTimeField(_("to be confirmed by"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True, default="")

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over of a place")
        verbose_name_plural = _("hand-overs of places")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("participant",),
                condition=Q(ending=""),
                name="hand_over_one_running",
                violation_error_message=_("This place is being handed over already."),
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_at__isnull=True) | (~Q(ending="") & Q(ended_at__isnull=False)),
                name="hand_over_ending_has_time",
                violation_error_message=_("A hand-over that ended has its time, and only then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    def end(self, ending: str, *, at: dt.datetime) -> None:
        """The one assignment of an ending."""
        self.ending, self.ended_at = ending, at
        self.save(update_fields=["ending", "ended_at"])
