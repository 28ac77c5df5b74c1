"""Possible duplicates in the back office: whom they name, and to whom."""

import pytest

from accounts.models import Look
from participants.admin import reveals
from participants.models import Merge, NotSame, Participant
from tests.participants.admin.conftest import LIST

pytestmark = pytest.mark.django_db

PAIRS = f"{LIST}duplicates/"


@pytest.fixture
def pair(person):
    """Somebody registered twice."""
    return person("Brandt", given_name="Jonas", pending=True), person("Jonas", given_name="Brandt", function="Chief")


def compare(one, other):
    return f"{LIST}{one.pk}/compare/{other.pk}/"


def test_the_list_and_the_page_name_them(office, pair):
    one, other = pair

    listed = office.get(PAIRS).context["pairs"]
    alike = office.get(f"{LIST}{one.pk}/change/").context["alike"]

    assert [(shown.first.pk, shown.second.pk) for shown in listed] == [(one.pk, other.pk)]
    assert [found.pk for found, _likeness in alike] == [other.pk]


def test_the_one_further_on_is_offered_to_stay(office, pair):
    assert office.get(compare(*pair)).context["stays"] == pair[1]


def test_both_are_looked_at(office, pair):
    office.get(compare(*pair))

    assert sorted(Look.objects.filter(what="participant_page").values_list("reference", flat=True)) == sorted(one.reference for one in pair)


def test_merging_takes_what_was_chosen(office, pair, said):
    one, other = pair

    page = office.post(compare(one, other), {"merge": 1, "stays": other.pk, "given_name": one.pk, "family_name": one.pk}, follow=True)

    stays = Participant.objects.get(pk=other.pk)
    assert (stays.given_name, stays.family_name, stays.function) == ("Jonas", "Brandt", "Chief")
    assert said(page) == [f"Merged. {one.reference} is kept as withdrawn, for its history."]
    assert [row.other_id for row in page.context["merges"]] == [one.pk]


def test_two_people_are_remembered(office, pair):
    page = office.post(compare(*pair), {"apart": 1}, follow=True)

    assert (page.context["pairs"], NotSame.objects.count(), Merge.objects.count()) == ([], 1, 0)


@pytest.mark.parametrize("protected", [0, 1])
def test_a_protected_name_is_told_by_no_pair(office, person, protected):
    people = [person("Canary", given_name="Livia", **({"protected": True} if number == protected else {})) for number in (0, 1)]

    pages = [office.get(PAIRS), *(office.get(f"{LIST}{one.pk}/change/") for one in people)]
    answer = office.get(compare(*people))

    assert [page.context.get("pairs") or page.context.get("alike") or [] for page in pages] == [[], [], []]
    assert answer.headers["Location"] == f"{LIST}{people[protected].pk}/change/"


def test_whoever_had_the_name_shown_sees_the_pair(office, person):
    one, hidden = person("Canary", given_name="Livia"), person("Canary", given_name="Livia", protected=True)
    office.post(f"{LIST}{hidden.pk}/{reveals.reveal.__name__}/", {"reason": "Registered twice?"})

    assert [(shown.first.pk, shown.second.pk) for shown in office.get(PAIRS).context["pairs"]] == [(one.pk, hidden.pk)]


def test_a_host_compares_nobody(client_of, host_liaison, pair):
    browser = client_of(host_liaison)

    assert [browser.get(address).status_code for address in (PAIRS, compare(*pair))] == [403, 403]
