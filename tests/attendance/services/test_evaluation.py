"""Evaluations: one from each person, kept apart from who gave it."""

import pytest
from django.db import connection

from attendance.evaluation import results_of
from attendance.models import Evaluated, EvaluationAnswer
from attendance.models.evaluation import QUESTIONS
from attendance.refusals import AnsweredAlready, MeetingNotOver, NothingAnswered
from attendance.services.evaluation import answer
from participants.errors import WrongState
from tests.factories import MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
MARKS = {  # PostgreSQL notes on each row by which transaction it was written; SQLite keeps rows by their keys alone
    "postgresql": "SELECT count(DISTINCT xmin::text) FROM attendance_evaluationanswer",
    "sqlite": "SELECT count(DISTINCT id = rowid) FROM attendance_evaluationanswer",
}


def people(meeting, number):
    return [ParticipantFactory(meeting=meeting) for _ in range(number)]


def test_an_answer_is_kept_and_that_somebody_answered(past_meeting):
    [maeve] = people(past_meeting, 1)

    answer(participant=maeve, said={"content": 4, "comment": "More cases."})

    kept = EvaluationAnswer.objects.get()
    assert (kept.content, kept.speakers, kept.comment, Evaluated.objects.get().participant) == (4, None, "More cases.", maeve)


def test_the_tables_have_nothing_in_common():
    columns = {field.name for field in EvaluationAnswer._meta.get_fields()}

    assert columns == {"id", "meeting", *QUESTIONS, "comment", "topics", "is_shown"}
    assert {field.name for field in Evaluated._meta.get_fields()} == {"id", "participant"}


def test_the_order_of_the_keys_is_not_that_of_the_answers(past_meeting):
    for number, person in enumerate(people(past_meeting, 12)):
        answer(participant=person, said={"comment": f"{number:02}"})

    comments = list(EvaluationAnswer.objects.order_by("pk").values_list("comment", flat=True))
    assert comments != sorted(comments)  # once in 479 million runs it would be


def test_nobody_answers_twice(past_meeting):
    [maeve] = people(past_meeting, 1)
    answer(participant=maeve, said={"content": 4})

    with pytest.raises(AnsweredAlready):
        answer(participant=maeve, said={"content": 1})

    assert EvaluationAnswer.objects.count() == 1


def test_an_empty_form_is_no_answer(past_meeting):
    [maeve] = people(past_meeting, 1)

    with pytest.raises(NothingAnswered):
        answer(participant=maeve, said={"content": None, "comment": ""})

    assert Evaluated.objects.count() == 0


def test_nobody_answers_before_the_meeting_is_over(registration):
    with pytest.raises(MeetingNotOver):
        answer(participant=registration, said={"content": 4})


def test_only_those_with_a_place_answer(past_meeting):
    with pytest.raises(WrongState):
        answer(participant=ParticipantFactory(meeting=past_meeting, withdrawn=True), said={"content": 4})


def test_answers_that_wait_are_written_anew_together_with_the_next(past_meeting):
    first, second = people(past_meeting, 2)
    answer(participant=first, said={"comment": "first"})
    before = EvaluationAnswer.objects.get().pk

    answer(participant=second, said={"comment": "second"})

    after = set(EvaluationAnswer.objects.values_list("pk", flat=True))
    assert (len(after), before in after) == (2, False)


def test_the_database_does_not_note_which_answer_came_when(past_meeting):
    for person in people(past_meeting, 4):
        answer(participant=person, said={"content": 4})

    with connection.cursor() as cursor:
        cursor.execute(MARKS[connection.vendor])
        assert cursor.fetchone() == (1,)


def test_four_answers_show_nothing(past_meeting):
    for person in people(past_meeting, 4):
        answer(participant=person, said={"content": 5, "comment": "Good."})

    results = results_of(past_meeting)

    assert (results.number, results.are_shown, results.questions, results.comments) == (4, False, (), ())


def test_five_answers_show_averages_and_words(past_meeting):
    for mark, person in enumerate(people(past_meeting, 5), start=1):
        answer(participant=person, said={"content": mark, "topics": f"Topic {mark}"})

    results = results_of(past_meeting)

    content = results.questions[0]
    assert (content.average, content.counts, content.number) == (3.0, ((5, 1), (4, 1), (3, 1), (2, 1), (1, 1)), 5)
    assert sorted(results.topics) == ["Topic 1", "Topic 2", "Topic 3", "Topic 4", "Topic 5"]


@pytest.mark.parametrize(("answers", "shown"), [(5, 5), (6, 5), (9, 5), (10, 10), (11, 10)])
def test_answers_are_shown_five_at_a_time(past_meeting, answers, shown):
    for person in people(past_meeting, answers):
        answer(participant=person, said={"content": 5, "comment": "Good."})

    results = results_of(past_meeting)

    assert (results.number, results.shown, results.waiting) == (answers, shown, answers - shown)
    assert (results.questions[0].number, len(results.comments)) == (shown, shown)


def test_those_asked_are_those_with_a_place(past_meeting):
    people(past_meeting, 2)
    ParticipantFactory(meeting=past_meeting, withdrawn=True)

    assert results_of(past_meeting).asked == 2


def test_answers_to_another_meeting_wait_by_themselves(past_meeting):
    other = MeetingFactory(over=True)
    for person in [*people(past_meeting, 4), *people(other, 4)]:
        answer(participant=person, said={"content": 5})

    assert [results_of(meeting).are_shown for meeting in (past_meeting, other)] == [False, False]


def test_a_question_that_few_answered_shows_no_marks(past_meeting):
    for number, person in enumerate(people(past_meeting, 5)):
        answer(participant=person, said={"content": 5, "speakers": 1 if number < 4 else None})

    speakers = results_of(past_meeting).questions[1]

    assert (speakers.number, speakers.average, speakers.counts) == (4, None, ())
