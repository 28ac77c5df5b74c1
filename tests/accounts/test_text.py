"""The one cleaner, on everything in the corpus."""

import pytest
from django.core.exceptions import ValidationError

from accounts.text import clean_person_text, fold
from tests.corpus import HIDDEN, REFUSED, case_id, cases

LINES = [case for case in cases("line") if case.expected != REFUSED]


@pytest.mark.parametrize("case", LINES, ids=case_id)
def test_a_name_is_kept_as_typed(case):
    assert clean_person_text(case.payload) == case.expected


@pytest.mark.parametrize("text", HIDDEN, ids=ascii)
def test_what_a_reader_cannot_see_is_refused(text):
    with pytest.raises(ValidationError):
        clean_person_text(text)


def test_line_breaks_pass_only_where_there_are_paragraphs():
    assert clean_person_text("one\r\ntwo\rthree", multiline=True) == "one\ntwo\nthree"
    with pytest.raises(ValidationError):
        clean_person_text("one\ntwo")


def test_names_meet_without_accents_case_or_typographic_apostrophes():
    assert fold("Ní Bhriain-O’Connor") == fold("NI BHRIAIN-O'CONNOR")
