"""Counts for the caterer and the venue: how many people, how many of each diet, and never a name."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator

from django.utils.translation import gettext, override

from participants.models import Needs, ParticipantQuerySet

CHUNK = 1_000  # rows held at a time
FEWEST_COUNTED = 3  # smaller counts of needs are told only to those who may read needs


def head_counts(people: ParticipantQuerySet, language: str, shown: Callable[[int], Hashable]) -> Iterator[tuple[str, Hashable]]:
    """How many people, how many of each diet, and how many said something about accessibility."""
    diets: Counter[str] = Counter()
    in_words = accessibility = 0
    # Only here are they decrypted, row by row; the database cannot count what it cannot read.
    said = Needs.objects.filter(participant__in=people.order_by().values("pk"))
    for diet, details, access in said.values_list("diet", "diet_details", "accessibility").iterator(chunk_size=CHUNK):
        diets[diet] += 1
        in_words += bool(details)
        accessibility += bool(access)
    with override(language):
        yield gettext("People"), people.count()
        for choice in Needs.Diet:
            yield str(choice.label), shown(diets[choice])
        yield gettext("Food needs in words: ask the secretariat"), shown(in_words)
        yield gettext("Accessibility needs: ask the secretariat"), shown(accessibility)


def exactly(count: int) -> Hashable:
    """A count as it is, for those who may read needs anyway."""
    return count


def roughly(count: int) -> Hashable:
    """A count for others: that one single person eats kosher is as good as a name to whoever knows who comes."""
    return gettext("1 or 2") if 0 < count < FEWEST_COUNTED else count
