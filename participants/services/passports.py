"""Passports for visa letters: kept while they can be of use, deleted at once when somebody says so."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from meetings.models import Meeting
from participants import errors
from participants.models import Participant, Passport
from participants.services.states import State, locked


def passport_is_of_use(participant: Participant, at: dt.datetime | None = None) -> bool:
    """True for somebody who has a place at a meeting that is not over: nobody else travels."""
    return participant.state == State.CONFIRMED and participant.meeting.phase(at or timezone.now()) != Meeting.Phase.OVER


@transaction.atomic
def keep_passport(*, participant: Participant, said: Mapping[str, Any], at: dt.datetime | None = None) -> Passport:
    """Write what was said of a passport in place of what was there. Raises PassportUnneeded. No history is kept of it."""
    current = locked(participant.pk)
    if current.is_erased or not passport_is_of_use(current, at):
        raise errors.PassportUnneeded
    return Passport.objects.update_or_create(participant=current, defaults=dict(said))[0]


def delete_passport(*, participant: Participant) -> bool:
    """Delete it for good, readable or not; whether there was one."""
    return bool(Passport.objects.filter(participant=participant).delete()[0])
