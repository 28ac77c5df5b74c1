"""The results of an evaluation in the back office: all answers together, from five on."""

import pytest

from attendance.models import EvaluationAnswer
from attendance.services.evaluation import answer
from participants.models import ExportRecord
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/attendance/evaluationanswer/"
FILE = f"{PAGE}results.csv"


def answered(meeting, number, **more):
    """So many answered the same."""
    for _ in range(number):
        answer(participant=ParticipantFactory(meeting=meeting), said={"content": 4, "comment": "Fewer speeches.", **more})
    return f"?meeting={meeting.pk}"


@pytest.mark.parametrize("number", [0, 4])
def test_below_five_answers_nothing_is_shown(office, past_meeting, number):
    query = answered(past_meeting, number)

    page = office.get(PAGE + query)

    assert (page.context["results"].number, "Fewer speeches." in page.content.decode()) == (number, False)


def test_from_five_on_marks_and_words_are_shown(office, past_meeting):
    query = answered(past_meeting, 5)

    page = office.get(PAGE + query).content.decode()

    assert (page.count("Fewer speeches."), page.count("Average 4.0, 5 marks")) == (5, 1)


def test_a_sixth_answer_changes_no_mark_and_no_word(office, past_meeting):
    query = answered(past_meeting, 5)
    before = office.get(PAGE + query).context["results"]

    answered(past_meeting, 1, content=1, comment="Never again.")

    after = office.get(PAGE + query).context["results"]
    assert (after.questions, after.comments, after.waiting) == (before.questions, before.comments, 1)


def test_no_answer_has_a_page_of_its_own(office, past_meeting):
    answered(past_meeting, 5)
    row = EvaluationAnswer.objects.first()

    pages = [office.get(f"{PAGE}{row.pk}/{name}/") for name in ("change", "history")]

    assert [page.headers["Location"] for page in pages] == [PAGE, PAGE]


def test_a_comment_does_not_tell_a_protected_name(office, past_meeting):
    ParticipantFactory(meeting=past_meeting, protected=True, family_name="Canary")
    query = answered(past_meeting, 5, comment="Canary spoke well.")

    assert "Canary" not in office.get(PAGE + query).content.decode()


def test_the_file_has_a_line_for_each_question_and_each_comment_and_a_row_in_the_ledger(office, past_meeting):
    query = answered(past_meeting, 5, comment="=1+1")

    lines = office.post(FILE + query).content.decode("utf-8-sig").splitlines()

    assert lines[0] == "Question,In words,5,4,3,2,1,Marks,Average"
    assert lines[1] == "The content was useful for your work,,0,5,0,0,0,5,4.0"
    assert lines[6:] == ["Comment,'=1+1,,,,,,,"] * 5
    assert (ExportRecord.objects.get().purpose, ExportRecord.objects.get().rows) == ("evaluation", 10)


def test_below_five_answers_there_is_no_file(office, past_meeting):
    query = answered(past_meeting, 4)

    assert (office.post(FILE + query).status_code, ExportRecord.objects.count()) == (404, 0)


@pytest.mark.parametrize("role", ["desk", "auditor"])
def test_only_the_secretariat_reads_them(request, client_of, past_meeting, role):
    query = answered(past_meeting, 5)

    assert client_of(request.getfixturevalue(role)).get(PAGE + query).status_code == 403
