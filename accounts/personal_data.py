"""The words in which each app says, field by field, what it keeps of people (Convention 108+, Articles 5 and 8).

Every app has a ``personal_data`` module with ``PERSONAL``: model label → field → ``Personal``, and ``NOT_PERSONAL``: model
label → the fields that say nothing of a person. The app ``privacy`` puts them together, makes the notice from them,
and runs the clocks.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DataClass(models.TextChoices):
    """What is kept for the same time; the clock of each and where it starts are rows the secretariat owns."""

    ACCOUNT = "account", _("Accounts")
    REGISTRATION = "registration", _("Registrations")
    NEEDS = "needs", _("Dietary and accessibility needs")
    TRAVEL = "travel", _("Arrival and departure")
    PASSPORT = "passport", _("Passport data")
    CONSENT = "consent", _("Consents")
    MAIL = "mail", _("Mails sent")
    TRACE = "trace", _("Who saw, exported or decided what")
    SECURITY = "security", _("Sessions, attempts to sign in")


class Basis(models.TextChoices):
    """Why it may be kept (Convention 108+, Article 5.2)."""

    TASK = "task", _("the task given to the secretariat by its member states")
    CONSENT = "consent", _("your consent, which you can withdraw")
    SECURITY = "security", _("the security of the people and of the system")
    DUTY = "duty", _("the duty to show who did what")


class Reader(models.TextChoices):
    """Who can see it."""

    SELF = "self", _("you")
    PARTICIPANTS = "participants", _("those who take part in the same meeting")
    SECRETARIAT = "secretariat", _("the secretariat")
    HOST = "host", _("the host of the meeting")
    DESK = "desk", _("the check-in desk")
    AUDITOR = "auditor", _("the auditor")
    ADMINISTRATOR = "administrator", _("the administrator of the system")
    NOBODY = "nobody", _("nobody; only the program reads it")


@dataclass(frozen=True, slots=True)
class Personal:
    """One field that says something of a person. ``purpose`` completes "We keep this to …"."""

    purpose: str | Promise
    basis: Basis
    data_class: DataClass
    readers: tuple[Reader, ...]


# Label ("participants.participant") → field name → what it is kept for.
Register = dict[str, dict[str, Personal]]
# Label → names of the fields that say nothing of a person, or ALL for a table that holds none.
Others = dict[str, Any]
ALL = "__all__"
