import re
from dataclasses import replace

import pytest

from attendance.agenda import as_pdf
from attendance.agenda.portable import page_data
from correspondence import pdf
from meetings.languages import Wording
from tests.attendance.agenda.conftest import made
from tests.corpus import CANARY
from tests.factories import publish
from tests.pdf_text import texts_of

pytestmark = pytest.mark.django_db


def reads(file, words):
    """True when a reader's search would find these words in the file."""
    return any(words in text for text in texts_of(file))


def test_file_can_be_archived_and_read_aloud(agenda):
    file = as_pdf(agenda)

    assert re.findall(rb"<pdfaid:part>(\d)</pdfaid:part><pdfaid:conformance>(\w)</pdfaid:conformance>", file) == [(b"2", b"A")]
    assert re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", file) == [b"1"]


@pytest.mark.parametrize(
    "words", ["State of play", "Markets.", "Odile Marchetti, Head of compliance", "Main hall", "Closed session", "TLP:GREEN"]
)
def test_words_of_the_agenda_are_found_in_it(agenda, words):
    assert reads(as_pdf(agenda), words)


def test_nothing_of_a_masked_session_is_in_it(agenda):
    assert not reads(as_pdf(agenda), "Canary")


@pytest.mark.parametrize("words", ["Canary title", "Canary abstract", "Canary speaker", "Canary room", "TLP:RED"])
def test_those_entitled_read_the_closed_session(programme, secretariat, words):
    assert reads(as_pdf(made(programme, secretariat)), words)


def pages_of(file):
    """How many pages the file counts itself."""
    return int(re.search(rb"/Count (\d+)", file)[1])


def test_abstract_longer_than_a_page_goes_on_on_the_next(programme):
    short = as_pdf(made(programme))
    programme.sessions.filter(title_en="State of play").update(abstract_en="Markets. " * 1500 + "Endword")
    publish(programme)

    long = as_pdf(made(programme))

    assert (pages_of(short), reads(long, "Endword"), pages_of(long)) == (1, True, 6)


def test_hostile_text_stays_text(agenda):
    file = as_pdf(replace(agenda, meeting=Wording(f'{CANARY} #read("/etc/passwd")', "en")))

    assert reads(file, '#read("/etc/passwd")')


def test_what_everybody_may_read_is_set_once_and_the_rest_each_time(monkeypatch, agenda, programme, secretariat):
    set_by_us = []
    monkeypatch.setattr(pdf, "render", lambda template, data: set_by_us.append(data["label"]) or b"%PDF")

    for one in (agenda, agenda, made(programme, secretariat), made(programme, secretariat)):
        as_pdf(one)

    assert set_by_us == ["", "TLP:RED", "TLP:RED"]


def test_head_of_the_table_is_in_words(agenda):
    assert page_data(agenda)["words"] == {"number": "No.", "time": "Time", "item": "Item", "room": "Room"}
