"""Columns are recognised by what people and programs call them."""

import pytest

from participants import exports
from participants.importing import columns

INDICO = (
    ["ID", "Name", "First Name", "Last Name", "Email Address", "Affiliation", "Position", "Country", "Phone Number", "Title"],
    ["", "", "given_name", "family_name", "email", "organisation", "function", "country", "phone", "salutation"],
)
PRETIX = (
    [
        *("Event slug", "Order code", "Position ID", "Status", "Email", "Phone number", "Order date", "Order time", "Product"),
        *("Attendee name", "Attendee name: Title", "Attendee name: Given name", "Attendee name: Family name", "Attendee email"),
        *("Company", "Country"),
    ],
    [
        *("", "", "", "status", "", "phone", "registered_at", "", ""),
        *("", "salutation", "given_name", "family_name", "email"),
        *("organisation", "country"),
    ],
)


@pytest.mark.parametrize(("headings", "fields"), [INDICO, PRETIX], ids=["indico", "pretix"])
def test_the_exports_of_others(headings, fields):
    assert columns.guess(headings) == fields


@pytest.mark.parametrize(
    ("headings", "source"),
    [
        (INDICO[0], "indico"),
        (PRETIX[0], "pretix"),
        ([column.heading_en for column in exports.EVERYTHING], "own"),
        ([column.heading_fr for column in exports.EVERYTHING], "own"),
        (["Name", "Country"], ""),
    ],
)
def test_whose_export_it_is(headings, source):
    assert columns.source_of(headings) == source


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_column_of_our_full_list_is_matched_or_left_out_on_purpose(language):
    expected = [columns.OWN_COLUMNS.get(column.key, "") for column in exports.EVERYTHING]

    assert {column.key for column in exports.EVERYTHING} - columns.OWN_COLUMNS.keys() <= columns.NOT_TAKEN
    # The name as shown says nothing that the two parts of it do not say.
    assert columns.guess([column.heading(language) for column in exports.EVERYTHING]) == ["" if f == "name" else f for f in expected]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nom de famille", "family_name"),
        ("PRÉNOM(S)", "given_name"),
        (" E-Mail : ", "email"),
        ("Adresse électronique", "email"),
        ("Pays / Country", "country"),
        ("Administration / société", "organisation"),
        ("Country / Organisation", ""),
        ("Telephone (office)", "phone"),
        ("Fonction", "function"),
        ("Organisation internationale", "body"),
        ("Date d'arrivée", "arrives_on"),
        ("Civilité", "salutation"),
        ("family_name", "family_name"),
        ("Dietary requirements", ""),
        ("Shoe size", ""),
    ],
)
def test_headings(heading, field):
    assert columns.guess([heading]) == [field]


def test_name_beside_first_name_is_the_family_name():
    assert columns.guess(["Nom", "Prénom"]) == ["family_name", "given_name"]
    assert columns.guess(["Nom", "Pays"]) == ["name", "country"]


def test_no_field_is_matched_twice():
    assert columns.guess(["E-mail", "Email address", "Courriel"]).count("email") == 1


@pytest.mark.parametrize(("cells", "field"), [(["Ms", "Mr.", "Dr"], "salutation"), (["Inspector", "Head of Unit", "Ms"], "function")])
def test_the_cells_tell_what_a_title_is(cells, field):
    assert columns.guess(["Title"], [(number, [cell]) for number, cell in enumerate(cells)]) == [field]
