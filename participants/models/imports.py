"""The ledger of lists that came in, each from the moment its file was read; and how the columns of earlier files were matched."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from meetings.models import Meeting
from participants.models.participant import Participant

KEPT = dt.timedelta(days=1)  # a file that nobody goes on with
LEASE = dt.timedelta(minutes=15)  # for writing one list; the largest takes a tenth of it
MOST_ATTEMPTS = 3
REASON = "import "


class ImportRecordQuerySet(models.QuerySet["ImportRecord"]):
    """Questions about imports."""

    def of(self, user: User) -> "ImportRecordQuerySet":
        """Those of one member of staff: nobody goes on with somebody else's file."""
        return self.filter(made_by=user)

    def ended(self) -> "ImportRecordQuerySet":
        """Those that are written or given up; the others have a file that somebody still works on."""
        return self.exclude(stage__in=[ImportRecord.Stage.OPEN, *ImportRecord.UNDER_WAY])

    def forgotten(self, at: dt.datetime) -> "ImportRecordQuerySet":
        """Those that nobody went on with for a day."""
        return self.filter(stage=ImportRecord.Stage.OPEN, touched_at__lt=at - KEPT)

    def abandoned(self, at: dt.datetime) -> "ImportRecordQuerySet":
        """Those whose worker died: they were to be written, and their lease is over."""
        return self.filter(stage__in=ImportRecord.UNDER_WAY, lease_until__lt=at)


class ImportRecord(models.Model):
    """One list that came in: who brought it, for which meeting, what was in it and what became of it.

    It holds no name: of the file its hash, which tells whether a file is the same; who came with it says the change history.
    """

    class Stage(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("Being looked at")
        QUEUED = "queued", _("Waiting to be written")
        RUNNING = "running", _("Being written")
        DONE = "done", pgettext_lazy("import", "Written")
        FAILED = "failed", pgettext_lazy("import", "Failed, nothing written")
        CANCELLED = "cancelled", pgettext_lazy("import", "Given up, nothing written")

    UNDER_WAY = (Stage.QUEUED, Stage.RUNNING)

    made_at = models.DateTimeField(_("when"), default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    channel = models.CharField(pgettext_lazy("channel", "from"), max_length=20, default="admin", help_text=_("admin or command line"))
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting"))
    kind = models.CharField(_("kind of file"), max_length=10)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    stage = models.CharField(pgettext_lazy("import", "stage"), max_length=10, choices=Stage, default=Stage.OPEN)
    new_state = models.CharField(_("new people arrive"), max_length=12)
    default_sector = models.CharField(max_length=30, blank=True)
    with_mails = models.BooleanField(_("with mails"), default=False)
    fields = models.JSONField(_("columns"), default=list)
    counts = models.JSONField(_("rows"), default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    stored_as = models.CharField(max_length=60, blank=True)  # in private storage, until the import has ended
    touched_at = models.DateTimeField(default=timezone.now)
    checked = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ImportRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("import ledger")
        ordering = ("-made_at",)
        indexes = [models.Index(fields=("stage", "lease_until"), name="import_by_stage")]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """True while its rows can be looked at and mended."""
        return self.stage == self.Stage.OPEN

    @property
    def is_under_way(self) -> bool:
        """True from the moment it was told to be written until it is, or failed."""
        return self.stage in self.UNDER_WAY

    @property
    def change_reason(self) -> str:
        """What the change history says of everybody whom it entered or changed."""
        return f"{REASON}{self.pk}"

    @classmethod
    def keys_of(cls, people: Iterable[int]) -> list[int]:
        """The imports that entered or changed these participants, by primary key."""
        lines = Participant.history.filter(id__in=people, history_change_reason__startswith=REASON)
        reasons = set(lines.values_list("history_change_reason", flat=True))
        return sorted(int(reason.removeprefix(REASON)) for reason in reasons if reason.removeprefix(REASON).isdecimal())


class ColumnMatch(models.Model):
    """How the columns of a file were matched the last time; a file with the same headings begins with it."""

    headings_key = models.CharField(max_length=64, unique=True)
    fields = models.JSONField(default=list)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("match of columns")
        verbose_name_plural = _("matches of columns")

    def __str__(self) -> str:
        return self.headings_key[:12]
