"""Versions of a programme: what the public reads stays as it was published until the next version is."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.text import PersonTextField
from meetings.languages import Bilingual
from meetings.models.meeting import Meeting


class ProgrammeVersionQuerySet(models.QuerySet["ProgrammeVersion"]):
    """Questions about versions of programmes."""

    def public(self) -> Self:
        """Those the public read, the latest first; a draft is kept for the secretariat."""
        return self.exclude(stage=ProgrammeVersion.Stage.DRAFT).order_by("-published_at", "-pk")


class ProgrammeVersion(models.Model):
    """A programme as it stood at a moment. It never changes, and holds no names: who speaks is read from the sessions of today."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _lazy("Draft")
        PROVISIONAL = "provisional", _lazy("Provisional")
        FINAL = "final", _lazy("Final")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="programme_versions", verbose_name=_lazy("meeting"))
    stage = models.CharField(_lazy("stage"), max_length=12, choices=Stage, default=Stage.PROVISIONAL)
    number = models.PositiveSmallIntegerField(_lazy("revision"))
    snapshot = models.JSONField(_lazy("sessions"), default=list, editable=False)
    note_en = PersonTextField(_lazy("note (English)"), blank=True)
    note_fr = PersonTextField(_lazy("note (French)"), blank=True)
    published_at = models.DateTimeField(_lazy("when"), default=timezone.now)
    published_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_lazy("by")
    )

    objects = ProgrammeVersionQuerySet.as_manager()

    note = Bilingual()

    class Meta:
        verbose_name = _lazy("version of the programme")
        verbose_name_plural = _lazy("versions of the programme")
        ordering = ("-published_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "stage", "number"),
                name="programme_version_numbered_once",
                violation_error_message=_lazy("There is a version with this number."),
            )
        ]

    def __str__(self) -> str:
        return _("%(stage)s, revision %(number)s") % {"stage": self.Stage(self.stage).label, "number": self.number}

    @property
    def is_public(self) -> bool:
        """True when the public read it while it is the latest."""
        return self.stage != self.Stage.DRAFT
