"""Presence: who was there, per half-day and per session, as scanned or corrected by hand."""

import datetime as dt
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.text import PersonCharField
from meetings.models import Meeting, Session
from participants.models import Participant

SECOND_HALF_BEGINS = dt.time(13)


class Half(models.TextChoices):
    """Half of a day on the venue's clock; the second begins at 13.00."""

    MORNING = "am", _("Morning")
    AFTERNOON = "pm", _("Afternoon")


def half_of(moment: dt.datetime, meeting: Meeting) -> tuple[dt.date, str]:
    """The day and half of the day that a moment falls in, on the venue's clock."""
    there = moment.astimezone(meeting.zone)
    return there.date(), Half.MORNING if there.time() < SECOND_HALF_BEGINS else Half.AFTERNOON


class Slot(NamedTuple):
    """What presence is recorded for: a half-day, or a session with the half-day in which it begins."""

    day: dt.date
    half: str
    session: Session | None = None

    @property
    def half_day(self) -> "Slot":
        """The half-day alone."""
        return self._replace(session=None)

    @property
    def key(self) -> str:
        """Its name on a device: "2017-12-12/am", or "s7" for a session."""
        return f"s{self.session.pk}" if self.session else f"{self.day}/{self.half}"


def slot_of(session: Session) -> Slot:
    """The slot of a session; the meeting must be at hand."""
    return Slot(*half_of(session.starts_at, session.meeting), session)


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Questions about presence."""

    def in_slot(self, slot: Slot) -> Self:
        """What is recorded for one half-day or one session."""
        return self.filter(session=slot.session) if slot.session else self.of_days().filter(day=slot.day, half=slot.half)

    def present(self) -> Self:
        """Those who were there."""
        return self.filter(status=CheckIn.Status.PRESENT)

    def of_days(self) -> Self:
        """Presence per half-day, which days attended and certificates are counted from."""
        return self.filter(session=None)

    def half_days(self) -> int:
        """How many half-days of presence that is."""
        return self.of_days().present().count()

    def days(self) -> list[dt.date]:
        """The days with at least one half-day of presence, in order."""
        return list(self.of_days().present().order_by("day").values_list("day", flat=True).distinct())


class CheckIn(models.Model):
    """What is recorded of one participant for one half-day or one session: the latest word; the history has the rest."""

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        ABSENT = "absent", _("Absent")
        APOLOGISED = "apologised", _("Apologised")
        SUBSTITUTED = "substituted", _("Substituted")

    class Source(models.TextChoices):
        SCAN = "scan", _("Badge scanned")
        SEARCH = "search", _("Found by name at the desk")
        HAND = "hand", _("Recorded by hand")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="check_ins", verbose_name=_("participant"))
    day = models.DateField(_("day"))
    half = models.CharField(_("half of the day"), max_length=2, choices=Half)
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="check_ins", verbose_name=_("session")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PRESENT)
    substitute = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="stood_in", verbose_name=_("who came instead")
    )
    source = models.CharField(_("how"), max_length=8, choices=Source, default=Source.SCAN)
    at = models.DateTimeField(_("when"), default=timezone.now)
    place = PersonCharField(_("desk"), max_length=100, blank=True)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = PersonCharField(_("reason of the correction"), max_length=300, blank=True)

    objects = CheckInQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presence")
        ordering = ("day", "half", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("participant", "day", "half"),
                condition=Q(session__isnull=True),
                name="check_in_once_per_half_day",
                violation_error_message=_("This half-day is recorded already."),
            ),
            models.UniqueConstraint(
                fields=("participant", "session"),
                condition=Q(session__isnull=False),
                name="check_in_once_per_session",
                violation_error_message=_("This session is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(source="hand") | ~Q(reason=""),
                name="check_in_by_hand_has_reason",
                violation_error_message=_("Say why it is recorded by hand."),
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | Q(status="substituted"),
                name="check_in_substitute_of_the_substituted",
                violation_error_message=_("Somebody comes only instead of a person who is recorded as substituted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"
