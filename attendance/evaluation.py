"""What an evaluation found: averages and words, only once there are enough answers to hide among."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from attendance.models import EvaluationAnswer
from attendance.models.evaluation import ENOUGH, LABELS, LEAST, MOST, QUESTIONS
from meetings.models import Meeting
from participants.models import Participant
from participants.unnamed import without_names


@dataclass(frozen=True)
class Question:
    """One question: how many gave which mark, and the average; none where fewer than ENOUGH gave one."""

    label: Any
    counts: tuple[tuple[int, int], ...]  # mark, how many
    number: int
    average: float | None


@dataclass(frozen=True)
class Results:
    """All answers of one meeting together: how many there are, how many of them are shown, and what those say."""

    number: int
    asked: int
    shown: int = 0
    questions: tuple[Question, ...] = ()
    comments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def are_shown(self) -> bool:
        return self.shown >= ENOUGH

    @property
    def waiting(self) -> int:
        """Answers that are shown once there are ENOUGH of them."""
        return self.number - self.shown


def results_of(meeting: Meeting) -> Results:
    """The results; below ENOUGH answers only how many there are. Words come in another order each time, each kind by itself."""
    answers = EvaluationAnswer.objects.filter(meeting=meeting)
    number, asked = answers.count(), Participant.objects.filter(meeting=meeting).confirmed().named().count()
    rows = list(answers.filter(is_shown=True))
    if len(rows) < ENOUGH:
        return Results(number, asked)
    questions = tuple(question(name, [getattr(row, name) for row in rows]) for name in QUESTIONS)
    words = shuffled(unnamed(row.comment for row in rows)), shuffled(unnamed(row.topics for row in rows))
    return Results(number, asked, len(rows), questions, *words)


def question(name: str, marks: list[int | None]) -> Question:
    """The marks of one question together; so few that they could be told apart are only counted."""
    given = [mark for mark in marks if mark is not None]
    if len(given) < ENOUGH:
        return Question(LABELS[name], (), len(given), None)
    tally = Counter(given)
    counts = tuple((mark, tally[mark]) for mark in range(MOST, LEAST - 1, -1))
    return Question(LABELS[name], counts, len(given), sum(given) / len(given))


def unnamed(texts: Iterable[str]) -> list[str]:
    """The texts without the names of protected people, which an author may have written."""
    protected = list(Participant.objects.filter(is_protected=True))
    return [without_names(text, protected) for text in texts]


def shuffled(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that say something, in an order nobody can read anything from."""
    said = [text for text in texts if text]
    secrets.SystemRandom().shuffle(said)
    return tuple(said)
