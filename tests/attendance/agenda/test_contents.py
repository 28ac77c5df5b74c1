import datetime as dt

import pytest
from django.utils.translation import override

from attendance.agenda.contents import label_of
from meetings.languages import Wording
from meetings.models import Session
from meetings.programme import NOTHING, Eyes, items_of
from meetings.versions import Standing
from tests.attendance.agenda.conftest import made
from tests.factories import ProgrammeVersionFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_agenda_says_what_it_is_of_which_meeting_when_and_where(agenda):
    assert (agenda.organiser, agenda.reference) == ("Council of Europe – Pompidou Group", "P-PG/Cyber (2017) OJ E")
    assert (agenda.title, agenda.meeting.text) == ("Programme", "Annual meeting on drug-related cybercrime")
    assert (agenda.when, agenda.where) == ("12–14 December 2017", "Agora Building, Dublin")
    assert (agenda.state, agenda.label, agenda.note) == ("As it stood on 1 December 2017", "", "")


def test_agenda_is_french_where_the_page_is(programme):
    with override("fr"):
        agenda = made(programme)

    assert (agenda.language, agenda.reference, agenda.where) == ("fr", "P-PG/Cyber (2017) OJ F", "Bâtiment Agora, Dublin")
    assert [day.heading for day in agenda.days] == ["Mardi 12 décembre 2017", "Mercredi 13 décembre 2017"]
    assert [entry.title for day in agenda.days for entry in day.entries] == [
        Wording("State of play", "en"),
        Wording("Café", "fr"),
        Wording("Séance à huis clos", "fr"),
    ]


def test_work_is_numbered_and_breaks_are_not(agenda):
    numbers = [(entry.number, entry.title.text) for day in agenda.days for entry in day.entries]

    assert numbers == [("1", "State of play"), ("", "Coffee"), ("2", "Closed session")]


def test_session_has_room_speakers_label_and_how_it_is_held(agenda):
    entry = agenda.days[0].entries[0]

    assert (entry.hours, entry.room.text, entry.label) == ("09:00–10:00", "Main hall", "TLP:GREEN")
    assert entry.details == ("Plenary", "English", "English and French interpretation")
    assert entry.voices == ("Odile Marchetti, Head of compliance, Coin Exchange",)


def test_masked_session_has_its_hours_and_nothing_else(agenda):
    entry = agenda.days[1].entries[0]

    assert (entry.title.text, entry.hours) == ("Closed session", "10:00–11:00")
    assert (entry.room, entry.details, entry.label, entry.abstract, entry.voices) == (NOTHING, (), "", NOTHING, ())


def test_agenda_that_tells_of_closed_sessions_has_their_label_and_a_warning(programme, secretariat):
    agenda = made(programme, secretariat)

    assert (agenda.label, agenda.note) == ("TLP:RED", "Holds sessions that are not open to everybody. Please do not pass it on.")


@pytest.mark.parametrize(
    ("labels", "label"),
    [
        (["", ""], "TLP:AMBER"),
        (["TLP:GREEN"], "TLP:AMBER"),
        (["TLP:AMBER", "TLP:RED"], "TLP:RED"),
        (["TLP:AMBER+STRICT", ""], "TLP:AMBER+STRICT"),
    ],
)
def test_label_is_the_strictest_and_at_least_amber(meeting, labels, label):
    for one in labels:
        SessionFactory(meeting=meeting, kind=Session.Kind.CLOSED, label=one)

    assert label_of(items_of(meeting.sessions.in_order(), Eyes(sees_all=True))) == label
    assert label_of(items_of(meeting.sessions.in_order())) == ""


def test_agenda_without_sessions_says_so(meeting):
    assert made(meeting).note == "The programme is not ready yet"


@pytest.mark.parametrize(
    ("stage", "number", "state", "reference"),
    [
        ("provisional", 1, "Provisional programme, revision 1, 3 November 2017", "P-PG/Cyber (2017) OJ prov E"),
        ("provisional", 2, "Provisional programme, revision 2, 3 November 2017", "P-PG/Cyber (2017) OJ prov rev 2 E"),
        ("final", 1, "Final programme, revision 1, 3 November 2017", "P-PG/Cyber (2017) OJ E"),
        ("final", 2, "Final programme, revision 2, 3 November 2017", "P-PG/Cyber (2017) OJ rev 2 E"),
    ],
)
def test_published_agenda_names_its_version(programme, stage, number, state, reference):
    published = dt.datetime(2017, 11, 3, 12, tzinfo=dt.UTC)
    version = ProgrammeVersionFactory(meeting=programme, stage=stage, number=number + 10, published_at=published)
    version.number = number

    agenda = made(programme, standing=Standing(version))

    assert (agenda.state, agenda.reference) == (state, reference)
