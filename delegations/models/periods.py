"""A stretch of days, which statuses, names and offices have."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class Period(models.Model):
    """A stretch of days; an empty end means still so, an empty start that the start is not known."""

    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until (inclusive)"), null=True, blank=True)

    class Meta:
        abstract = True

    def covers(self, day: dt.date) -> bool:
        """True when the day falls within, both ends included."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    def overlaps(self, other: "Period") -> bool:
        """True when the two share a day."""
        first, last = dt.date.min, dt.date.max
        return (self.starts_on or first) <= (other.ends_on or last) and (other.starts_on or first) <= (self.ends_on or last)
