"""What somebody agreed to, as their own page and the back office say it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.dates import day
from participants.models import Consent, Participant
from participants.services.consents import WITHDRAWABLE, agreed

What = Consent.What


@dataclass(frozen=True, slots=True)
class Agreement:
    """One thing to agree to, and how it stands."""

    what: str
    label: Any
    is_given: bool
    since: dt.datetime | None
    may_take_back: bool
    is_protected: bool = False

    @property
    def sentence(self) -> str:
        """How it stands, since when."""
        if self.what == What.NOTICE and self.is_given:
            return _("Read on %(day)s.") % {"day": day(timezone.localdate(self.since))} if self.since else _("Read.")
        words = {(True, True): _("Agreed since %(day)s."), (True, False): _("Agreed."), (False, True): _("Taken back on %(day)s.")}
        text = words.get((self.is_given, self.since is not None), _("Not agreed."))
        sentence = text % {"day": day(timezone.localdate(self.since))} if self.since else text
        if self.what == What.NAME and self.is_protected:
            return " ".join([_("Your name is not shown, whatever was agreed."), sentence])
        return sentence


def agreements_of(participant: Participant) -> list[Agreement]:
    """Everything there is to agree to, with what the answers say now and since when."""
    latest = Consent.objects.latest(participant)
    now = agreed(participant, has_needs=getattr(participant, "needs", None) is not None)
    found = []
    for what, is_given in now.items():
        row = latest.get(what)
        since = row.at if row and row.is_given == is_given else None
        found.append(Agreement(what, What(what).label, is_given, since, is_given and what in WITHDRAWABLE, participant.is_protected))
    return found
