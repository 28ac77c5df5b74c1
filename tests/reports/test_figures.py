import datetime as dt

import pytest
from django.utils.translation import override

from delegations.models import CountryStatus
from meetings.audiences import Category
from reports.figures import EditionFigures, edition_figures, figures_of
from tests.factories import CountryFactory, MeetingFactory, ParticipantFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_members(db):
    CountryStatus.objects.all().delete()


def test_everybody_with_a_place_that_counts_is_counted(meeting):
    ParticipantFactory.create_batch(2, meeting=meeting)
    ParticipantFactory(meeting=meeting, category=Category.ACADEMIA, sector=SectorFactory(code="academia"), country=None)

    assert edition_figures(meeting).participants == 3


@pytest.mark.parametrize("trait", ["unconfirmed", "pending", "waitlisted", "declined", "withdrawn"])
def test_somebody_without_a_place_is_not_counted(meeting, trait):
    ParticipantFactory(meeting=meeting, **{trait: True})

    assert edition_figures(meeting).participants == 0


@pytest.mark.parametrize("category", [Category.SECRETARIAT, Category.INTERPRETER])
def test_those_who_run_the_meeting_are_not_counted(meeting, category):
    ParticipantFactory(meeting=meeting, category=category)

    assert edition_figures(meeting).participants == 0


def test_protected_people_count(protected_registration):
    assert edition_figures(protected_registration.meeting).participants == 1


def test_people_of_another_meeting_are_not_counted(meeting, past_meeting):
    ParticipantFactory(meeting=past_meeting)

    assert edition_figures(meeting).participants == 0


def test_country_counts_once_however_many_it_sends(meeting):
    ParticipantFactory.create_batch(2, meeting=meeting, country=CountryFactory(code="IE"))
    ParticipantFactory(meeting=meeting, country=CountryFactory(code="FR"))

    assert edition_figures(meeting).countries == 2


def test_seat_of_a_company_represents_no_country(meeting):
    ParticipantFactory(meeting=meeting, category=Category.PRIVATE_SECTOR, country=CountryFactory(code="US"))

    assert edition_figures(meeting).countries == 0


def test_members_are_those_of_the_day(meeting, no_members):
    ireland, italy = CountryFactory(code="IE"), CountryFactory(code="IT")
    ireland.statuses.create(status="member", starts_on=dt.date(1971, 1, 1))
    italy.statuses.create(status="member", ends_on=meeting.starts_on - dt.timedelta(days=1))
    CountryFactory(code="FR").statuses.create(status="member")
    ParticipantFactory(meeting=meeting, country=ireland)
    ParticipantFactory(meeting=meeting, country=italy)

    figures = edition_figures(meeting)

    assert (figures.countries, figures.members_present, figures.members_total) == (2, 1, 2)


def test_families_add_up_their_sectors_the_largest_first(meeting):
    ParticipantFactory(meeting=meeting, sector=SectorFactory(code="academia"))
    ParticipantFactory(meeting=meeting, sector=SectorFactory(code="police"))
    ParticipantFactory(meeting=meeting, sector=SectorFactory(code="customs"))

    figures = edition_figures(meeting)

    assert figures.sectors == 3
    assert figures.families == [("Law enforcement", 2), ("Academia", 1)]


def test_families_of_one_size_stand_in_their_official_order(meeting):
    for code in ("academia", "prosecutor", "police"):
        ParticipantFactory(meeting=meeting, sector=SectorFactory(code=code))

    assert [family for family, _people in edition_figures(meeting).by_family] == ["law_enforcement", "judiciary", "academia"]


def test_families_are_named_in_the_language_of_the_page():
    figures = EditionFigures(by_family=(("law_enforcement", 2),))

    with override("fr"):
        assert figures.families == [("Services répressifs", 2)]


@pytest.mark.parametrize(("people", "shown"), [(0, False), (4, False), (5, True)])
def test_figures_show_once_there_are_people_to_hide_among(people, shown):
    assert EditionFigures(participants=people).may_be_shown is shown


def test_figures_are_read_once_a_minute(meeting, django_assert_num_queries):
    with django_assert_num_queries(2):
        edition_figures(meeting)
    ParticipantFactory(meeting=meeting)

    with django_assert_num_queries(0):
        figures = edition_figures(meeting)

    assert figures.participants == 0


def test_queries_do_not_grow_with_the_meetings(meeting, django_assert_num_queries):
    others = MeetingFactory.create_batch(2)
    for row in (meeting, *others):
        ParticipantFactory(meeting=row)

    with django_assert_num_queries(2):
        figures = figures_of([meeting, *others])

    assert [figures[row.pk].participants for row in (meeting, *others)] == [1, 1, 1]


def test_only_what_is_not_known_yet_is_read(meeting, past_meeting):
    edition_figures(meeting)
    ParticipantFactory(meeting=meeting)
    ParticipantFactory(meeting=past_meeting)

    figures = figures_of([meeting, past_meeting])

    assert (figures[meeting.pk].participants, figures[past_meeting.pk].participants) == (0, 1)


def test_no_meeting_has_no_figures(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert figures_of([]) == {}
