"""Sheets to sign and to tick: who stands on them, in which order, and what of them."""

import datetime as dt
import re

import pytest

from attendance.printing.audience import people_at, people_of
from attendance.printing.sheets import Occasion, attendance_pdf, desk_pdf, occasions_of, sheet_data
from meetings.audiences import Category
from tests.factories import BodyFactory, BookingFactory, CountryFactory, MeetingFactory, ParticipantFactory, SessionFactory
from tests.pdf_text import texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(starts_on=dt.date(2031, 11, 25), ends_on=dt.date(2031, 11, 26))


def place(meeting, family_name, code="IE", **more):
    fields = {"given_name": "", "family_name": family_name, "country": CountryFactory(code=code), **more}
    return ParticipantFactory(meeting=meeting, **fields)


def groups(meeting, language="en"):
    data = sheet_data(meeting, list(people_at(meeting, language)), language)
    return [(group["name"]["text"], [row["name"]["text"] for row in group["rows"]]) for group in data["groups"]]


@pytest.fixture
def delegations(meeting):
    """Germany, Albania and Ireland, an organisation, a firm and an interpreter."""
    place(meeting, "Brandt", "DE")
    place(meeting, "Hoxha", "AL")
    place(meeting, "Orrin", "IE", salutation="ms")
    place(meeting, "Vell", country=None, body=BodyFactory(), category=Category.INTERNATIONAL_ORGANISATION)
    place(meeting, "Coin", category=Category.PRIVATE_SECTOR)
    place(meeting, "Traduc", category=Category.INTERPRETER)


def test_delegations_stand_as_on_the_english_list(meeting, delegations):
    assert groups(meeting) == [
        ("Albania", ["HOXHA"]),
        ("Germany", ["BRANDT"]),
        ("Ireland", ["Ms ORRIN"]),
        ("International Example Organisation", ["VELL"]),
        ("Private sector", ["COIN"]),
        ("Interpreter", ["TRADUC"]),
    ]


def test_delegations_stand_as_on_the_french_list(meeting, delegations):
    assert [name for name, _ in groups(meeting, "fr")][:3] == ["Albanie", "Allemagne", "Irlande"]


def test_only_people_with_a_place_are_on_it(meeting):
    for state in ("pending", "waitlisted", "declined", "withdrawn", "unconfirmed"):
        place(meeting, state, **{state: True})
    place(meeting, "Orrin")

    assert groups(meeting) == [("Ireland", ["ORRIN"])]


def test_somebody_protected_stands_under_the_alias_and_signs_nothing(meeting):
    person = place(meeting, "Canary", protected=True, organisation="Special operations")

    file = attendance_pdf(meeting=meeting, people=[person], occasion=Occasion(date=meeting.starts_on, half="am"), language="en")

    words = " ".join(texts_of(file))
    assert ("Expert K." in words, "Recorded by the desk" in words) == (True, True)
    assert ("CANARY" in words.upper(), "Special operations" in words) == (False, False)


def test_everybody_else_has_room_to_sign(meeting):
    file = attendance_pdf(
        meeting=meeting, people=[place(meeting, "Orrin")], occasion=Occasion(date=meeting.starts_on, half="am"), language="en"
    )

    assert "Recorded by the desk" not in " ".join(texts_of(file))


def test_a_sheet_can_be_archived_and_read_aloud(meeting, delegations):
    people = list(people_at(meeting, "fr"))
    occasion = Occasion(date=meeting.starts_on, half="pm")
    files = [
        attendance_pdf(meeting=meeting, people=people, occasion=occasion, language="fr"),
        desk_pdf(meeting=meeting, people=people, language="fr"),
    ]

    assert [re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", file) for file in files] == [[b"1"], [b"1"]]


def test_a_sheet_says_which_half_day(meeting):
    assert Occasion(date=dt.date(2031, 11, 25), half="am").title("en") == "Tuesday 25 November 2031, morning"


def test_a_sheet_says_which_session(meeting):
    session = SessionFactory(meeting=meeting, title_en="Parcels", title_fr="Colis")

    assert Occasion(session=session).title("en") == "Parcels – Tuesday 25 November 2031, 09:00–10:00"
    assert Occasion(session=session).title("fr") == "Colis – mardi 25 novembre 2031, 9h00–10h00"


def test_a_closed_session_is_not_named_on_paper(meeting):
    session = SessionFactory(meeting=meeting, kind="closed", title_en="Canary title")

    assert Occasion(session=session).title("en") == "Closed session – Tuesday 25 November 2031, 09:00–10:00"


def test_half_days_and_sessions_can_be_chosen_but_none_under_the_chatham_house_rule(meeting):
    session = SessionFactory(meeting=meeting)
    SessionFactory(meeting=meeting, kind="break")
    SessionFactory(meeting=meeting, is_chatham_house=True)

    keys = [occasion.key for occasion in occasions_of(meeting)]

    assert keys == ["2031-11-25:am", "2031-11-25:pm", "2031-11-26:am", "2031-11-26:pm", f"session:{session.pk}"]


def test_a_session_expects_those_whom_it_admits(meeting):
    officer = place(meeting, "Orrin")
    place(meeting, "Juge", sector__code="prosecutor")
    session = SessionFactory(meeting=meeting, kind="closed", families=["law_enforcement"])

    assert people_of(session, "en") == [officer]


def test_a_session_with_seats_expects_those_who_have_one(meeting):
    seated = place(meeting, "Orrin")
    place(meeting, "Brandt")
    session = SessionFactory(meeting=meeting, booking="seats")
    BookingFactory(session=session, participant=seated)
    BookingFactory(session=session, participant=place(meeting, "Keane"), state="queue")

    assert people_of(session, "en") == [seated]


def test_an_open_session_expects_everybody(meeting):
    people = [place(meeting, "Brandt"), place(meeting, "Orrin")]

    assert people_of(SessionFactory(meeting=meeting), "en") == people


def test_the_footnote_of_a_country_stands_once_below(meeting):
    country = CountryFactory(code="IE")
    country.footnote_en = "* All reference to Atlantis."
    country.save()
    place(meeting, "Orrin"), place(meeting, "Keane")

    data = sheet_data(meeting, list(people_at(meeting, "en")), "en")

    assert data["footnotes"] == ["* All reference to Atlantis."]


def test_people_are_numbered_through(meeting, delegations):
    data = sheet_data(meeting, list(people_at(meeting, "en")), "en")

    assert [row["number"] for group in data["groups"] for row in group["rows"]] == ["1", "2", "3", "4", "5", "6"]
