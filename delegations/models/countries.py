"""Countries, with what they were called and what they were at the time."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from delegations.models.periods import Period
from meetings.languages import Bilingual, current_language


class Region(models.Model):
    """A tag on countries: Europe, Africa, Mediterranean. A country may carry several."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=60)
    name_fr = models.CharField(_("name (French)"), max_length=60)

    name = Bilingual()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ("name_en",)

    def __str__(self) -> str:
        return self.name.text


class CountryQuerySet(models.QuerySet["Country"]):
    """Questions about countries on a given day."""

    def with_status(self, status: str, on: dt.date) -> Self:
        """Countries that had this status on that day."""
        return self.filter(
            Q(statuses__starts_on__isnull=True) | Q(statuses__starts_on__lte=on),
            Q(statuses__ends_on__isnull=True) | Q(statuses__ends_on__gte=on),
            statuses__status=status,
        )

    def members(self, on: dt.date) -> Self:
        """Member states of the Pompidou Group on that day."""
        return self.with_status(CountryStatus.Status.MEMBER, on)

    def in_alphabetical_order(self, language: str | None = None) -> Self:
        """In the order of the list of participants, which differs between English and French."""
        return self.order_by(f"sort_key_{language or current_language()}", "code")


class Country(models.Model):
    """A country under the name the Council of Europe uses today; earlier names are kept with their periods."""

    code = models.CharField(_("ISO 3166-1 code"), max_length=2, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=100)
    name_fr = models.CharField(_("name (French)"), max_length=100)
    sort_key_en = models.CharField(_("sort key (English)"), max_length=100)
    sort_key_fr = models.CharField(_("sort key (French)"), max_length=100)
    footnote_en = models.TextField(_("footnote (English)"), blank=True)
    footnote_fr = models.TextField(_("footnote (French)"), blank=True)
    regions = models.ManyToManyField(Region, blank=True, related_name="countries", verbose_name=_("regions"))

    objects = CountryQuerySet.as_manager()

    name = Bilingual()
    footnote = Bilingual()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("sort_key_en",)

    def __str__(self) -> str:
        return self.name.text

    def status_on(self, day: dt.date) -> str:
        """The country's status that day, ``none`` where no period covers it; reads the prefetched ``statuses``."""
        for period in self.statuses.all():
            if period.covers(day):
                return period.status
        return CountryStatus.Status.NONE

    def name_on(self, day: dt.date, language: str | None = None) -> str:
        """What the country was called that day; reads the prefetched ``former_names``."""
        wanted = language or current_language()
        for former in self.former_names.all():
            if former.covers(day):
                return str(getattr(former, f"name_{wanted}"))
        return str(getattr(self, f"name_{wanted}"))


class CountryStatus(Period):
    """What a country was to the Pompidou Group over a period."""

    class Status(models.TextChoices):
        MEMBER = "member", _("Member")
        COE_NON_MEMBER = "coe_non_member", _("Council of Europe state, not a member of the Group")
        FORMER = "former", _("Former member")
        OBSERVER = "observer", _("Observer")
        AD_HOC = "ad_hoc", _("Takes part case by case")
        MEDNET = "mednet", _("MedNET partner")
        NONE = "none", _("No status")

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="statuses", verbose_name=_("country"))
    status = models.CharField(_("status"), max_length=20, choices=Status)
    note = models.CharField(_("source or note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        ordering = ("country", F("starts_on").asc(nulls_first=True))
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="country_status_ends_after_start",
                violation_error_message=_("The period ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.get_status_display()}"

    def clean(self) -> None:
        """A country has one status on any day."""
        others = CountryStatus.objects.filter(country_id=self.country_id).exclude(pk=self.pk) if self.country_id else []
        if any(self.overlaps(other) for other in others):
            raise ValidationError(_("This period overlaps another status of the same country."), code="overlap")


class FormerName(Period):
    """What a country was called until it changed its name."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="former_names", verbose_name=_("country"))
    name_en = models.CharField(_("name (English)"), max_length=100)
    name_fr = models.CharField(_("name (French)"), max_length=100)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ("country", "ends_on")

    def __str__(self) -> str:
        return f"{self.name_en} / {self.name_fr}"
