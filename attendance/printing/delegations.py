"""People put together as the list of participants has them: a state, an organisation, or those who are neither."""

from collections.abc import Iterable
from itertools import groupby

from delegations.models import Body, Country
from meetings.audiences import Category
from meetings.languages import wording
from meetings.models import Meeting
from participants.models import Participant


class Delegation:
    """Those who sit together, and what they are called."""

    def __init__(self, people: list[Participant], meeting: Meeting) -> None:
        self.people = people
        self.meeting = meeting
        self.first = people[0]

    @property
    def country(self) -> Country | None:
        return self.first.country if self.first.category in Category.states() else None

    @property
    def body(self) -> Body | None:
        return self.first.body if self.first.category == Category.INTERNATIONAL_ORGANISATION else None

    def name(self, language: str) -> str:
        """A country under the name it had when the meeting began; an organisation; else what they have in common."""
        if self.country is not None:
            return self.country.name_on(self.meeting.starts_on, language)
        if self.body is not None:
            return wording(self.body, "name", language).text
        return str(Category(self.first.category).label)

    def footnote(self, language: str) -> str:
        """What the Council of Europe writes below the names of some countries."""
        return wording(self.country, "footnote", language).text if self.country is not None else ""


def delegations_of(people: Iterable[Participant], meeting: Meeting) -> list[Delegation]:
    """The delegations in the order of ``people``, who stand in that of the list of participants."""
    return [Delegation(list(group), meeting) for _, group in groupby(people, key=seat)]


def seat(person: Participant) -> tuple[str, int | None]:
    """What those of one delegation have in common."""
    if person.category in Category.states():
        return person.category, person.country_id
    if person.category == Category.INTERNATIONAL_ORGANISATION:
        return person.category, person.body_id
    return person.category, None
