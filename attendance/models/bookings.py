"""Seats in sessions, the queue for them, and ranked wishes."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models import Meeting, Session
from participants.models import Participant


class BookingQuerySet(models.QuerySet["Booking"]):
    """Questions about bookings."""

    def seated(self) -> Self:
        """Those who have a seat."""
        return self.filter(state=Booking.State.SEAT)

    def queue(self) -> Self:
        """Those who wait for a seat, the first in line first."""
        return self.filter(state=Booking.State.QUEUE).order_by("queued_at", "pk")

    def standing(self) -> Self:
        """Those with a seat or in the queue."""
        return self.filter(state__in=[Booking.State.SEAT, Booking.State.QUEUE])


class Booking(models.Model):
    """One participant's seat in a session, or place in its queue. The state changes only in ``attendance.services``."""

    class State(models.TextChoices):
        SEAT = "seat", _("Has a seat")
        QUEUE = "queue", _("In the queue")
        GIVEN_UP = "given_up", _("Given up")
        TAKEN_BACK = "taken_back", _("Taken back")

    class Origin(models.TextChoices):
        PERSON = "person", _("Booked by the participant")
        STAFF = "staff", _("Booked by the secretariat")
        QUEUE = "queue", _("Moved up from the queue")
        ALLOCATION = "allocation", _("Allocated by wishes")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("session"))
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="bookings", verbose_name=_("participant"))
    state = models.CharField(_("status"), max_length=10, choices=State, editable=False)
    origin = models.CharField(_("how"), max_length=10, choices=Origin, default=Origin.PERSON, editable=False)
    queued_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)

    objects = BookingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ("session", "queued_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("session", "participant"),
                condition=Q(state__in=["seat", "queue"]),
                name="booking_one_standing",
                violation_error_message=_("This person has a seat or a place in the queue already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"


class Wish(models.Model):
    """One participant's ranked wish for a session; 1 is what they want most."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="wishes", verbose_name=_("session"))
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="wishes", verbose_name=_("participant"))
    rank = models.PositiveSmallIntegerField(_("rank"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ("participant", "rank")
        constraints = [
            models.UniqueConstraint(
                fields=("participant", "session"),
                name="wish_session_once",
                violation_error_message=_("This session is among the wishes already."),
            ),
            models.UniqueConstraint(
                fields=("participant", "rank"),
                name="wish_rank_once",
                violation_error_message=_("Two wishes have the same rank."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"


class Allocation(models.Model):
    """One run that places ranked wishes: drawn with a seed, shown, and applied or not."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="allocations", verbose_name=_("meeting"))
    seed = models.CharField(_("seed"), max_length=40)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    counts = models.JSONField(_("figures"), default=dict, blank=True)

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"
