"""What a badge says, in which colour, and that it tells nothing of whom it hides."""

import datetime as dt
import re

import pytest

from attendance.models import Admission
from attendance.printing.badges import COLOURS, Style, badge_data, badges_data, badges_pdf
from attendance.services.badges import make_badges
from meetings.audiences import Category
from tests.factories import BadgeFactory, BodyFactory, CountryFactory, MeetingFactory, ParticipantFactory, SessionFactory
from tests.pdf_text import texts_of
from tests.project.source import ROOT

pytestmark = pytest.mark.django_db
NAMES = [
    "김민준",
    "Y",
    "محمد عبد الرحمن",
    "דוד Cohen",
    "Ελευθερία Παπαδοπούλου",
    "Ђорђе Ђурић",
    "გიორგი",
    "Անահիտ",
    "Żółć-Gęślą Çağlayan",
    "W" * 100,
]


@pytest.fixture
def meeting():
    return MeetingFactory(starts_on=dt.date(2031, 11, 25), ends_on=dt.date(2031, 11, 27))


@pytest.fixture
def badge(meeting):
    person = ParticipantFactory(meeting=meeting, given_name="Maeve", family_name="Orrin", may_be_photographed=True)
    return BadgeFactory(participant=person)


def texts(lines):
    return [line["text"] for line in lines]


def of(person, language="both", **more):
    badge = BadgeFactory(participant=person)
    return badge_data(badge, person.meeting, Style(language=language), **{"enters_closed": False, **more})


def test_what_a_badge_says_in_both_languages(meeting, badge):
    data = badges_data(meeting=meeting, badges=[badge], style=Style())

    assert texts(data["heading"]) == [meeting.title_en, meeting.title_fr]
    assert texts(data["when"]) == ["Strasbourg, 25–27 November 2031", "Strasbourg, 25–27 novembre 2031"]
    [one] = data["badges"]
    assert (one["name"]["text"], texts(one["country"]), texts(one["organisation"])) == (
        "Maeve Orrin",
        ["Ireland", "Irlande"],
        ["National Police"],
    )
    assert (texts(one["category"]), one["colour"]) == (["Member state", "État membre"], "#0072b2")
    assert one["may_be_photographed"] is True


def test_one_language_alone(badge):
    data = badges_data(meeting=badge.participant.meeting, badges=[badge], style=Style(language="fr"))

    assert (data["language"], texts(data["badges"][0]["country"]), texts(data["closed"])) == ("fr", ["Irlande"], ["Séances à huis clos"])


def test_an_organisation_stands_where_there_is_no_country(meeting):
    person = ParticipantFactory(meeting=meeting, country=None, body=BodyFactory(), category=Category.INTERNATIONAL_ORGANISATION)

    data = of(person)

    assert (data["country"], texts(data["organisation"])) == (
        [],
        ["International Example Organisation", "Organisation internationale d’exemple"],
    )


def test_a_country_has_the_name_it_had_then(meeting):
    country = CountryFactory(code="MK")
    meeting.starts_on = dt.date(2017, 12, 12)

    data = of(ParticipantFactory(meeting=meeting, country=country), language="en")

    assert texts(data["country"]) == [country.name_on(dt.date(2017, 12, 12), "en")]
    assert texts(data["country"]) != [country.name_en]


def test_somebody_protected_is_an_alias_and_a_country(meeting):
    person = ParticipantFactory(meeting=meeting, protected=True, family_name="Canary", may_be_photographed=True)

    data = of(person)

    assert (data["name"]["text"], texts(data["country"]), data["organisation"]) == ("Expert K.", ["Ireland", "Irlande"], [])
    assert data["may_be_photographed"] is False


def test_without_an_alias_they_are_a_representative(meeting):
    person = ParticipantFactory(meeting=meeting, protected=True, alias="")

    assert of(person)["name"]["text"] == "Representative"


def test_nothing_of_a_hidden_name_is_in_the_file(meeting, secretariat):
    person = ParticipantFactory(
        meeting=meeting, protected=True, given_name="Livia", family_name="Canary", organisation="Special operations"
    )

    file = badges_pdf(meeting=meeting, badges=make_badges(participants=[person], by=secretariat), style=Style())

    words = " ".join(texts_of(file))
    assert ("Expert K." in words, "Canary" in words, "Livia" in words, "Special operations" in words) == (True, False, False, False)
    assert (b"Canary" in file, b"Livia" in file) == (False, False)


