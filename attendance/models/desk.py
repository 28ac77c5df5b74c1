"""The desk at the door: the devices that may be one, and every scan they made."""

import datetime as dt
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.text import PersonCharField
from accounts.tokens import hash_of
from attendance.models.badges import Badge
from attendance.models.presence import Half
from meetings.models import Meeting, Session
from participants.models import Participant

KEPT_DAYS = 30  # of scans and devices, after the last day of the meeting: long enough to settle who was where


def new_salt() -> str:
    """What the codes on one device are hashed with: a copy of its list is of no use for another list."""
    return secrets.token_hex(16)


class DeviceQuerySet(models.QuerySet["Device"]):
    """Questions about devices."""

    def find(self, token: str, *, slug: str) -> "Device | None":
        """The device whose link has this token, whether it still opens anything or not."""
        return self.select_related("meeting").filter(token_hash=hash_of(token), meeting__slug=slug).first()


class Device(models.Model):
    """One telephone or laptop at one door of one meeting. Its link and PIN are not stored, only hashes of them.

    ``session_key`` changes each time the PIN is entered, so that one link is one device: the last that was opened.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="devices", verbose_name=_("meeting"))
    name = PersonCharField(_("name of the door"), max_length=40, help_text=_("As others read it: “Door A”, “Workshop room 2”."))
    confirms = models.BooleanField(
        _("gives free places to walk-ins"),
        default=False,
        help_text=_("Somebody registered at this door has a place at once while one is free. Otherwise the secretariat decides."),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    pin_hash = models.CharField(max_length=200, editable=False)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    session_key = models.CharField(max_length=32, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(_("last contact"), null=True, blank=True, editable=False)
    offset_ms = models.BigIntegerField(_("clock is behind by, in milliseconds"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("access ended"), null=True, blank=True, editable=False)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in device")
        verbose_name_plural = _("check-in devices")
        ordering = ("-made_at", "-pk")
        permissions = [("use_desk", _("Can check people in at the door"))]
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "name"),
                condition=Q(revoked_at__isnull=True),
                name="device_name_once",
                violation_error_message=_("Another device of this meeting has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> list[dt.date]:
        """The days on which it works: the day before the meeting, for tests, and the meeting's days."""
        return [self.meeting.starts_on - dt.timedelta(days=1), *self.meeting.days]

    @property
    def ends_at(self) -> dt.datetime:
        """When access ends by itself: at midnight after the last day, on the venue's clock."""
        after = self.meeting.ends_on + dt.timedelta(days=1)
        return dt.datetime.combine(after, dt.time(), tzinfo=self.meeting.zone)

    def state(self, at: dt.datetime) -> str:
        """In one word: revoked, over, early or open."""
        if self.revoked_at is not None:
            return "revoked"
        today = self.meeting.today(at)
        if today > self.days[-1]:
            return "over"
        return "early" if today < self.days[0] else "open"

    def is_a_test(self, day: dt.date) -> bool:
        """True for a day before the meeting: its scans are answered and kept, and nobody becomes present by them."""
        return day < self.meeting.starts_on


class Answer(models.TextChoices):
    """What the desk shows."""

    GREEN = "green", _("Welcome")
    AMBER = "amber", _("Already in")
    RED = "red", _("Not admitted")


class Reason(models.TextChoices):
    """Why a scan was answered amber or red."""

    NONE = "", ""
    ALREADY_IN = "already_in", _("Already in")
    UNKNOWN = "unknown", _("This code is on no badge of ours")
    OLD_BADGE = "old_badge", _("Old badge: a new one was made")
    OTHER_MEETING = "other_meeting", _("Badge of another meeting")
    OTHER_YEAR = "other_year", _("Badge of another year")
    WITHDRAWN = "withdrawn", _("Has withdrawn")
    NOT_CONFIRMED = "not_confirmed", _("Has no confirmed place")
    NOT_ADMITTED = "not_admitted", _("Not admitted to this session")


class ScanQuerySet(models.QuerySet["Scan"]):
    """Questions about scans."""

    def letting_in(self) -> Self:
        """Those by which somebody is in, and that were not undone."""
        return self.filter(answer__in=[Answer.GREEN, Answer.AMBER], undone_at=None)


class Scan(models.Model):
    """One scan as it was made on a device and answered here. Its number comes from the device, so that sent twice it is one.

    Nothing of a code that is on no badge is kept. ``at`` is the device's time set right by ``offset_ms``.
    """

    class How(models.TextChoices):
        BADGE = "badge", _("Badge scanned")
        SEARCH = "search", _("Found by name")
        WALK_IN = "walk_in", _("Registered at the door")

    id = models.UUIDField(_("number"), primary_key=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="scans", verbose_name=_("check-in device"))
    badge = models.ForeignKey(Badge, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("badge"))
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="scans", verbose_name=_("participant")
    )
    day = models.DateField(_("day"))
    half = models.CharField(_("half of the day"), max_length=2, choices=Half)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("session"))
    how = models.CharField(_("how"), max_length=8, choices=How, default=How.BADGE)
    device_at = models.DateTimeField(_("time on the device"))
    offset_ms = models.BigIntegerField(_("clock is behind by, in milliseconds"), default=0)
    at = models.DateTimeField(_("when"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    answer = models.CharField(_("answer"), max_length=5, choices=Answer)
    reason = models.CharField(_("reason"), max_length=14, choices=Reason, blank=True, default=Reason.NONE)
    first_at = models.DateTimeField(_("in since"), null=True, blank=True)  # as answered with amber
    first_place = models.CharField(_("in by"), max_length=100, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ("-received_at", "pk")
        constraints = [
            # Two doors never both let somebody in first.
            models.UniqueConstraint(
                fields=("participant", "day", "half"),
                condition=Q(answer="green", undone_at__isnull=True, session__isnull=True),
                name="scan_first_once_per_half_day",
                violation_error_message=_("Somebody else was first."),
            ),
            models.UniqueConstraint(
                fields=("participant", "session"),
                condition=Q(answer="green", undone_at__isnull=True, session__isnull=False),
                name="scan_first_once_per_session",
                violation_error_message=_("Somebody else was first."),
            ),
            models.CheckConstraint(
                condition=Q(answer="red") | Q(participant__isnull=False),
                name="scan_lets_in_somebody",
                violation_error_message=_("Nobody is let in without being known."),
            ),
        ]
        indexes = [models.Index(fields=("device", "received_at"), name="scan_by_device")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
