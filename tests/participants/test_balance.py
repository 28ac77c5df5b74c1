"""The balance of a meeting against its targets."""

import pytest

from participants.balance import balance_of
from participants.models import Target
from tests.factories import MeetingFactory, ParticipantFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


def gaps(meeting, *, names=True):
    return [(gap.words, list(gap.people)) for gap in balance_of(meeting, names=names).gaps]


def test_a_kind_of_whom_nobody_comes(meeting):
    Target.objects.create(meeting=meeting, dimension="sector", value="judge", wanted=2)

    assert gaps(meeting) == [("Judge: nobody yet; target 2", [])]


def test_a_share(meeting):
    ParticipantFactory(meeting=meeting, salutation="ms")
    ParticipantFactory.create_batch(3, meeting=meeting, salutation="mr")
    Target.objects.create(meeting=meeting, dimension="gender", value="ms", share=40)

    assert gaps(meeting) == [("Women: 1 of 4; target 40 %", [])]


def test_a_target_that_is_met_is_no_gap(meeting):
    ParticipantFactory(meeting=meeting)
    Target.objects.create(meeting=meeting, dimension="family", value="law_enforcement", category="member_state", wanted=1)

    assert gaps(meeting) == []
    assert balance_of(meeting, names=True).met == 1


def test_who_might_fill_it_is_nobody_protected_hidden_or_registered_now(meeting):
    earlier, prosecutor = MeetingFactory(over=True), SectorFactory(code="prosecutor")
    wanted = ParticipantFactory(meeting=earlier, sector=prosecutor)
    ParticipantFactory(meeting=earlier, sector=prosecutor, protected=True)
    ParticipantFactory(meeting=earlier, sector=prosecutor, visibility="hidden")
    comes = ParticipantFactory(meeting=earlier, sector=prosecutor)
    ParticipantFactory(meeting=meeting, user=comes.user, email=comes.email)
    Target.objects.create(meeting=meeting, dimension="sector", value="prosecutor", wanted=1)

    assert [people for _words, people in gaps(meeting)] == [[wanted]]
    assert [people for _words, people in gaps(meeting, names=False)] == [[]]


@pytest.mark.parametrize("people", [1, 20])
def test_the_same_queries_whatever_the_number(meeting, people, django_assert_num_queries):
    Target.objects.create(meeting=meeting, dimension="sector", value="judge", wanted=2)
    ParticipantFactory.create_batch(people, meeting=meeting)
    ParticipantFactory.create_batch(people, meeting=MeetingFactory(over=True))

    with django_assert_num_queries(9):
        balance_of(meeting, names=True)


def test_people_of_a_list_without_addresses_are_named_too_but_not_who_comes_now(meeting):
    earlier, prosecutor = MeetingFactory(over=True), SectorFactory(code="prosecutor")
    listed = [ParticipantFactory(meeting=earlier, sector=prosecutor, user=None, email="", family_name=name) for name in ("Orrin", "Brandt")]
    comes = ParticipantFactory(meeting=earlier, sector=prosecutor, user=None, email="", family_name="Meer")
    ParticipantFactory(meeting=meeting, family_name=comes.family_name)
    Target.objects.create(meeting=meeting, dimension="sector", value="prosecutor", wanted=1)

    assert [people for _words, people in gaps(meeting)] == [listed]


def test_everything_is_crossed(meeting):
    ParticipantFactory(meeting=meeting, salutation="ms")
    ParticipantFactory(meeting=meeting, country=None, category="academia", sector=SectorFactory(code="academia"), salutation="")

    cross = balance_of(meeting, names=False).cross

    assert cross[("family", "law_enforcement"), ("gender", "ms")] == cross[("family", "law_enforcement"), ("category", "member_state")] == 1
    assert cross[("family", "academia"), ("region", "none")] == cross[("group", "none"), ("gender", "")] == 1
    assert cross[("category", "academia"), ("gender", "ms")] == 0