def test_the_code_is_no_text_in_the_file(meeting, badge):
    file = badges_pdf(meeting=meeting, badges=[badge], style=Style())

    assert [text for text in texts_of(file) if badge.code in text] == []
    assert (badge.code.encode() in file, badge.code.encode("utf-16-be") in file) == (False, False)


@pytest.mark.parametrize("format", ["a6", "card"])
@pytest.mark.parametrize("layout", ["sheet", "single"])
def test_badges_can_be_archived_and_read_aloud(meeting, badge, format, layout):
    file = badges_pdf(meeting=meeting, badges=[badge], style=Style(format=format, layout=layout))

    assert re.findall(rb"<pdfaid:part>(\d)</pdfaid:part><pdfaid:conformance>(\w)</pdfaid:conformance>", file) == [(b"2", b"A")]
    assert re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", file) == [b"1"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format", ["a6", "card"])
def test_every_script_and_length_is_drawn(meeting, caplog, name, format):
    person = ParticipantFactory(meeting=meeting, given_name="", family_name=name, organisation=name)

    badges_pdf(meeting=meeting, badges=[BadgeFactory(participant=person)], style=Style(format=format))

    assert caplog.messages == []


@pytest.mark.parametrize(
    ("format", "layout", "pages"), [("a6", "sheet", 3), ("card", "sheet", 2), ("a6", "single", 11), ("card", "single", 11)]
)
def test_how_many_stand_on_a_page(meeting, format, layout, pages):
    badges = [BadgeFactory(participant__meeting=meeting) for _ in range(11)]

    file = badges_pdf(meeting=meeting, badges=badges, style=Style(format=format, layout=layout))

    assert int(re.search(rb"/Count (\d+)", file)[1]) == pages


def test_names_are_read_in_order(meeting):
    badges = [
        BadgeFactory(participant__meeting=meeting, participant__given_name="", participant__family_name=name)
        for name in ("Aoife", "Brandt")
    ]

    file = badges_pdf(meeting=meeting, badges=badges, style=Style(language="en"))

    [words] = [text for text in texts_of(file) if "Aoife" in text]
    assert re.findall("Aoife|Brandt|Member state", words) == ["Aoife", "Member state", "Brandt", "Member state"]


def test_every_category_has_a_colour_of_its_own():
    assert (set(COLOURS), len(set(COLOURS.values()))) == (set(Category), len(Category))


def test_the_colours_are_those_of_the_look():
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8").partition("@media")[0]
    known = re.findall(r"--(?:series-\d|brand): (#\w{6});", tokens)

    assert sorted(set(COLOURS.values()) - set(known)) == []


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", COLOURS.values())
def test_white_words_can_be_read_on_it(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_whoever_enters_every_closed_session_has_the_mark(meeting, badge):
    SessionFactory(meeting=meeting, kind="closed", families=["law_enforcement"])

    assert [one["enters_closed"] for one in badges_data(meeting=meeting, badges=[badge], style=Style())["badges"]] == [True]


def test_whoever_enters_only_one_of_them_has_not(meeting, badge):
    SessionFactory(meeting=meeting, kind="closed", families=["law_enforcement"])
    SessionFactory(meeting=meeting, kind="closed", families=["judiciary"])

    assert [one["enters_closed"] for one in badges_data(meeting=meeting, badges=[badge], style=Style())["badges"]] == [False]


def test_an_admission_by_name_counts(meeting, badge):
    session = SessionFactory(meeting=meeting, kind="closed", families=[])
    Admission.objects.create(session=session, participant=badge.participant)

    assert [one["enters_closed"] for one in badges_data(meeting=meeting, badges=[badge], style=Style())["badges"]] == [True]


def test_a_meeting_without_closed_sessions_has_no_mark(meeting, badge):
    assert [one["enters_closed"] for one in badges_data(meeting=meeting, badges=[badge], style=Style())["badges"]] == [False]


def test_queries_do_not_grow_with_the_badges(meeting, django_assert_num_queries):
    SessionFactory(meeting=meeting, kind="closed", families=["law_enforcement"])
    badges = [BadgeFactory(participant__meeting=meeting) for _ in range(5)]

    with django_assert_num_queries(5):
        badges_data(meeting=meeting, badges=badges, style=Style())
