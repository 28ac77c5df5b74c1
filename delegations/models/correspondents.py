"""Permanent Correspondents: who speaks for a country, and from when to when."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from delegations.models.countries import Country
from delegations.models.periods import Period


class CorrespondentQuerySet(models.QuerySet["Correspondent"]):
    """Questions about correspondents on a given day."""

    def current(self, on: dt.date) -> Self:
        """Those in office on that day whose account works."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on), user__is_active=True
        )

    def of(self, user: Any, on: dt.date) -> Self:
        """The offices that a signed-in person holds on that day, each with its country."""
        return self.current(on).filter(user=user).select_related("country")


class Correspondent(Period):
    """A user who speaks for a country over a period; a country may have several at once, and a user more than one country."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offices", verbose_name=_("account"))
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="correspondents", verbose_name=_("country"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    wants_news = models.BooleanField(
        _("mails about nominees"), default=True, db_default=True, help_text=_("When somebody put forward completes, declines or withdraws.")
    )

    objects = CorrespondentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Permanent Correspondent")
        verbose_name_plural = _("Permanent Correspondents")
        ordering = ("country__sort_key_en", "user__email", F("starts_on").asc(nulls_first=True))
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="correspondent_ends_after_start",
                violation_error_message=_("The period ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.country})"

    def clean(self) -> None:
        """Somebody is correspondent of a country once on any day."""
        known = self.user_id and self.country_id
        same = Correspondent.objects.filter(user_id=self.user_id, country_id=self.country_id).exclude(pk=self.pk) if known else []
        if any(self.overlaps(other) for other in same):
            raise ValidationError(_("This person is correspondent of this country in that period already."), code="overlap")
