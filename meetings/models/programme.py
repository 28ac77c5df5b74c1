"""The programme of a meeting: rooms and sessions on the venue's clock."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.text import PersonCharField, PersonTextField
from meetings.audiences import Family
from meetings.languages import Bilingual
from meetings.models.meeting import Meeting


class Room(models.Model):
    """A room of the venue, with its seats and its working languages."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rooms", verbose_name=_("meeting"))
    name_en = PersonCharField(_("name (English)"), max_length=100)
    name_fr = PersonCharField(_("name (French)"), max_length=100, blank=True)
    seats = models.PositiveIntegerField(_("seats"))
    has_interpretation = models.BooleanField(_("English–French interpretation"), default=False)

    name = Bilingual()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ("name_en",)
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "name_en"),
                name="room_once_per_meeting",
                violation_error_message=_("This meeting has a room of that name."),
            )
        ]

    def __str__(self) -> str:
        return self.name.text

    def clean(self) -> None:
        """A room is never smaller than a session in it says that it is."""
        if self.pk and self.seats is not None and (larger := list(self.sessions.held().filter(seats__gt=self.seats).in_order())):
            named = "; ".join(_("“%(title)s” (%(seats)s)") % {"title": session, "seats": session.seats} for session in larger)
            text = _("Sessions in this room have more seats than that; lower theirs first: %(sessions)s.")
            raise ValidationError({"seats": text % {"sessions": named}})


