"""One edition of the expert meeting."""

import datetime as dt
import re
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from accounts.models import User
from accounts.text import PersonCharField, PersonTextField
from meetings.languages import Bilingual

MOST_OFFER_HOURS = 14 * 24


def validate_timezone(name: str) -> None:
    """Raise ValidationError unless ``name`` is in the IANA time zone database."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:  # the name becomes a path: a folder, or one that is too long
        raise ValidationError(_("Not a time zone of the IANA database, such as Europe/Dublin."), code="timezone") from error


def validate_days(text: str) -> None:
    """Raise ValidationError unless ``text`` is a short list of numbers of days, such as "14, 3, 0"."""
    if not re.fullmatch(r"\d{1,3}(\s*,\s*\d{1,3}){0,5}", text.strip(), flags=re.ASCII):
        raise ValidationError(_("Numbers of days with commas between them, at most six: 14, 3, 0."), code="days")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about many meetings; those about time take the moment as an argument."""

    def published(self) -> "MeetingQuerySet":
        """Meetings the public may see."""
        return self.filter(is_published=True)

    def coming(self, on: dt.date) -> "MeetingQuerySet":
        """Meetings not over on that day, the next first."""
        return self.filter(ends_on__gte=on).order_by("starts_on")

    def past(self, on: dt.date) -> "MeetingQuerySet":
        """Meetings over on that day, the latest first."""
        return self.filter(ends_on__lt=on).order_by("-starts_on")

    def locked(self, pk: int) -> "Meeting":
        """The meeting with its row locked until the transaction ends: whoever gives or frees places goes through here."""
        return self.select_for_update(no_key=True).get(pk=pk)  # new registrations may point at the row meanwhile


