"""Texts for templates: their language, their direction, and each said once."""

import pytest

from attendance.printing.words import columns, direction_of, in_each, said
from tests.factories import BodyFactory


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Maeve", "ltr"),
        ("محمد", "rtl"),
        ("דוד Cohen", "rtl"),
        ("Cohen דוד", "ltr"),
        ("1 דוד", "rtl"),
        ("김민준", "ltr"),
        ("", "ltr"),
        ("–", "ltr"),
    ],
)
def test_the_first_letter_decides_where_reading_begins(text, direction):
    assert direction_of(text) == direction


def test_what_is_the_same_in_both_languages_stands_once():
    assert in_each(("en", "fr"), lambda language: "France") == [said("France", "en")]


def test_nothing_is_not_said():
    assert in_each(("en", "fr"), lambda language: "") == []


def test_both_names_of_an_organisation():
    body = BodyFactory.build(name_en="Postal Union", name_fr="Union postale")

    assert columns(body, "name", ("en", "fr")) == [said("Postal Union", "en"), said("Union postale", "fr")]


def test_a_missing_name_is_not_said_twice():
    body = BodyFactory.build(name_en="Postal Union", name_fr="")

    assert columns(body, "name", ("en", "fr")) == [said("Postal Union", "en")]
