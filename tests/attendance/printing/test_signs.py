"""Table signs: one for each delegation or each person, in the order of the list, on both halves of the sheet."""

import re

import pytest

from attendance.printing.signs import seated, signs_of, signs_pdf
from meetings.audiences import Category
from tests.factories import BodyFactory, CountryFactory, ParticipantFactory
from tests.pdf_text import texts_of

pytestmark = pytest.mark.django_db


def place(meeting, family_name, code="IE", **more):
    fields = {"given_name": "Maeve", "family_name": family_name, "country": CountryFactory(code=code), **more}
    return ParticipantFactory(meeting=meeting, **fields)


def signs(meeting, *, with_names=False):
    made = signs_of(meeting, seated(meeting, "en"), with_names=with_names)
    return [[line["text"] for line in [*sign["lines"], *sign["name"]]] for sign in made]


def test_each_delegation_has_one_sign_in_both_languages(meeting):
    place(meeting, "Orrin")
    place(meeting, "Keane")
    place(meeting, "Brandt", "DE")

    assert signs(meeting) == [["Germany", "Allemagne"], ["Ireland", "Irlande"]]


def test_with_names_each_person_has_one(meeting):
    place(meeting, "Orrin")
    place(meeting, "Keane")

    assert signs(meeting, with_names=True) == [["Ireland", "Irlande", "Maeve Keane"], ["Ireland", "Irlande", "Maeve Orrin"]]


@pytest.mark.parametrize("hidden", [{"protected": True}, {"visibility": "function"}, {"visibility": "hidden"}])
def test_whoever_does_not_show_the_name_has_a_sign_without(meeting, hidden):
    place(meeting, "Canary", **hidden)

    assert signs(meeting, with_names=True) == [["Ireland", "Irlande"]]


def test_organisations_firms_and_the_secretariat(meeting):
    place(meeting, "Vell", country=None, body=BodyFactory(), category=Category.INTERNATIONAL_ORGANISATION)
    place(meeting, "Coin", category=Category.PRIVATE_SECTOR, organisation="Coin Exchange")
    place(meeting, "Parcel", category=Category.PRIVATE_SECTOR, organisation="Parcel Lines")
    place(meeting, "Office", category=Category.SECRETARIAT)

    assert signs(meeting) == [
        ["International Example Organisation", "Organisation internationale d’exemple"],
        ["Coin Exchange"],
        ["Parcel Lines"],
        ["Secretariat", "Secrétariat"],
    ]


def test_interpreters_sit_in_their_booths(meeting):
    place(meeting, "Traduc", category=Category.INTERPRETER)

    assert signs(meeting) == []


def test_a_sign_can_be_archived_and_read_aloud_once(meeting):
    place(meeting, "Orrin")

    file = signs_pdf(meeting=meeting, people=seated(meeting, "en"), language="en", with_names=True)

    assert re.findall(rb"<pdfuaid:part>(\d)</pdfuaid:part>", file) == [b"1"]
    [words] = [text for text in texts_of(file) if "Maeve Orrin" in text]
    assert words.count("Maeve Orrin") == 2  # once for each side of the table


def test_each_sign_is_one_sheet_and_no_empty_one_follows(meeting):
    place(meeting, "Orrin")
    place(meeting, "Brandt", "DE")

    file = signs_pdf(meeting=meeting, people=seated(meeting, "en"), language="en", with_names=False)

    assert re.findall(rb"/Type/Pages/Count (\d+)", file) == [b"2"]
