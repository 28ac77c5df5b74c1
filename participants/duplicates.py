"""Who may be registered twice: found by the name, weighed by a few facts that can be told.

Reads names of protected people too. What it finds reaches a page only where both faces may be seen (``admin.duplicates``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.text import fold
from meetings.models import Meeting
from participants.importing.names import same_name_key
from participants.models import NotSame, Participant, ParticipantQuerySet

ENOUGH = 60  # points from which a pair is shown
SHORTEST = 6  # letters of a name from which one letter may differ: "Li Wu" and "Li Xu" are two people
COLUMNS = ("pk", "meeting_id", "user_id", "given_name", "family_name", "email", "phone", "country_id", "organisation")
SAME_NAME, NEAR_NAME, SAME_PHONE, SAME_MAILBOX, SAME_COUNTRY, SAME_ORGANISATION, OTHER_COUNTRY = 60, 45, 25, 15, 15, 10, -25
WORDS = {
    SAME_NAME: _("the same name, accents and the order of its parts aside"),
    NEAR_NAME: _("one letter of the name differs"),
    SAME_PHONE: _("the same telephone"),
    SAME_MAILBOX: _("the same name before the @"),
    OTHER_COUNTRY: _("different countries"),
}
COUNTRY_WORDS, ORGANISATION_WORDS = _("the same country"), _("the same organisation")

Row = dict[str, Any]


@dataclass(frozen=True)
class Likeness:
    """Two registrations that may be one person's: how many points, and for what."""

    first: int
    second: int
    points: int
    why: tuple[Any, ...]

    def other(self, pk: int) -> int:
        """The key of the other one."""
        return self.second if pk == self.first else self.first


def candidates() -> ParticipantQuerySet:
    """Registrations that can be compared: proven, not erased, and not merged already."""
    return Participant.objects.registered().named().filter(merged_into=None)


def in_meeting(meeting: Meeting) -> list[Likeness]:
    """Every pair with at least one of its two at this meeting, the likeliest first. Three queries."""
    here = list(candidates().filter(meeting=meeting).values(*COLUMNS))
    elsewhere = candidates().exclude(meeting=meeting).values(*COLUMNS)
    return ranked(pairs(here, [*here, *elsewhere]))


def of_one(participant: Participant, *, also: Iterable[int] = ()) -> list[Likeness]:
    """The pairs of one registration. Looks where a part of the name, the telephone or the mailbox is the same, and at ``also``."""
    row = next(iter(candidates().filter(pk=participant.pk).values(*COLUMNS)), None)
    if row is None:
        return []
    alike = Q(pk__in=list(also))
    for word in key_of(row).split():
        alike |= Q(search_key__contains=word) if len(word) > 2 else Q(pk__in=[])
    if row["phone"]:
        alike |= Q(phone=row["phone"])
    return ranked(pairs([row], candidates().filter(alike).exclude(pk=participant.pk).values(*COLUMNS)))


def ranked(found: Iterable[Likeness]) -> list[Likeness]:
    """Without those who were said not to be the same, the likeliest first."""
    told = set(NotSame.objects.values_list("first", "second"))
    return sorted((one for one in found if (one.first, one.second) not in told), key=lambda one: (-one.points, one.first, one.second))


def pairs(here: Iterable[Row], everybody: Iterable[Row]) -> Iterator[Likeness]:
    """Each pair once. A registration is held against those alone whose name is the same but for a letter."""
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in here:
        for key in near_keys(key_of(row)):
            by_key[key].append(row)
    seen: set[tuple[int, int]] = set()
    for row in everybody:
        near = {one["pk"]: one for key in near_keys(key_of(row)) for one in by_key.get(key, ())}
        for one in near.values():
            first, second = sorted((one["pk"], row["pk"]))
            if first == second or (first, second) in seen or is_one_person(one, row):
                continue
            seen.add((first, second))
            likeness = weighed(one, row)
            if likeness.points >= ENOUGH:
                yield likeness


def is_one_person(one: Row, other: Row) -> bool:
    """True for two years of the same account: that is known already."""
    return one["user_id"] is not None and one["user_id"] == other["user_id"]


def weighed(one: Row, other: Row) -> Likeness:
    """What speaks for one person, and what against."""
    first, second = sorted((one["pk"], other["pk"]))
    reasons = list(points_for(one, other))
    return Likeness(first, second, sum(points for points, _words in reasons), tuple(words for _points, words in reasons))


def points_for(one: Row, other: Row) -> Iterator[tuple[int, Any]]:
    """Points with their words."""
    name = SAME_NAME if key_of(one) == key_of(other) else NEAR_NAME
    yield name, WORDS[name]
    if digits(one["phone"]) and digits(one["phone"]) == digits(other["phone"]):
        yield SAME_PHONE, WORDS[SAME_PHONE]
    if one["email"] and one["email"].partition("@")[0] == other["email"].partition("@")[0]:
        yield SAME_MAILBOX, WORDS[SAME_MAILBOX]
    if one["country_id"] and other["country_id"]:
        same = one["country_id"] == other["country_id"]
        yield (SAME_COUNTRY, COUNTRY_WORDS) if same else (OTHER_COUNTRY, WORDS[OTHER_COUNTRY])
    if one["organisation"] and fold(one["organisation"]) == fold(other["organisation"]):
        yield SAME_ORGANISATION, ORGANISATION_WORDS


def key_of(row: Row) -> str:
    """The name, accents, case, hyphens and order aside."""
    return same_name_key(row["given_name"], row["family_name"])


def near_keys(key: str) -> set[str]:
    """The key, and the key without each of its letters: two names meet in one of these where a letter differs, lacks or is too many."""
    return {key} if len(key) < SHORTEST else {key, *(key[:place] + key[place + 1 :] for place in range(len(key)))}


def digits(phone: str) -> str:
    """A telephone number without blanks and dots; its last nine figures, so that a country code does not matter."""
    return "".join(character for character in phone if character.isdigit())[-9:]
