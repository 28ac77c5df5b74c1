"""What an evaluation found: averages and words, only once there are enough answers to hide among."""

import secrets
from collections import Counter
from dataclasses import dataclass
from typing import Any

from attendance.models import EvaluationAnswer
from attendance.models.evaluation import LABELS, LEAST, MOST, QUESTIONS
from meetings.models import Meeting

ENOUGH = 5  # answers; fewer could be told apart by whoever knows who answered


@dataclass(frozen=True)
class Question:
    """One question: how many gave which mark, and the average; none where fewer than ENOUGH gave one."""

    label: Any
    counts: tuple[tuple[int, int], ...]  # mark, how many
    number: int
    average: float | None


@dataclass(frozen=True)
class Results:
    """All answers of one meeting together."""

    number: int
    questions: tuple[Question, ...] = ()
    comments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def are_shown(self) -> bool:
        return self.number >= ENOUGH


def results_of(meeting: Meeting) -> Results:
    """The results; below ENOUGH answers only how many there are. Words come in another order each time, each kind by itself."""
    rows = list(EvaluationAnswer.objects.filter(meeting=meeting))
    if len(rows) < ENOUGH:
        return Results(len(rows))
    questions = tuple(question(name, [getattr(row, name) for row in rows]) for name in QUESTIONS)
    return Results(len(rows), questions, shuffled([row.comment for row in rows]), shuffled([row.topics for row in rows]))


def question(name: str, marks: list[int | None]) -> Question:
    """The marks of one question together; so few that they could be told apart are only counted."""
    given = [mark for mark in marks if mark is not None]
    if len(given) < ENOUGH:
        return Question(LABELS[name], (), len(given), None)
    tally = Counter(given)
    counts = tuple((mark, tally[mark]) for mark in range(MOST, LEAST - 1, -1))
    return Question(LABELS[name], counts, len(given), sum(given) / len(given))


def shuffled(texts: list[str]) -> tuple[str, ...]:
    """The texts that say something, in an order nobody can read anything from."""
    said = [text for text in texts if text]
    secrets.SystemRandom().shuffle(said)
    return tuple(said)
