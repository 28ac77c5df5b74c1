"""The page of the balance: what its tables say, and to whom it names people."""

import pytest

from participants.models import Target
from tests.factories import CountryFactory, ParticipantFactory


@pytest.fixture
def page(client_of, secretariat, meeting):
    return lambda user=secretariat: client_of(user).get("/admin/balance/")


def row(page, title, label):
    """The numbers of one line, by the words above them."""
    table = next(table for table in page.context["tables"] if table.title == title)
    numbers, total = next((numbers, total) for name, numbers, total in table.rows if name == label)
    return {column: number for column, number in zip(table.columns, numbers, strict=True) if number} | {"All": total}


def test_families_by_everything_and_everything_by_women_and_men(page, meeting):
    ParticipantFactory(meeting=meeting, salutation="ms", country=CountryFactory(code="IE"))
    ParticipantFactory(meeting=meeting, salutation="mr", country=CountryFactory(code="IE"))
    ParticipantFactory(meeting=meeting, salutation="", country=CountryFactory(code="IE"))

    shown = page()

    assert row(shown, "By family and category", "Law enforcement") == {"Member state": 3, "All": 3}
    assert row(shown, "By family, women and men", "Law enforcement") == {"Women": 1, "Men": 1, "Not said": 1, "All": 3}
    assert row(shown, "By category, women and men", "Member state") == {"Women": 1, "Men": 1, "Not said": 1, "All": 3}
    assert [table.title for table in shown.context["tables"]] == [
        "By family and category",
        "By family and group of countries",
        "By family and region",
        "By family, women and men",
        "By category, women and men",
        "By group of countries, women and men",
        "By region, women and men",
    ]


def test_names_only_for_whoever_works_on_the_list(page, meeting, past_meeting, secretariat, auditor):
    ParticipantFactory(meeting=past_meeting, given_name="Maeve", family_name="Orrin", salutation="ms")
    Target.objects.create(meeting=meeting, dimension="gender", value="ms", wanted=1)

    assert ["Maeve Orrin" in page(user).content.decode() for user in (secretariat, auditor)] == [True, False]


def test_a_gap_that_nobody_can_fill_says_so(page, meeting):
    Target.objects.create(meeting=meeting, dimension="sector", value="judge", wanted=1)

    assert "Nobody of earlier meetings fits." in page().content.decode()
