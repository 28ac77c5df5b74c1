"""What the letter of invitation says, in both languages."""

import datetime as dt

import pytest

from delegations.letters import letter, letter_data, letter_name
from tests.factories import BodyFactory, CorrespondentFactory, CountryFactory, InvitationFactory, MeetingFactory

pytestmark = pytest.mark.django_db

SENT = {"state": "sent", "sent_at": dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC), "deadline": dt.date(2031, 9, 1)}


@pytest.fixture
def meeting():
    return MeetingFactory(
        year=2031,
        starts_on=dt.date(2031, 11, 25),
        ends_on=dt.date(2031, 11, 27),
        signatory_name="Aurélie Fontaine",
        signatory_title_en="Executive Secretary",
        signatory_title_fr="Secrétaire exécutive",
    )


def invitation(meeting, **traits):
    return InvitationFactory(meeting=meeting, number=12, **{**SENT, **traits})


def test_an_english_letter_to_a_country(meeting):
    data = letter_data(invitation(meeting, quota=3, text_en="First.\n\nSecond\nline.", text_fr="Premier."))

    assert (data["organiser"], data["reference"], data["mark"]) == ("Council of Europe – Pompidou Group", "P-PG/Cyber (2031) Inv 12", "")
    assert data["place_and_date"] == "Strasbourg, 4 May 2031"
    assert data["addressee"] == ["The Permanent Correspondent", "Ireland"]
    assert data["salutation"] == "Dear Sir or Madam,"
    assert data["opening"][1:] == ["First.", "Second line."]
    assert data["facts"] == [
        ("Meeting", "Annual meeting on drug-related cybercrime"),
        ("Dates", "25–27 November 2031"),
        ("Place", "Agora Building, Strasbourg"),
        ("Places", "3 places, 1 of them reimbursed"),
        ("Reply by", "1 September 2031"),
    ]
    assert (data["signatory"], data["signatory_title"]) == ("Aurélie Fontaine", "Executive Secretary")
    assert data["page"] == "Page {n} of {total}"


def test_a_french_letter_whatever_the_language_of_the_page(meeting):
    data = letter_data(invitation(meeting, language="fr", text_fr="Bienvenue."))

    assert (data["language"], data["organiser"]) == ("fr", "Conseil de l’Europe – Groupe Pompidou")
    assert data["title"] == "Convocation\u202f: Réunion annuelle sur la cybercriminalité liée aux drogues"
    assert data["place_and_date"] == "Strasbourg, le 4 mai 2031"
    assert data["addressee"][1] == "Irlande"
    assert data["opening"][1:] == ["Bienvenue."]
    assert data["facts"][1:] == [
        ("Dates", "25–27 novembre 2031"),
        ("Lieu", "Bâtiment Agora, Strasbourg"),
        ("Places", "2 places, dont 1 remboursée"),
        ("Réponse au plus tard le", "1er septembre 2031"),
    ]
    assert data["signatory_title"] == "Secrétaire exécutive"


def test_a_country_is_named_as_on_the_day_of_the_letter(meeting):
    sent = {"sent_at": dt.datetime(2017, 6, 1, tzinfo=dt.UTC)}

    data = letter_data(invitation(meeting, country=CountryFactory(code="TR"), **sent))

    assert data["addressee"] == ["The Permanent Correspondent", "Turkey"]


def test_a_name_with_a_star_has_its_footnote(meeting):
    palestine = CountryFactory(code="PS")

    data = letter_data(invitation(meeting, country=palestine))

    assert data["footnote"] == palestine.footnote_en != ""


def test_a_letter_to_an_organisation(meeting):
    data = letter_data(invitation(meeting, to_body=True, body=BodyFactory(contact_name="Front office")))

    assert data["addressee"] == ["International Example Organisation (IEO)", "Front office"]


@pytest.mark.parametrize(("language", "salutation", "title"), [("en", "Dear Ms Marchetti,", "Ms"), ("fr", "Madame,", "Mme")])
def test_a_letter_to_a_person(meeting, language, salutation, title):
    data = letter_data(invitation(meeting, to_person=True, family_name="Marchetti", language=language))

    assert data["addressee"] == [f"{title} Odile Marchetti", "Head of compliance", "Coin Exchange"]
    assert data["salutation"] == salutation
    assert "Convocation" not in data["title"]


def test_a_letter_to_somebody_who_is_not_to_be_named_names_nobody(meeting):
    data = letter_data(invitation(meeting, to_person=True, family_name="Marchetti", hides_name=True))

    assert data["addressee"] == ["Named person", "Coin Exchange"]
    assert "Marchetti" not in str(data)


def test_a_draft_says_that_it_is_one(meeting):
    assert letter_data(InvitationFactory(meeting=meeting))["mark"] == "DRAFT"


def test_the_file_is_called_by_its_reference(meeting):
    assert letter_name(invitation(meeting, language="fr")) == "p-pg-cyber-2031-inv-12-fr.pdf"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_can_be_drawn(meeting, language):
    text = "A long word about nothing. " * 300

    assert letter(invitation(meeting, language=language, text_en=text, text_fr=text)).startswith(b"%PDF")


@pytest.mark.parametrize(("language", "page"), [("en", "/delegation/"), ("fr", "/fr/delegation/")])
def test_the_letter_names_the_page_for_the_names_where_somebody_can_use_it(meeting, settings, language, page):
    settings.BASE_URL = "https://meetings.example"
    country = invitation(meeting, language=language)
    before = letter_data(country)["closing"]

    CorrespondentFactory()
    after = letter_data(country)["closing"]

    added = [text for text in after if text not in before]
    assert len(added) == 1
    assert f"https://meetings.example{page}" in added[0]


def test_the_letter_to_an_organisation_names_it_once_it_has_a_correspondent(meeting):
    row = invitation(meeting, to_body=True)
    before = letter_data(row)["closing"]

    CorrespondentFactory(of_body=True, body=row.body)

    assert len(letter_data(row)["closing"]) == len(before) + 1
