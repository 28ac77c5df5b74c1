"""Correspondents: who speaks for a country or an international organisation, and from when to when."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from delegations.models.bodies import Body
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
        """The offices that a signed-in person holds on that day, each with its country or organisation."""
        return self.current(on).filter(user=user).select_related("country", "body")


class Correspondent(Period):
    """A user who speaks for a country or an organisation over a period; each may have several at once, and a user more than one."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offices", verbose_name=_("account"))
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="correspondents", verbose_name=_("country")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="correspondents", verbose_name=_("international organisation")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    wants_news = models.BooleanField(
        _("mails about nominees"), default=True, db_default=True, help_text=_("When somebody put forward completes, declines or withdraws.")
    )

    objects = CorrespondentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("delegation correspondent")
        verbose_name_plural = _("delegation correspondents")
        ordering = ("country__sort_key_en", "body__name_en", "user__email", F("starts_on").asc(nulls_first=True))
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="correspondent_ends_after_start",
                violation_error_message=_("The period ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(country__isnull=False, body__isnull=True) | Q(country__isnull=True, body__isnull=False),
                name="correspondent_of_one_delegation",
                violation_error_message=_("A correspondent speaks for a country or for an organisation: one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.delegation})"

    def clean(self) -> None:
        """Somebody is correspondent of a country or an organisation once on any day."""
        known = self.user_id and (self.country_id or self.body_id)
        rows = Correspondent.objects.filter(user_id=self.user_id, country=self.country_id, body=self.body_id)
        if known and any(self.overlaps(other) for other in rows.exclude(pk=self.pk)):
            raise ValidationError(_("This person is their correspondent in that period already."), code="overlap")

    @property
    def delegation(self) -> Country | Body | None:
        """The country or organisation they speak for."""
        return self.country or self.body

    def speaks_for(self, invitation: Any) -> bool:
        """True when an invitation went to their country or organisation."""
        return (self.country_id, self.body_id) == (invitation.country_id, invitation.body_id)
