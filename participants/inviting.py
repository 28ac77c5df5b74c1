"""Whom to invite, many at a time: members, observers, and those who came last time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from delegations.models import Body
from delegations.services import Addressee, members_to_invite, observers_to_invite
from meetings.audiences import Category
from meetings.models import Meeting
from participants.models import Participant

PEOPLE_OF = (Category.PRIVATE_SECTOR, Category.ACADEMIA)


@dataclass(frozen=True)
class Group:
    """A group to invite at once, and how to find those in it."""

    key: str
    label: Any
    find: Callable[[Meeting], list[Addressee]]


def last_edition(meeting: Meeting) -> Meeting | None:
    """The latest meeting before this one at which anybody had a place."""
    confirmed = Participant.objects.confirmed().values("meeting")
    return Meeting.objects.filter(starts_on__lt=meeting.starts_on, pk__in=confirmed).order_by("-starts_on").first()


def last_bodies(meeting: Meeting) -> list[Addressee]:
    """The organisations that sent somebody last time and still bear their name on the meeting's first day."""
    came = Participant.objects.confirmed().filter(meeting=last_edition(meeting), category=Category.INTERNATIONAL_ORGANISATION)
    bodies = Body.objects.existing(meeting.starts_on).filter(pk__in=came.values("body"))
    rows = sorted(bodies, key=str)
    return [Addressee(Category.INTERNATIONAL_ORGANISATION, body=body, language=body.contact_language) for body in rows]


def last_people(meeting: Meeting) -> list[Addressee]:
    """Those who came last time for a company or a university and have an address. Protected people are not proposed by name."""
    came = Participant.objects.confirmed().named().filter(meeting=last_edition(meeting), category__in=PEOPLE_OF, is_protected=False)
    return [as_addressee(person) for person in came.exclude(email="").order_by("category", "search_key", "pk")]


def as_addressee(person: Participant) -> Addressee:
    """Somebody as an invitation names them."""
    face = person.face_for(None)
    columns = {name: getattr(face, name) for name in ("salutation", "given_name", "family_name", "email", "organisation", "function")}
    return Addressee(person.category, person=columns, language=person.language)


GROUPS: Mapping[str, Group] = {
    group.key: group
    for group in (
        Group("members", _("Member states"), members_to_invite),
        Group("observers", _("Observers"), observers_to_invite),
        Group("bodies", _("Organisations that came last time"), last_bodies),
        Group("people", _("Companies and universities that came last time"), last_people),
    )
}


def protected_left_out(meeting: Meeting) -> int:
    """How many protected people of companies and universities came last time; they are invited by hand."""
    came = Participant.objects.confirmed().filter(meeting=last_edition(meeting), category__in=PEOPLE_OF)
    return came.filter(is_protected=True).count()
