"""The evaluation as somebody fills it in."""

import pytest

from attendance.models import EvaluationAnswer
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db
PAGE = "/my/dublin-2017/evaluation/"


@pytest.fixture
def maeve(past_meeting):
    return ParticipantFactory(meeting=past_meeting)


@pytest.fixture
def page(client_of, maeve):
    return client_of(maeve.user)


def test_marks_and_words_are_kept_cleaned(page):
    page.post(PAGE, {"content": "5", "exchange": "2", "comment": "  More cases.\r\nFewer slides.  "})

    kept = EvaluationAnswer.objects.get()
    assert (kept.content, kept.exchange, kept.speakers, kept.comment) == (5, 2, None, "More cases.\nFewer slides.")


def test_afterwards_the_page_only_thanks(page):
    page.post(PAGE, {"content": "5"})

    after = page.get(PAGE)

    assert (after.context["has_answered"], "<form method" in after.content.decode().split("<main")[1]) == (True, False)


def test_sent_twice_it_counts_once(page):
    answers = [page.post(PAGE, {"content": "5"}).status_code for _ in range(2)]

    assert (answers, EvaluationAnswer.objects.count()) == ([303, 422], 1)


@pytest.mark.parametrize("mark", ["0", "6", "-1", "2.5", "x", "1" * 50])
def test_a_mark_outside_the_scale_is_refused(page, mark):
    assert (page.post(PAGE, {"content": mark}).status_code, EvaluationAnswer.objects.count()) == (422, 0)


def test_words_that_steer_a_terminal_are_refused(page):
    response = page.post(PAGE, {"content": "5", "comment": "Good.\x1b[2J"})

    assert (list(response.context["form"].errors), EvaluationAnswer.objects.count()) == (["comment"], 0)


def test_an_empty_form_is_given_back(page):
    response = page.post(PAGE, {})

    assert (response.status_code, len(response.context["form"].non_field_errors())) == (422, 1)


def test_before_the_end_there_are_no_questions(client_of, registration):
    page = client_of(registration.user).get("/my/strasbourg-2026/evaluation/")

    assert (page.context["is_over"], "You find the questions here" in page.content.decode()) == (False, True)
