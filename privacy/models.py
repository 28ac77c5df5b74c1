"""How long each class of personal data is kept, the notice as it was published, and the ledgers of what was purged and erased."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from accounts.models.trace import Trace, TraceQuerySet
from accounts.personal_data import DataClass
from meetings.dates import day, moment

LEAST_DAYS, MOST_DAYS = 1, 3650


class RetentionPeriod(models.Model):
    """For how many days one class of data is kept; from when they count is fixed, see ``privacy.retention``."""

    data_class = models.CharField(_("what"), max_length=20, choices=DataClass, unique=True, editable=False)
    days = models.PositiveSmallIntegerField(
        _("days"),
        validators=[MinValueValidator(LEAST_DAYS), MaxValueValidator(MOST_DAYS)],
        help_text=_("From 1 to 3650, which is ten years."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=LEAST_DAYS, days__lte=MOST_DAYS),
                name="retention_between_a_day_and_ten_years",
                violation_error_message=_("A retention period is between 1 and 3650 days."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_data_class_display())


class PurgeRun(models.Model):
    """One look at the clocks: what was due, and what became of it. Numbers only, no names."""

    class Channel(models.TextChoices):
        NIGHTLY = "nightly", _("nightly")
        COMMAND = "command", _("command line")

    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    night = models.DateField(_("night"), null=True, blank=True, unique=True, help_text=_("One nightly run for each day."))
    only = models.CharField(_("only"), max_length=20, choices=DataClass, blank=True)
    is_dry = models.BooleanField(_("dry run"), default=False, help_text=_("Counted, nothing deleted."))
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True, help_text=_("Empty while it is under way or was broken off."))
    counts: Any = models.JSONField(_("what went"), default=dict, blank=True)
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {moment(timezone.localtime(self.started_at))}"


class Erasure(models.Model):
    """One person, or the registrations of one purge, that no name leads to any more. Holds keys and numbers, nothing personal."""

    class Purpose(models.TextChoices):
        REQUEST = "request", _("on request")
        RETENTION = "retention", _("time is over")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # the same in a backup and in the list kept beside it
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    purpose = models.CharField(_("why"), max_length=10, choices=Purpose)
    account: Any = models.PositiveBigIntegerField(_("key of the account"), null=True, blank=True)
    registrations: Any = models.JSONField(_("keys of the registrations"), default=list, blank=True)
    references: Any = models.JSONField(_("new references"), default=list, blank=True)
    marks: Any = models.JSONField(null=True, blank=True, editable=False)  # key of a registration → what proves that row
    counts: Any = models.JSONField(_("what went"), default=dict, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ("-made_at", "-pk")
        permissions = [("erase_person", _("Can erase what is kept of a person"))]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {moment(timezone.localtime(self.made_at))}"


class ErasureRequest(models.Model):
    """Somebody asked on their own pages to be erased. The secretariat decides; the row goes when it is done or taken back."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="erasure_request", verbose_name=_("account"))
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("request to be erased")
        verbose_name_plural = _("requests to be erased")
        ordering = ("made_at",)

    def __str__(self) -> str:
        return f"#{self.user_id} {day(timezone.localtime(self.made_at))}"


class NoticeVersion(Trace):
    """The privacy notice as it was published: both languages, word for word. The latest is in force; registrations name the one read."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"))
    digest = models.CharField(_("fingerprint"), max_length=64, help_text=_("SHA-256 of both texts."))
    published_at = models.DateTimeField(_("in force from"), default=timezone.now)
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ("-published_at", "-pk")
        get_latest_by = ("published_at", "pk")

    def __str__(self) -> str:
        return self.version

    def text_in(self, language: str) -> str:
        """The text in that language; it is HTML that this program wrote itself."""
        return self.text_fr if language == "fr" else self.text_en
