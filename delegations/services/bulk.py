"""Invitations made many at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.models import User
from delegations import errors
from delegations.models import Body, Country, CountryStatus, Invitation
from delegations.services.invitations import create_invitation
from meetings.audiences import Category
from meetings.models import Meeting

Status = CountryStatus.Status


@dataclass(frozen=True)
class Addressee:
    """Somebody an invitation could go to: the columns that name them and the category they would attend in."""

    category: str
    country: Country | None = None
    body: Body | None = None
    person: Mapping[str, str] = field(default_factory=dict)  # names, address, organisation and function
    language: str = ""  # the language the mails would be in, where it is known

    @property
    def name(self) -> str:
        """How the list of those to be invited names them."""
        if self.country or self.body:
            return str(self.country or self.body)
        return f"{self.person['given_name']} {self.person['family_name']}".strip()

    @property
    def key(self) -> str:
        """Names them in a form: country:17, body:3, person:somebody@post.example."""
        if self.country or self.body:
            row = self.country or self.body
            return f"{'country' if self.country else 'body'}:{row.pk if row else ''}"
        return f"person:{self.person['email']}"

    @property
    def columns(self) -> dict[str, Any]:
        return {"country": self.country, "body": self.body, "category": self.category, **self.person}


def members_to_invite(meeting: Meeting) -> list[Addressee]:
    """Every country that is a member of the Group on the meeting's first day."""
    return [Addressee(Category.MEMBER_STATE, country=row) for row in Country.objects.members(meeting.starts_on).in_alphabetical_order()]


def observers_to_invite(meeting: Meeting) -> list[Addressee]:
    """Every country that is an observer on that day."""
    rows = Country.objects.with_status(Status.OBSERVER, meeting.starts_on).in_alphabetical_order()
    return [Addressee(Category.OTHER_STATE, country=row) for row in rows]


def invited_keys(meeting: Meeting) -> set[str]:
    """The keys of everybody with an invitation to this meeting, withdrawn ones too."""
    rows = Invitation.objects.filter(meeting=meeting).values_list("country_id", "body_id", "email")
    return {f"country:{country}" if country else f"body:{body}" if body else f"person:{email}" for country, body, email in rows}


@transaction.atomic
def create_invitations(
    *, meeting: Meeting, addressees: Iterable[Addressee], fields: Mapping[str, Any], by: User | None
) -> tuple[Sequence[Invitation], Sequence[Addressee]]:
    """Make a draft for each, with the same places, deadline and texts; returns them, and those who had one already.

    Nobody is written to. A named person gets one place, and a reimbursed one only where the whole group does. All or nothing.
    """
    made, had = [], []
    for addressee in addressees:
        own = {**fields, **addressee.columns, "language": fields.get("language") or addressee.language or User.Language.ENGLISH}
        if addressee.person:
            own |= {"quota": 1, "reimbursed_quota": min(1, own["reimbursed_quota"])}
        try:
            made.append(create_invitation(meeting=meeting, fields=own, by=by))
        except errors.AlreadyInvited:
            had.append(addressee)
    return made, had
