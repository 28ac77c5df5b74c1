"""Each filter shows those it names, and counts as many as it shows."""

import datetime as dt

import pytest
from django.contrib import admin

from delegations.models import CountryStatus
from meetings.audiences import Category
from participants.models import Participant
from tests.factories import BodyFactory, CountryFactory, SectorFactory
from tests.participants.admin.conftest import LIST, ask


def test_without_a_choice_the_coming_meeting_is_shown(person, past_meeting, shown):
    person("Here")
    person("Long ago", meeting=past_meeting)

    assert shown() == ["Here"]


def test_last_meeting_is_shown_when_none_is_coming(past_meeting, person, shown, meeting):
    person("Long ago", meeting=past_meeting)
    meeting.delete()

    assert shown() == ["Long ago"]


def test_one_meeting(person, past_meeting, shown):
    person("Here")
    person("Long ago", meeting=past_meeting)

    assert shown(f"meeting__id__exact={past_meeting.pk}") == ["Long ago"]


def test_all_meetings(person, past_meeting, shown):
    person("Here")
    person("Long ago", meeting=past_meeting)

    assert shown("meeting__id__exact=all") == ["Here", "Long ago"]


def test_without_a_choice_addresses_not_proven_are_left_out(person, shown):
    for state in Participant.State.values:
        person(state, **{state: True})

    assert shown() == ["confirmed", "declined", "pending", "waitlisted", "withdrawn"]


@pytest.mark.parametrize("state", Participant.State.values)
def test_status(person, shown, state):
    for each in Participant.State.values:
        person(each, **{each: True})

    assert shown(f"state__exact={state}") == [state]


def test_category(person, shown):
    person("Official")
    person("Merchant", category=Category.PRIVATE_SECTOR)

    assert shown("category__exact=private_sector") == ["Merchant"]


def test_sector(person, shown):
    customs = SectorFactory(code="customs")
    person("Officer")
    person("Inspector", sector=customs)

    assert shown(f"sector__id__exact={customs.pk}") == ["Inspector"]


def test_family(person, shown):
    person("Customs", sector=SectorFactory(code="customs"))
    person("Police", sector=SectorFactory(code="police"))
    person("Prosecutor", sector=SectorFactory(code="prosecutor"))

    assert shown("family=law_enforcement") == ["Customs", "Police"]


def test_country(person, shown):
    portugal = CountryFactory(code="PT")
    person("Irish")
    person("Portuguese", country=portugal)

    assert shown(f"country__id__exact={portugal.pk}") == ["Portuguese"]


@pytest.fixture
def three_memberships(person):
    """One from a member, one from elsewhere, one from no country."""
    ireland, elsewhere = CountryFactory(code="IE"), CountryFactory(code="XA", name_en="Elsewhere", name_fr="Ailleurs")
    ireland.statuses.all().delete()
    ireland.statuses.create(status=CountryStatus.Status.MEMBER, starts_on=dt.date(1980, 1, 1))
    person("Member", country=ireland)
    person("Guest", country=elsewhere, category=Category.OTHER_STATE)
    person("Official", country=None, body=BodyFactory(), category=Category.INTERNATIONAL_ORGANISATION)
    return ireland


@pytest.mark.parametrize(("membership", "names"), [("member", ["Member"]), ("other", ["Guest"]), ("none", ["Official"])])
def test_membership(three_memberships, shown, membership, names):
    assert shown(f"membership={membership}") == names


def test_membership_is_that_of_the_meetings_first_day(three_memberships, meeting, person, past_meeting, shown):
    three_memberships.statuses.update(ends_on=meeting.starts_on - dt.timedelta(days=1))
    person("Member then", country=three_memberships, meeting=past_meeting)

    assert shown("membership=member&meeting__id__exact=all") == ["Member then"]


@pytest.mark.parametrize(("value", "names"), [("1", ["New"]), ("0", ["Old hand"])])
def test_first_timers(person, shown, value, names):
    person("New", is_first_timer=True)
    person("Old hand", is_first_timer=False)

    assert shown(f"is_first_timer__exact={value}") == names


@pytest.mark.parametrize(("value", "names"), [("asked", ["Asks"]), ("protected", ["Expert K."])])
def test_protection(person, shown, value, names):
    person("Asks", asks_protection=True)
    person("Hidden", protected=True)
    person("Open")

    assert shown(f"protection={value}") == names


def test_filters_narrow_each_other(person, shown):
    person("Both", pending=True, is_first_timer=False)
    person("Status only", pending=True)
    person("Old hand only", is_first_timer=False)

    assert shown("state__exact=pending&is_first_timer__exact=0") == ["Both"]


@pytest.mark.parametrize(
    "query",
    ["state__exact=nonsense", "meeting__id__exact=0", "country__id__exact=x", "family=", "membership=%00", "sector__id__exact=9" * 3],
)
def test_filter_that_is_not_known_leads_to_the_whole_list(office, person, query):
    response = office.get(f"{LIST}?{query}")

    assert (response.status_code, response["Location"]) == (302, f"{LIST}?e=1")


@pytest.mark.parametrize(
    "query",
    [
        "family_name__startswith=C",
        "email__contains=canary",
        "user__email__startswith=c",
        "is_protected__exact=1",
        "search_key__contains=c",
        "needs__diet__exact=halal",
        "history__family_name__startswith=C",
    ],
)
def test_other_columns_cannot_be_asked_for(office, protected_registration, query):
    assert office.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "",
        "meeting__id__exact=all",
        "state__exact=pending",
        "state__exact=unconfirmed",
        "family=law_enforcement",
        "membership=member",
        "is_first_timer__exact=1&category__exact=member_state",
        "q=person",
        "protection=asked&family=judiciary",
    ],
)
def test_every_option_counts_as_many_as_it_shows(secretariat, three_memberships, person, meeting, past_meeting, query):
    sectors = [SectorFactory(code=code) for code in ("police", "customs", "prosecutor")]
    for number in range(12):
        person(
            f"Person {number}",
            meeting=past_meeting if number % 5 == 0 else meeting,
            sector=sectors[number % 3],
            is_first_timer=number % 2 == 0,
            asks_protection=number % 4 == 0,
            is_protected=number % 8 == 0,
            **{Participant.State.values[number % 6]: True},
        )
    office = admin.site._registry[Participant]

    options = [option for choice in office.filtered_list(ask(secretariat, query)).choices for option in choice.options]

    assert [(option.label, option.people) for option in options] == [
        (option.label, office.filtered_queryset(ask(secretariat, option.address[1:])).count()) for option in options
    ]
