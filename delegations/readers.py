"""Who gets the mail about an invitation: the correspondents of a country or an organisation, else its contact, or the person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

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
    offices: dict[tuple[int | None, int | None], dict[str, Reader]] = defaultdict(dict)
    invited = [invitation for invitation in rows if not invitation.is_to_person]
    theirs = Q(country__in={row.country_id for row in invited}) | Q(body__in={row.body_id for row in invited})
    current = Correspondent.objects.current(on).filter(theirs) if invited else Correspondent.objects.none()
    for office in current.select_related("user").order_by("user__email"):
        reader = Reader(office.user.email, office.user.name, office.user.language, office.user)
        offices[office.country_id, office.body_id][reader.email] = reader
    return {row.pk: tuple(offices[row.country_id, row.body_id].values()) or direct(row) for row in rows}


def direct(invitation: Invitation) -> tuple[Reader, ...]:
    """Whom it is written to where nobody speaks for the addressee: the person, the contact of an organisation, of a country nobody."""
    if invitation.country_id:
        return ()
    if invitation.body is None:
        name = "" if invitation.hides_name else invitation.addressee  # mailboxes are read
        return (Reader(invitation.email, name, invitation.language),)
    body = invitation.body
    return (Reader(body.contact_email, body.contact_name, body.contact_language),) if body.contact_email else ()
