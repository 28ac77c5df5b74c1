"""Table signs: sheets of A4 that fold into a tent, with the same words on both halves."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from attendance.printing.audience import people_at
from attendance.printing.delegations import Delegation, delegations_of
from attendance.printing.words import columns, in_each, said
from correspondence import pdf
from meetings.audiences import Category
from meetings.models import Meeting
from participants.faces import PUBLIC, face_of
from participants.models import Participant

BOTH = ("en", "fr")
WITHOUT_A_TABLE = frozenset({Category.INTERPRETER})  # they sit in their booths
OF_THEIR_OWN = frozenset({Category.PRIVATE_SECTOR, Category.ACADEMIA})  # each firm and university has a sign of its own


def signs_pdf(*, meeting: Meeting, people: list[Participant], language: str, with_names: bool) -> bytes:
    """A sign for each delegation, or with names one for each person, in the order of the list of participants."""
    with override(language):
        title = _("Table signs: %(meeting)s") % {"meeting": meeting}
    data = {
        "language": language,
        "title": title,
        "organiser": settings.ORGANISER_FR if language == "fr" else settings.ORGANISER_EN,
        "signs": list(signs_of(meeting, people, with_names=with_names)),
    }
    return pdf.render("signs", data)


def seated(meeting: Meeting, language: str) -> list[Participant]:
    """Those who sit at the tables."""
    return [person for person in people_at(meeting, language) if person.category not in WITHOUT_A_TABLE]


def signs_of(meeting: Meeting, people: list[Participant], *, with_names: bool) -> Iterator[dict[str, Any]]:
    """What each sign says."""
    for delegation in delegations_of(people, meeting):
        shown: dict[str, Any] = {}
        for person in delegation.people:
            sign = {"lines": sign_lines(delegation, person), "name": name_of(person) if with_names else []}
            key = str(person.pk) if with_names else str(sign["lines"])
            shown.setdefault(key, {**sign, "footnote": in_each(BOTH, delegation.footnote)})
        yield from shown.values()


def sign_lines(delegation: Delegation, person: Participant) -> list[dict[str, str]]:
    """The large words: country or organisation, in English and French where it has two names."""
    if delegation.first.category in OF_THEIR_OWN and person.body is None:
        organisation = face_of(person, PUBLIC).organisation
        return [said(organisation, person.language)] if organisation else in_each(BOTH, delegation.name)
    return columns(person.body, "name", BOTH) if person.body is not None and not delegation.country else in_each(BOTH, delegation.name)


def name_of(person: Participant) -> list[dict[str, str]]:
    """The name below, of those who let the list of participants show it."""
    face = face_of(person, PUBLIC)
    is_open = person.visibility == Participant.Visibility.FULL and not face.is_masked
    return [said(face.name, person.language)] if is_open else []
