"""Cells are understood as people write them, in both languages, old names included; what is not understood says so."""

import datetime as dt
import re

import pytest

from participants.importing.names import parted, same_name_key
from participants.importing.values import known_for
from participants.models import Sector


@pytest.fixture
def read(meeting):
    """What a text means in a field; the reason, where it means nothing."""
    known = known_for(meeting)

    def reader(field, text):
        value, problem = known.value(field, text)
        return problem or value

    reader.known = known
    return reader


@pytest.fixture
def country(read):
    """The code of the country that a text names."""
    codes = {row.pk: code for code, row in read.known.country_rows.items()}
    return lambda text: codes.get(read("country", text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("IE", "IE"),
        ("irl", "IE"),
        ("IRELAND", "IE"),
        ("Irlande", "IE"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Turkiye", "TR"),
        ("Turquie", "TR"),
        ("Türkiye (TR)", "TR"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("République tchèque", "CZ"),
        ("republique tcheque", "CZ"),
        ("Moldova", "MD"),
        ("Republic of Moldova", "MD"),
        ("Moldova, Republic of", "MD"),
        ("Congo, The Democratic Republic of the", "CD"),
        ("Corée, République de", "KR"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Congo (the Democratic Republic of the)", "CD"),
        ("Korea (the Democratic People's Republic of)", "KP"),
        ("Korea (the Republic of)", "KR"),
        ("Ireland, Dublin", None),
        ("The former Yugoslav Republic of Macedonia", "MK"),
        ("“The former Yugoslav Republic of Macedonia”", "MK"),
        ("L'ex-République yougoslave de Macédoine", "MK"),
        ("FYROM", "MK"),
        ("Swaziland", "SZ"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("Great Britain", "GB"),
        ("USA", "US"),
        ("United States", "US"),
        ("Etats-Unis", "US"),
        ("Holland", "NL"),
        ("The Netherlands", "NL"),
        ("Pays Bas", "NL"),
        ("Slovakia", "SK"),
        ("Slovak Republic", "SK"),
        ("Russia", "RU"),
        ("Côte d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Kosovo*", "XK"),
        ("Viet Nam", "VN"),
        ("Bosnia & Herzegovina", "BA"),
        ("Republic of Korea", "KR"),
        ("Atlantis", None),
        ("?", None),
    ],
)
def test_countries(country, text, code):
    assert country(text) == code


def test_a_country_that_is_nearly_known_is_suggested(read):
    assert read("country", "Luxembourgh") == "“Luxembourgh” is not known. Did you mean Luxembourg?"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Europol", "EUROPOL"),
        ("European Police Office", "EUROPOL"),
        ("ONUDC", "UNODC"),
        ("United Nations Office on Drugs and Crime (UNODC)", "UNODC"),
        ("OEDT", "EMCDDA"),
        ("EUDA", "EUDA"),
        ("Organisation mondiale des douanes", "WCO"),
        ("ICPO-Interpol", "INTERPOL"),
        ("World Customs Organisation", "WCO"),
    ],
)
def test_organisations(read, text, code):
    assert read("body", text) == read.known.body_keys[code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("police", "police"),
        ("Douanes", "customs"),
        ("Law enforcement", "police"),
        ("Gendarmerie", "police"),
        ("Ministère public", "prosecutor"),
        ("Parquet", "prosecutor"),
        ("Judiciary", "judge"),
        ("Private sector", "industry"),
        ("Université", "academia"),
        ("International organization", "international"),
        ("Other public authority", "other"),
    ],
)
def test_sectors(read, text, code):
    assert read("sector", text) == Sector.objects.get(code=code).pk


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mr", "mr"),
        ("M.", "mr"),
        ("Monsieur", "mr"),
        ("Ms", "ms"),
        ("Mrs.", "ms"),
        ("Mme", "ms"),
        ("Dr.", ""),
        ("Prof. Dr", ""),
    ],
)
def test_titles(read, text, title):
    assert read("salutation", text) == title


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-06-14", dt.date(2016, 6, 14)),
        ("2016-06-14 00:00:00", dt.date(2016, 6, 14)),
        ("14/06/2016", dt.date(2016, 6, 14)),
        ("14.6.2016", dt.date(2016, 6, 14)),
        ("4-6-16", dt.date(2016, 6, 4)),
        ("14 June 2016", dt.date(2016, 6, 14)),
        ("1er août 2016", dt.date(2016, 8, 1)),
        ("14-Jun-2016", dt.date(2016, 6, 14)),
        ("42535", dt.date(2016, 6, 14)),
    ],
)
def test_days(read, text, day):
    assert read("registered_at", text).date() == day


@pytest.mark.parametrize("text", ["06/14/2016", "tomorrow", "2016-02-30", "9" * 400, "0/0/0"])
def test_what_is_no_day(read, text):
    assert read("registered_at", text) == "Write the day like 2026-11-24 or 24/11/2026."


def test_an_arrival_far_from_the_meeting_is_refused(read):
    assert read("arrives_on", "1999-01-01").startswith("Enter a day between ")


@pytest.mark.parametrize(("text", "value"), [("Yes", True), ("oui", True), ("1", True), ("x", True), ("NO", False), ("non", False)])
def test_yes_and_no(read, text, value):
    assert read("may_be_photographed", text) is value


def test_neither_yes_nor_no(read):
    assert read("is_first_timer", "maybe") == "Write yes or no."


@pytest.mark.parametrize(("text", "language"), [("French", "fr"), ("français", "fr"), ("EN", "en"), ("Deutsch", "en")])
def test_languages(read, text, language):
    assert read("language", text) == language


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Maeve Orrin", ("Maeve", "Orrin")),
        ("ORRIN, Maeve", ("Maeve", "ORRIN")),
        ("Maeve ORRIN", ("Maeve", "ORRIN")),
        ("ORRIN Maeve", ("Maeve", "ORRIN")),
        ("Ana Sofia van der Meer", ("Ana Sofia", "van der Meer")),
        ("Siobhán Ní Bhriain", ("Siobhán", "Ní Bhriain")),
        ("J. P. NÚÑEZ Peña", ("J. P. Peña", "NÚÑEZ")),
        ("Orrin", ("", "Orrin")),
        ("김민준", ("", "김민준")),
    ],
)
def test_a_whole_name_is_parted(name, parts):
    assert parted(name) == parts


def test_the_same_name_in_another_spelling():
    assert same_name_key("Éloïse", "Lefèvre-Martin") == same_name_key("LEFEVRE MARTIN", "Eloise")
    assert same_name_key("Ana", "Costa") != same_name_key("Anna", "Costa")


@pytest.mark.parametrize("field", ["given_name", "family_name", "phone", "organisation", "service", "function", "name"])
def test_a_text_that_is_too_long_is_refused_in_the_words_of_the_form(read, field):
    assert re.fullmatch(r"This is too long: at most [0-9]+ characters\.", read(field, "x" * 500))
