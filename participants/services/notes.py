"""Notes of the secretariat."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from participants import errors
from participants.models import Note, Participant
from participants.services.states import locked


@transaction.atomic
def add_note(*, participant: Participant, text: str, by: User | None, at: dt.datetime | None = None) -> Note:
    """Add a note that nobody changes afterwards. Raises NoteMissing, and WrongState about somebody who was erased."""
    if not text.strip():
        raise errors.NoteMissing
    if locked(participant.pk).is_erased:
        raise errors.WrongState
    return Note.objects.create(participant=participant, text=text.strip(), by=by, at=at or timezone.now())
