"""Who exported which list, and who was shown a protected name: rows that nobody edits."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.text import PersonTextField
from meetings.models import Meeting
from participants.models.participant import Participant


class ExportRecord(models.Model):
    """One list that left the system."""

    made_at = models.DateTimeField(_("when"), default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    channel = models.CharField(pgettext_lazy("channel", "from"), max_length=20, default="admin", help_text=_("admin or command line"))
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meeting"))
    purpose = models.CharField(_("purpose"), max_length=30)
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    options = models.JSONField(_("options"), default=dict, blank=True)
    protected_names = models.BooleanField(_("with protected names"), default=False)
    rows = models.PositiveIntegerField(
        _("rows"), null=True, blank=True, help_text=_("Empty while it is under way, or when it was broken off.")
    )

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("export ledger")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d %H:%M}"


class Reveal(models.Model):
    """One look at a protected participant's real name."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reveals", verbose_name=_("participant"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    reason = PersonTextField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("look at a protected name")
        verbose_name_plural = _("looks at protected names")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.participant} {self.made_at:%Y-%m-%d %H:%M}"
