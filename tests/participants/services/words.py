"""Words that the tests of services share."""

import datetime as dt

from correspondence.models import Message
from participants.models import Participant, PersonalLink
from tests.factories import ParticipantFactory

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def state_of(person: Participant) -> str:
    return Participant.objects.get(pk=person.pk).state


def mails_to(person: Participant) -> list[str]:
    """The kinds of mail written to somebody, oldest first."""
    kinds = Message.objects.filter(to=person.email).order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("registration_") for kind in kinds]


def unconfirmed(**fields: object) -> tuple[Participant, str]:
    """A form whose address is not proven, and the token that proves it."""
    person = ParticipantFactory(unconfirmed=True, **fields)
    until = person.created_at + dt.timedelta(days=7)
    return person, PersonalLink.issue(person, purpose=PersonalLink.Purpose.PROVE_ADDRESS, expires_at=until)
