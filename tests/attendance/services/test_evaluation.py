"""Evaluations: one from each person, kept apart from who gave it."""

import pytest

from attendance.evaluation import results_of
from attendance.models import Evaluated, EvaluationAnswer
from attendance.models.evaluation import QUESTIONS
from attendance.refusals import AnsweredAlready, MeetingNotOver, NothingAnswered
from attendance.services.evaluation import answer
from participants.errors import WrongState
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db


def people(meeting, number):
    return [ParticipantFactory(meeting=meeting) for _ in range(number)]


def test_an_answer_is_kept_and_that_somebody_answered(past_meeting):
    [maeve] = people(past_meeting, 1)

    answer(participant=maeve, said={"content": 4, "comment": "More cases."})

    kept = EvaluationAnswer.objects.get()
    assert (kept.content, kept.speakers, kept.comment, Evaluated.objects.get().participant) == (4, None, "More cases.", maeve)


def test_the_tables_have_nothing_in_common():
    columns = {field.name for field in EvaluationAnswer._meta.get_fields()}

    assert columns == {"id", "meeting", *QUESTIONS, "comment", "topics"}
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


def test_a_question_that_few_answered_shows_no_marks(past_meeting):
    for number, person in enumerate(people(past_meeting, 6)):
        answer(participant=person, said={"content": 5, "speakers": 1 if number < 4 else None})

    speakers = results_of(past_meeting).questions[1]

    assert (speakers.number, speakers.average, speakers.counts) == (4, None, ())
