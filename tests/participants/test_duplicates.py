"""Who may be registered twice."""

import pytest

from participants import duplicates, services
from tests.factories import CountryFactory, MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


def two(here, first, second, **fields):
    one = ParticipantFactory(meeting=here, given_name=first[0], family_name=first[1], organisation="")
    return one, ParticipantFactory(**{"meeting": here, "given_name": second[0], "family_name": second[1], "organisation": "", **fields})


@pytest.mark.parametrize(
    ("first", "second", "points"),
    [
        (("Maeve", "Orrin"), ("Maeve", "Orrin"), 75),
        (("Maeve", "Orrin"), ("Orrin", "Maeve"), 75),
        (("Łukasz", "Dąbrowski"), ("Lukasz", "Dabrowski"), 75),
        (("Anne-Marie", "Orrin"), ("Anne Marie", "ORRIN"), 75),
        (("Maeve", "Orrin"), ("Maeve", "Orrim"), 60),
        (("Maeve", "Orrin"), ("Maeve", "Orin"), 60),
    ],
)
def test_names_that_meet(meeting, first, second, points):
    one, other = two(meeting, first, second)

    assert [(found.first, found.second, found.points) for found in duplicates.in_meeting(meeting)] == [(one.pk, other.pk, points)]


@pytest.mark.parametrize(
    ("first", "second"),
    [(("Maeve", "Orrin"), ("Maeve", "Brandt")), (("Li", "Wu"), ("Li", "Xu")), (("Maeve", "Orrin"), ("Mave", "Orin"))],
)
def test_names_that_do_not(meeting, first, second):
    two(meeting, first, second)

    assert duplicates.in_meeting(meeting) == []


def test_namesakes_of_two_countries_are_two_people(meeting):
    two(meeting, ("Jan", "Novak"), ("Jan", "Novak"), country=CountryFactory(code="DE"))

    assert duplicates.in_meeting(meeting) == []


def test_the_reasons_are_told(meeting):
    two(meeting, ("Maeve", "Orrin"), ("Maeve", "Orrin"))

    [found] = duplicates.in_meeting(meeting)

    assert list(map(str, found.why)) == ["the same name, accents and the order of its parts aside", "the same country"]


def test_somebody_of_an_earlier_meeting_under_another_account(meeting):
    one, other = two(meeting, ("Maeve", "Orrin"), ("Maeve", "Orrin"), meeting=MeetingFactory())

    assert [found.second for found in duplicates.in_meeting(meeting)] == [other.pk]
    assert [found.other(one.pk) for found in duplicates.of_one(one)] == [other.pk]


def test_two_years_of_one_account_are_no_duplicate(meeting):
    one = ParticipantFactory(meeting=meeting)
    ParticipantFactory(meeting=MeetingFactory(), user=one.user, family_name=one.family_name, email=one.email)

    assert duplicates.in_meeting(meeting) == []


def test_two_people_are_not_asked_about_again(meeting, secretariat):
    one, other = two(meeting, ("Maeve", "Orrin"), ("Maeve", "Orrin"))

    services.tell_apart(first=other, second=one, by=secretariat)
    services.tell_apart(first=one, second=other, by=secretariat)

    assert duplicates.in_meeting(meeting) == duplicates.of_one(one) == []


@pytest.mark.parametrize("people", [2, 30])
def test_three_queries_whatever_the_number(meeting, people, django_assert_num_queries):
    ParticipantFactory.create_batch(people, meeting=meeting)

    with django_assert_num_queries(3):
        duplicates.in_meeting(meeting)
