"""Who gets the mail about an invitation: the correspondents of a country, the contact of an organisation, the person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from delegations.models import Correspondent, Invitation


@dataclass(frozen=True, slots=True)
class Reader:
    """One address, the name it goes by and the language of the mail; ``user`` where the reader has an account for it."""

    email: str
    name: str
    language: str
    user: User | None = None


def readers_of(invitations: Iterable[Invitation], *, on: dt.date) -> dict[int, Sequence[Reader]]:
    """By invitation, everybody it is written to on that day, nobody left out; one query however many there are."""
    rows = list(invitations)
    offices: dict[int, dict[str, Reader]] = defaultdict(dict)
    countries = {invitation.country_id for invitation in rows if invitation.country_id}
    current = Correspondent.objects.current(on).filter(country__in=countries) if countries else Correspondent.objects.none()
    for office in current.select_related("user").order_by("user__email"):
        offices[office.country_id][office.user.email] = Reader(office.user.email, office.user.name, office.user.language, office.user)
    return {
        invitation.pk: tuple(offices[invitation.country_id].values()) if invitation.country_id else direct(invitation)
        for invitation in rows
    }


def direct(invitation: Invitation) -> tuple[Reader, ...]:
    """Whom an invitation to an organisation or a person is written to."""
    if invitation.body is None:
        name = "" if invitation.hides_name else invitation.addressee  # mailboxes are read
        return (Reader(invitation.email, name, invitation.language),)
    body = invitation.body
    return (Reader(body.contact_email, body.contact_name, body.contact_language),) if body.contact_email else ()
