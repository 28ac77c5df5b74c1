"""What people agreed to, and took back: rows that are added and never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.trace import Trace, TraceQuerySet
from participants.models.participant import Participant


class ConsentQuerySet(TraceQuerySet):
    """Questions about the log."""

    def latest(self, participant: Participant) -> "dict[str, Consent]":  # type: ignore[override]
        """The last row of each kind about this registration."""
        return {row.what: row for row in self.filter(participant=participant).order_by("at", "pk")}

    def mark(self, participant: Participant) -> int:
        """Another number whenever the log about this registration has grown; 0 while it is empty."""
        return self.filter(participant=participant).aggregate(newest=models.Max("pk"))["newest"] or 0


class Consent(Trace):
    """One thing that somebody agreed to or took back, with the version of the notice that told them what it means.

    Both rows stay: that it was given, and that it was withdrawn. They leave with the registration.
    """

    class What(models.TextChoices):
        """A wish to be protected is none of these: the name is hidden because it must be, not because somebody agrees."""

        NOTICE = "notice", _("The privacy notice was read")
        ENTRY = "entry", _("To be on the list of participants")
        NAME = "name", _("Your name on the list of participants")
        PHOTOGRAPHS = "photographs", _("To be photographed at the meeting")
        NEEDS = "needs", _("What you need at table and to take part")

    class How(models.TextChoices):
        FORM = "form", _("on the registration form")
        OWN_PAGE = "own_page", _("on their own page")
        OFFICE = "office", _("by the secretariat, on request")
        IMPORT = "import", _("taken over from earlier records")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents", verbose_name=_("participant"))
    what = models.CharField(_("what"), max_length=20, choices=What)
    is_given = models.BooleanField(_("agreed"), help_text=_("No: it was taken back."))
    at = models.DateTimeField(_("when"), default=timezone.now)
    how = models.CharField(_("how"), max_length=10, choices=How)
    notice = models.CharField(_("privacy notice"), max_length=20, blank=True, help_text=_("The version they read."))
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("log of consents")
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=("at", "id"), name="consent_by_time")]

    def __str__(self) -> str:
        return f"{self.what} {'+' if self.is_given else '-'} {self.at:%Y-%m-%d %H:%M}"