class Meeting(models.Model):
    """One edition, "Dublin 2017". Year, ordinal and slug name it for good; its dates may move."""

    class Phase(models.TextChoices):
        """Where a meeting stands at a moment, worked out from its dates."""

        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Registration open")
        CLOSED = "closed", _("Registration closed")
        RUNNING = "running", _("Under way")
        OVER = "over", _("Over")

    year = models.PositiveSmallIntegerField(_("year"), help_text=_("The edition's year; it stays when the dates move."))
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), unique=True, help_text=_("5 for the fifth annual meeting."))
    slug = models.SlugField(_("address"), unique=True, help_text=_("As in /meetings/dublin-2017/. Do not change it once published."))
    code = models.SlugField(_("reference code"), max_length=12, unique=True, help_text=_("Starts every reference number: CYB17."))
    title_en = PersonCharField(_("title (English)"), max_length=200)
    title_fr = PersonCharField(_("title (French)"), max_length=200, blank=True)
    city_en = PersonCharField(_("city (English)"), max_length=100)
    city_fr = PersonCharField(_("city (French)"), max_length=100, blank=True)
    host_country = CountryField(_("host country"))
    venue_en = PersonCharField(_("venue (English)"), max_length=200, blank=True)
    venue_fr = PersonCharField(_("venue (French)"), max_length=200, blank=True)
    venue_address = PersonTextField(_("venue address"), blank=True)
    timezone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris", validators=[validate_timezone])

    planned_starts_on = models.DateField(_("first day as first planned"))
    planned_ends_on = models.DateField(_("last day as first planned"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    frozen_on = models.DateField(
        _("freeze date"), null=True, blank=True, help_text=_("From this day on participants no longer change their own answers.")
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Leave empty for no limit."))
    needs_approval = models.BooleanField(_("registrations need approval"), default=True)
    decides_twice = models.BooleanField(
        _("two officers decide"),
        default=False,
        db_default=False,
        help_text=_("One proposes to approve, to queue or to decline; another confirms or sends back. Nothing is mailed before."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer the offer of a place"),
        default=48,
        db_default=48,
        validators=[MaxValueValidator(MOST_OFFER_HOURS)],
        help_text=_("A place that comes free is offered to the next in line and held for so long. 0: it is given at once, without asking."),
    )

    summary_en = PersonTextField(_("summary (English)"), blank=True)
    summary_fr = PersonTextField(_("summary (French)"), blank=True)
    audience_en = PersonTextField(_("who may come (English)"), blank=True)
    audience_fr = PersonTextField(_("who may come (French)"), blank=True)
    practical_en = PersonTextField(_("practical information (English)"), blank=True)
    practical_fr = PersonTextField(_("practical information (French)"), blank=True)
    contact_name = PersonCharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    contact_phone = PersonCharField(_("contact telephone"), max_length=40, blank=True)
    is_published = models.BooleanField(_("published"), default=False)

    series = PersonCharField(
        _("series of references"),
        max_length=28,
        blank=True,
        default="",
        db_default="",
        help_text=_("Starts the reference of letters and papers: P-PG/Cyber (2026). Empty: the usual series with the year."),
    )
    signatory_name = PersonCharField(_("letters signed by"), max_length=120, blank=True, default="", db_default="")
    signatory_title_en = PersonCharField(_("title of who signs (English)"), max_length=160, blank=True, default="", db_default="")
    signatory_title_fr = PersonCharField(_("title of who signs (French)"), max_length=160, blank=True, default="", db_default="")
    reminder_days = models.CharField(
        _("reminders, days before the deadline"),
        max_length=40,
        blank=True,
        default="14,3,0",
        db_default="14,3,0",
        validators=[validate_days],
        help_text=_("Whoever has not replied to an invitation is reminded on these days; 0 is the deadline itself. Empty: no reminders."),
    )

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    title = Bilingual()
    city = Bilingual()
    venue = Bilingual()
    summary = Bilingual()
    audience = Bilingual()
    practical = Bilingual()
    signatory_title = Bilingual()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-starts_on",)
        get_latest_by = "starts_on"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="meeting_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(planned_ends_on__gte=F("planned_starts_on")),
                name="meeting_planned_ends_after_start",
                violation_error_message=_("The last planned day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="meeting_registration_closes_after_opening",
                violation_error_message=_("Registration closes before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city.text} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.slug])

    def clean(self) -> None:
        if self.starts_on and self.planned_starts_on is None:
            self.planned_starts_on, self.planned_ends_on = self.starts_on, self.ends_on

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The venue's clock."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def reference_series(self) -> str:
        """What references of letters and papers start with: "P-PG/Cyber (2026)"."""
        return self.series or f"{settings.REFERENCE_SERIES} ({self.year})"

    @property
    def reminder_leads(self) -> list[int]:
        """On which days before a deadline the silent are reminded, the earliest first."""
        return sorted({int(number) for number in self.reminder_days.split(",") if number.strip()}, reverse=True)

    @property
    def is_postponed(self) -> bool:
        """True when the meeting is no longer on the days first planned."""
        return (self.starts_on, self.ends_on) != (self.planned_starts_on, self.planned_ends_on)

    @property
    def days(self) -> list[dt.date]:
        """Every day of the meeting."""
        return [self.starts_on + dt.timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]

    def today(self, at: dt.datetime | None = None) -> dt.date:
        """The date at the venue at that moment."""
        return (at or timezone.now()).astimezone(self.zone).date()

    def phase(self, at: dt.datetime) -> "Meeting.Phase":
        """Where the meeting stands at that moment."""
        if self.ends_on < self.today(at):
            return self.Phase.OVER
        if self.starts_on <= self.today(at):
            return self.Phase.RUNNING
        if self.registration_opens_at is None or at < self.registration_opens_at:
            return self.Phase.ANNOUNCED
        return self.Phase.OPEN if self.registration_is_open(at) else self.Phase.CLOSED

    @property
    def begins_at(self) -> dt.datetime:
        """The first moment of the first day at the venue."""
        return dt.datetime.combine(self.starts_on, dt.time(), tzinfo=self.zone)

    def registration_is_open(self, at: dt.datetime) -> bool:
        """True within the registration window, at most until the last day; without an opening time never."""
        if self.registration_opens_at is None or at < self.registration_opens_at or self.ends_on < self.today(at):
            return False
        return self.registration_closes_at is None or at < self.registration_closes_at

    def answers_are_frozen(self, at: dt.datetime) -> bool:
        """True once participants may no longer correct their own answers: from the freeze date, or the first day."""
        return self.today(at) >= (self.frozen_on or self.starts_on)


class DateChange(models.Model):
    """A postponement: the days a meeting had, those it got, and why, in words for the public."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="date_changes", verbose_name=_("meeting"))
    old_starts_on = models.DateField(_("old first day"))
    old_ends_on = models.DateField(_("old last day"))
    new_starts_on = models.DateField(_("new first day"))
    new_ends_on = models.DateField(_("new last day"))
    reason_en = PersonTextField(_("reason (English)"))
    reason_fr = PersonTextField(_("reason (French)"), blank=True)
    changed_at = models.DateTimeField(_("when"), default=timezone.now)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))

    reason = Bilingual()

    class Meta:
        verbose_name = _("change of dates")
        verbose_name_plural = _("changes of dates")
        ordering = ("changed_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(new_ends_on__gte=F("new_starts_on")) & Q(old_ends_on__gte=F("old_starts_on")),
                name="date_change_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.old_starts_on} → {self.new_starts_on}"
