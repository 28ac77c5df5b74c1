"""What the form offers, and that it is not read from the database at every step."""

import datetime as dt

import pytest
from django.utils import translation

from delegations.models import Country
from meetings.audiences import Family
from participants import choices


def test_all_sectors_are_offered_in_their_order(db):
    assert [row.code for row in choices.sectors()][:3] == ["police", "customs", "border"]
    assert len(choices.sectors()) == 11


def test_an_unknown_sector_is_none(db):
    assert choices.sector("astronaut") is None


def test_rows_are_read_once_a_minute(db, django_assert_num_queries):
    choices.countries()

    with django_assert_num_queries(0):
        choices.countries()


def test_names_follow_the_language_though_the_rows_are_kept(db):
    choices.sectors()

    with translation.override("fr"):
        assert choices.sector("customs").name == "Douanes"


def test_thirty_nine_members_in_december_2017(db):
    assert len(choices.members(dt.date(2017, 12, 12))) == 39


def test_every_family_has_a_category(db):
    authorities = {row.family for row in choices.sectors() if row.is_authority}

    assert authorities | set(choices.CATEGORY_OF_FAMILY) == set(Family.values)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_countries_keep_the_order_of_the_language(db, language):
    with translation.override(language):
        codes = [row.code for row in choices.countries()]

    assert codes == list(Country.objects.in_alphabetical_order(language).values_list("code", flat=True))