class SessionQuerySet(models.QuerySet["Session"]):
    """Questions about the sessions of a programme."""

    def held(self) -> "SessionQuerySet":
        """Those that take place: not the cancelled ones."""
        return self.filter(is_cancelled=False)

    def in_order(self) -> "SessionQuerySet":
        """With their rooms, by time, then room."""
        return self.select_related("room").order_by("starts_at", "ends_at", "room__name_en", "pk")

    def locked(self, keys: Iterable[int]) -> "dict[int, Session]":
        """These sessions by key, their rows locked until the transaction ends: whoever gives or frees seats goes through here."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("meeting", "room").filter(pk__in=set(keys))
        return {session.pk: session for session in rows.order_by("pk")}  # in one order, so that no two wait for one another

    def side_by_side(self, session: "Session") -> "SessionQuerySet":
        """Those of its meeting that run at the same time for a while, itself left out."""
        rows = self.filter(meeting=session.meeting_id, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
        return rows.exclude(pk=session.pk)


class Session(models.Model):
    """One item of the programme."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("Plenary")
        WORKSHOP = "workshop", _("Workshop")
        CLOSED = "closed", _("Closed session")
        BREAK = "break", _("Break")
        SOCIAL = "social", _("Social event")

    class Label(models.TextChoices):
        """The Traffic Light Protocol, version 2.0 (FIRST, August 2022); its words are never translated."""

        RED = "TLP:RED", "TLP:RED"
        AMBER_STRICT = "TLP:AMBER+STRICT", "TLP:AMBER+STRICT"
        AMBER = "TLP:AMBER", "TLP:AMBER"
        GREEN = "TLP:GREEN", "TLP:GREEN"
        CLEAR = "TLP:CLEAR", "TLP:CLEAR"

    class Booking(models.TextChoices):
        """How seats are given."""

        NONE = "none", _("No booking: everybody admitted may come")
        SEATS = "seats", _("Seats are taken directly")
        WISHES = "wishes", _("Wishes are ranked, then seats are allocated")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("meeting"))
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PLENARY)
    title_en = PersonCharField(_("title (English)"), max_length=200)
    title_fr = PersonCharField(_("title (French)"), max_length=200, blank=True)
    abstract_en = PersonTextField(_("abstract (English)"), blank=True)
    abstract_fr = PersonTextField(_("abstract (French)"), blank=True)
    # Empty since those who speak are parts of their own; the column goes with the next release.
    speakers = PersonTextField(_("speakers"), blank=True, help_text=_("One a line: name, function, organisation."))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    families = models.JSONField(
        _("families admitted"), default=list, blank=True, help_text=_("For a closed session: the families of sectors that may enter.")
    )
    categories = models.JSONField(
        _("categories admitted"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("In what capacity people may attend; none ticked means any."),
    )
    languages = models.JSONField(_("working languages"), default=list, db_default=[], blank=True)
    is_interpreted = models.BooleanField(_("interpreted"), default=False, db_default=False)
    label = models.CharField(_("TLP label"), max_length=16, choices=Label, blank=True, default="", db_default="")
    seats = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Never more than the room has. Empty: as many as the room has.")
    )
    booking = models.CharField(_("booking"), max_length=6, choices=Booking, default=Booking.NONE, db_default="none")
    booking_opens_at = models.DateTimeField(_("booking opens"), null=True, blank=True)
    booking_closes_at = models.DateTimeField(_("booking closes"), null=True, blank=True)
    enforcement_seats = models.PositiveIntegerField(_("seats kept for law enforcement"), null=True, blank=True)
    industry_seats = models.PositiveIntegerField(_("seats kept for the private sector"), null=True, blank=True)
    shares_until = models.DateTimeField(
        _("kept until"), null=True, blank=True, help_text=_("From then on, seats kept for one side are for anybody admitted.")
    )
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        db_default=False,
        help_text=_(
            "It stays here, with its bookings, and is no longer in the programme. "
            "Those who booked or have a part in it are told when it is published."
        ),
    )
    is_chatham_house = models.BooleanField(
        _("Chatham House Rule"), default=False, help_text=_("What is said may be used; who said it, or who was there, may not be told.")
    )

    # Of those who speak, as a version tells them apart without naming them; None where nobody looked.
    marks: tuple[str, ...] | None = None

    objects = SessionQuerySet.as_manager()
    history = HistoricalRecords()

    title = Bilingual()
    abstract = Bilingual()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("The session ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.title.text

    def clean(self) -> None:
        if self.room and self.room.meeting_id != self.meeting_id:
            raise ValidationError({"room": _("This room belongs to another meeting.")})
        if unknown := set(self.families) - set(Family.values):
            raise ValidationError({"families": _("Unknown family: %(name)s.") % {"name": ", ".join(sorted(map(str, unknown)))}})
        self.clean_seats()
        if self.booking_opens_at and self.booking_closes_at and self.booking_closes_at <= self.booking_opens_at:
            raise ValidationError({"booking_closes_at": _("Booking closes before it opens.")})

    def clean_seats(self) -> None:
        """Seats are never more than the room has, nor those kept for two sides more than all."""
        if self.room and self.seats is not None and self.seats > self.room.seats:
            raise ValidationError({"seats": _("The room has only %(n)s seats.") % {"n": self.room.seats}})
        kept = (self.enforcement_seats or 0) + (self.industry_seats or 0)
        if kept and self.seats_in_all is not None and kept > self.seats_in_all:
            text = _("Together more seats are kept (%(kept)s) than there are (%(all)s).")
            raise ValidationError({"industry_seats": text % {"kept": kept, "all": self.seats_in_all}})
        if kept and self.shares_until is None:
            raise ValidationError({"shares_until": _("Say until when the seats are kept.")})

    @property
    def is_closed(self) -> bool:
        """True when only the families named may know what it is about."""
        return self.kind == self.Kind.CLOSED

    @property
    def names_may_be_told(self) -> bool:
        """True when the speakers may be printed: not under the Chatham House Rule."""
        return not self.is_chatham_house

    def is_open_to(self, families: Collection[str]) -> bool:
        """True when somebody of one of these families may see the title, speakers and papers; visitors pass none."""
        return not self.is_closed or bool(set(self.families) & set(families))

    @property
    def seats_in_all(self) -> int | None:
        """How many may sit in it: as it says itself, else as its room has; None where neither says."""
        if self.seats is not None:
            return self.seats
        return self.room.seats if self.room else None

    def local_start(self) -> dt.datetime:
        """The start on the venue's clock."""
        return self.starts_at.astimezone(self.meeting.zone)

    def local_end(self) -> dt.datetime:
        """The end on the venue's clock."""
        return self.ends_at.astimezone(self.meeting.zone)
