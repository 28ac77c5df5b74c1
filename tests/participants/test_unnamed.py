"""What somebody typed about a person, without the person's name."""

import pytest

from participants.unnamed import without_names, without_protected_names
from tests.factories import ParticipantFactory


@pytest.fixture
def somebody():
    """Not stored: a name with accents, two parts and a particle."""
    return ParticipantFactory.build(given_name="Ludmila Eva", family_name="Kvasničková van Hall", email="l.hall@policie.example")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("The host asks who enters.", "The host asks who enters."),
        ("Kvasničková needs a ramp", "[…] needs a ramp"),
        ("KVASNICKOVA’s letter", "[…]’s letter"),
        ("Eva asked", "[…] asked"),
        ("Ludmila Eva Kvasničková van Hall asked", "[…] […] asked"),
        ("a van from the hotel", "a van from the hotel"),
        ("Write to L.Hall@policie.example.", "Write to […]."),
        ("Hallway", "Hallway"),
        ("for=Kvasničková", "for=[…]"),
    ],
)
def test_name_is_left_out_and_everything_else_stays(somebody, typed, left):
    assert without_names(typed, [somebody]) == left


def test_short_family_name_is_left_out_as_a_whole(somebody):
    somebody.family_name = "Li"

    assert without_names("Ms Li came by the lift", [somebody]) == "Ms […] came by the lift"


def test_nothing_is_left_out_for_nobody():
    assert without_names("Kvasničková", []) == "Kvasničková"


def test_erased_person_has_no_words_to_leave_out(somebody):
    somebody.given_name = somebody.family_name = somebody.email = ""

    assert without_names("as it was", [somebody]) == "as it was"


def test_names_of_protected_people_alone_are_left_out(protected_registration, registration):
    assert without_protected_names("Canary and Orrin asked") == "[…] and Orrin asked"
