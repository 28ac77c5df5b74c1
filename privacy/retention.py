"""The retention clocks: for how many days each class of data is kept, and from when the days count."""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data import DataClass
from privacy.models import RetentionPeriod

# Consents prove what was agreed to for a registration, so they go when it goes and have no number of their own.
FOLLOWS = {DataClass.CONSENT: DataClass.REGISTRATION}

# What the public reads of a meeting stays with it, and in the archives; no clock runs.
FOR_GOOD = frozenset({DataClass.PUBLISHED})
YEAR = 365

DEFAULT_DAYS = {
    DataClass.ACCOUNT: 30,
    DataClass.REGISTRATION: 730,
    DataClass.NEEDS: 30,
    DataClass.TRAVEL: 180,
    DataClass.PASSPORT: 30,
    DataClass.MAIL: 180,
    DataClass.TRACE: 365,
    DataClass.SECURITY: 90,
}

STARTS: dict[DataClass, str | Promise] = {
    DataClass.ACCOUNT: _("after the last signing in, once no registration is kept"),
    DataClass.REGISTRATION: _("after the last day of the meeting"),
    DataClass.NEEDS: _("after the last day of the meeting"),
    DataClass.TRAVEL: _("after the last day of the meeting"),
    DataClass.PASSPORT: _("after the last day of the meeting"),
    DataClass.CONSENT: _("after the last day of the meeting, together with the registration"),
    DataClass.MAIL: _("after the mail was sent"),
    DataClass.TRACE: _("after it happened"),
    DataClass.SECURITY: _("after it happened"),
}


class Period(NamedTuple):
    """How long one class of data is kept, as numbers and as words."""

    data_class: DataClass
    days: int
    start: Any


def periods() -> dict[DataClass, Period]:
    """Every class of data that has a clock, as the secretariat has set it, in the order of the classes."""
    days = dict(RetentionPeriod.objects.values_list("data_class", "days"))
    return {one: Period(one, days.get(own(one), DEFAULT_DAYS[own(one)]), STARTS[one]) for one in DataClass if one not in FOR_GOOD}


def in_words() -> dict[DataClass, str]:
    """How long each class of data is kept, as a person would say it."""
    said = {period.data_class: f"{length(period.days)} {period.start}" for period in periods().values()}
    return {one: said.get(one) or gettext("for as long as the meeting is shown here, then in the archives") for one in DataClass}


def length(days: int) -> str:
    """A number of days, or of years where it is one."""
    years, rest = divmod(days, YEAR)
    if years and not rest:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def own(data_class: DataClass) -> DataClass:
    """The class whose number counts for this one."""
    return FOLLOWS.get(data_class, data_class)
