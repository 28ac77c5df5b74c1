"""The first page of the back office: what it counts, and that every number leads to its list."""

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendance.models import Half
from correspondence.models import Message
from delegations.models import Country
from meetings.audiences import Category
from meetings.models import Meeting
from participants.models import Participant
from reports.dashboard import board_for, thinned
from tests.factories import (
    CheckInFactory,
    CountryFactory,
    MeetingFactory,
    MessageFactory,
    PartFactory,
    ParticipantFactory,
    SectorFactory,
    SessionFactory,
    in_days,
)

LINKED_BAR = re.compile(r'<a href="([^"]+)"><g [^>]*><title>[^<]*?: (\d+) people')


def board(viewer, slug=""):
    return board_for(viewer, slug=slug, at=timezone.now())


def todo(viewer, slug=""):
    """The decisions as (count, text)."""
    return [(decision.count, decision.text) for decision in board(viewer, slug).decisions]


def in_words(chart):
    """The rows of a chart's table that count anybody."""
    return [row[:2] for row in chart.rows if row[1]]


@pytest.fixture
def programme(meeting):
    """A meeting that lacks nothing asks for no decision of its own."""
    return SessionFactory(meeting=meeting)


@pytest.fixture
def crowd(meeting, programme):
    """Somebody of every state, and more: families, countries, organisations, staff, first-timers, protected."""
    for state in Participant.State:
        ParticipantFactory(meeting=meeting, **{state.value: True})
    ParticipantFactory(meeting=meeting, sector=SectorFactory(code="prosecutor"), country=CountryFactory(code="FR"), is_first_timer=False)
    ParticipantFactory(meeting=meeting, sector=SectorFactory(code="academia"), country=None, category=Category.ACADEMIA)
    ParticipantFactory(meeting=meeting, category=Category.SECRETARIAT, country=CountryFactory(code="FR"))
    ParticipantFactory(meeting=meeting, country=CountryFactory(code="US"), category=Category.OTHER_STATE, pending=True)
    ParticipantFactory(meeting=meeting, asks_protection=True)
    ParticipantFactory(meeting=meeting, protected=True)
    ParticipantFactory(meeting=meeting, asks_protection=True, declined=True)
    ParticipantFactory()  # of another meeting


# --- which meeting ---


def test_the_coming_meeting_is_shown(secretariat, meeting, past_meeting, draft_meeting):
    MeetingFactory(starts_on=in_days(400).date())

    assert board(secretariat).meeting == meeting


def test_a_meeting_under_way_is_the_coming_one(secretariat, meeting):
    under_way = MeetingFactory(running=True)

    assert board(secretariat).meeting == under_way


def test_when_all_are_over_the_last_is_shown(secretariat, past_meeting):
    last = MeetingFactory(over=True)

    assert board(secretariat).meeting == last


def test_another_meeting_is_chosen_by_its_address(secretariat, meeting, past_meeting):
    assert board(secretariat, "dublin-2017").meeting == past_meeting


def test_an_unknown_address_shows_the_coming_meeting(secretariat, meeting):
    assert board(secretariat, "atlantis-1999").meeting == meeting


def test_without_a_meeting_there_is_none(secretariat, db):
    assert board(secretariat).meeting is None


# --- decisions ---


def test_a_meeting_that_lacks_nothing_asks_for_nothing(secretariat, programme):
    assert todo(secretariat) == []


def test_registrations_await_approval(secretariat, meeting, programme):
    ParticipantFactory.create_batch(2, meeting=meeting, pending=True)

    assert todo(secretariat) == [(2, "registrations await your approval")]


def test_those_who_wait_could_have_the_places_that_are_free(secretariat, programme):
    Meeting.objects.update(capacity=2)
    ParticipantFactory(meeting=programme.meeting)
    ParticipantFactory.create_batch(3, meeting=programme.meeting, waitlisted=True)

    assert todo(secretariat) == [(1, "person who waits could have a place")]


def test_nobody_could_have_a_place_while_the_meeting_is_full(secretariat, programme):
    Meeting.objects.update(capacity=1)
    ParticipantFactory(meeting=programme.meeting)
    ParticipantFactory(meeting=programme.meeting, waitlisted=True)

    assert todo(secretariat) == []


@pytest.mark.parametrize(
    ("state", "is_there"), [("withdrawn", False), ("declined", False), ("waitlisted", False), ("pending", False), ("confirmed", True)]
)
def test_speaker_who_does_not_come_is_a_decision_that_leads_to_the_programme(secretariat, meeting, programme, state, is_there):
    person = PartFactory(session=programme, participant__state=state).participant
    PartFactory(session=programme, participant=person, role="2_moderator")
    PartFactory(session=programme, guest=True)
    found = [(one.count, one.url, one.is_urgent) for one in board(secretariat).decisions if "programme" in one.text]

    assert found == ([] if is_there else [(1, f"/admin/meetings/meeting/{meeting.pk}/programme/", True)])


def test_whoever_may_not_see_who_comes_learns_of_no_speaker(rapporteur, meeting, programme):
    PartFactory(session=programme, participant__withdrawn=True)

    assert todo(rapporteur) == []


def test_requests_for_protection_are_decisions_until_they_are_granted(secretariat, meeting, programme):
    ParticipantFactory(meeting=meeting, asks_protection=True)
    ParticipantFactory(meeting=meeting, protected=True)

    assert todo(secretariat) == [(1, "person asks that the name not be shown")]


def test_mail_that_failed_is_urgent(secretariat, programme):
    MessageFactory.create_batch(2, failed=True)

    (decision,) = board(secretariat).decisions
    assert (decision.count, decision.text, decision.is_urgent) == (2, "mails failed", True)
    assert decision.url == "/admin/correspondence/message/?state__exact=failed"


def test_mail_that_waits_is_a_decision_after_five_minutes(secretariat, programme):
    MessageFactory(next_attempt_at=timezone.now() - dt.timedelta(minutes=4))
    MessageFactory(next_attempt_at=timezone.now() - dt.timedelta(minutes=6))

    assert todo(secretariat) == [(1, "mail waits: is a worker running? (6\xa0minutes)")]


def test_a_draft_says_so(secretariat, draft_meeting):
    SessionFactory(meeting=draft_meeting)

    assert todo(secretariat) == [(1, "meeting is a draft: the public does not see it")]


def test_a_missing_opening_of_registration_is_told(secretariat, programme):
    Meeting.objects.update(registration_opens_at=None)

    assert todo(secretariat) == [(1, "date is missing: when registration opens")]


def test_texts_in_one_language_are_counted(secretariat, programme):
    Meeting.objects.update(summary_en="About the darknet.", practical_fr="Gare de Strasbourg.")

    assert todo(secretariat) == [(2, "texts are in one language only")]


def test_an_empty_programme_is_told(secretariat, meeting):
    assert todo(secretariat) == [(0, "sessions in the programme: add the first")]


def test_a_meeting_that_is_over_asks_for_nothing(secretariat, past_meeting):
    assert todo(secretariat) == []


def test_whoever_decides_nothing_is_asked_nothing(auditor, host_liaison, crowd):
    assert todo(auditor) == []
    assert todo(host_liaison) == []


def test_an_auditor_hears_of_failed_mail_and_a_host_liaison_does_not(auditor, host_liaison, programme):
    MessageFactory(failed=True)

    assert todo(auditor) == [(1, "mail failed")]
    assert todo(host_liaison) == []


# --- numbers ---


def numbers(board):
    return [(figure.number, figure.label, figure.note) for figure in board.figures]


def test_places_and_first_timers(secretariat, crowd):
    assert numbers(board(secretariat)) == [
        ("6", "confirmed", "1 of them take no place"),
        ("95", "free", "of 100 places"),
        ("1", "on the waiting list", ""),
        ("5", "first-timers", "among those confirmed"),
    ]


def test_without_a_limit_no_number_of_free_places_is_made_up(secretariat, crowd):
    Meeting.objects.filter(slug="strasbourg-2026").update(capacity=None)

    assert numbers(board(secretariat))[1] == ("no limit", "free", "the number of places is open")


def test_people_by_status(secretariat, crowd):
    assert in_words(board(secretariat).by_state) == [
        ("Address not confirmed", 1),
        ("Awaiting approval", 2),
        ("Confirmed", 6),
        ("On the waiting list", 1),
        ("Declined", 2),
        ("Withdrawn", 1),
    ]


def test_people_by_family_with_how_many_more_may_come(secretariat, crowd):
    rows = {label: (number, note) for label, number, note in board(secretariat).by_family.rows}

    assert rows["Law enforcement"] == (4, "+3")
    assert rows["Judiciary"] == (1, "")


def test_people_by_membership(secretariat, crowd):
    assert in_words(board(secretariat).countries.chart) == [("Member", 5), ("No country", 1)]


def test_members_that_registered_nobody_are_named(secretariat, meeting, crowd):
    countries = board(secretariat).countries
    members = Country.objects.members(meeting.starts_on)

    assert countries.members_total == members.count()
    assert countries.members_present == 2
    assert countries.missing == [country.name.text for country in members.in_alphabetical_order() if country.code not in {"FR", "IE"}]


def test_a_company_does_not_stand_for_its_country(secretariat, meeting, programme):
    ParticipantFactory(meeting=meeting, country=CountryFactory(code="IE"), category=Category.PRIVATE_SECTOR)

    assert "Ireland" in board(secretariat).countries.missing


def test_somebody_who_awaits_approval_stands_for_their_country(secretariat, meeting, programme):
    ParticipantFactory(meeting=meeting, country=CountryFactory(code="IE"), pending=True)

    assert "Ireland" not in board(secretariat).countries.missing


def test_registrations_add_up_day_by_day(secretariat, meeting, programme):
    for days, number in ((-5, 2), (-3, 1)):
        ParticipantFactory.create_batch(number, meeting=meeting, registered_at=in_days(days), declined=True)
    ParticipantFactory(meeting=meeting, unconfirmed=True)

    assert [number for _day, number in board(secretariat).over_time.rows] == [2, 3]


def test_days_count_by_the_calendar_of_the_venue(secretariat, db):
    meeting = MeetingFactory(timezone="Pacific/Auckland")
    late = dt.datetime(2026, 9, 1, 20, tzinfo=dt.UTC)  # the morning of the second in Auckland
    ParticipantFactory(meeting=meeting, registered_at=late)

    assert board(secretariat).over_time.rows == (("2 September 2026", 1),)


def test_many_days_are_drawn_by_week():
    days = [(dt.date(2026, 1, 1) + dt.timedelta(days=number), number) for number in range(60)]

    points = thinned(days)

    assert (points[0], points[-1]) == (days[0], days[-1])
    assert len(points) == 10


def test_few_days_are_drawn_one_by_one():
    days = [(dt.date(2026, 1, 1) + dt.timedelta(days=number), number) for number in range(40)]

    assert thinned(days) == days


# --- while the meeting runs ---


@pytest.fixture
def running(db):
    return MeetingFactory(running=True)


def test_while_it_runs_who_came_today_is_counted_once_each(secretariat, running):
    came, was_there_yesterday = ParticipantFactory.create_batch(2, meeting=running)
    for half in Half.values:
        CheckInFactory(participant=came, day=running.today(), half=half)
    CheckInFactory(participant=was_there_yesterday, day=running.starts_on, half=Half.MORNING)

    shown = board(secretariat)

    assert [(figure.number, figure.label) for figure in shown.figures][:2] == [("2", "confirmed"), ("1", "came today")]
    assert "Who was there" in [label for label, _url in shown.links]


def test_those_who_may_not_see_presence_see_the_places(auditor, running):
    shown = board(auditor)

    assert [figure.label for figure in shown.figures][1:2] == ["free"]
    assert "Who was there" not in [label for label, _url in shown.links]


# --- every number is its list ---


def linked_numbers(board):
    """Every number of the page with the address it leads to."""
    found = [(decision.count, decision.url) for decision in board.decisions]
    found += [(int(figure.number), figure.url) for figure in board.figures if "/participant/" in figure.url]
    found += [(line.number, line.url) for line in board.countries.present]
    for chart in (board.by_state, board.by_family, board.countries.chart):
        found += [(int(number), unescape(url)) for url, number in LINKED_BAR.findall(chart.svg)]
    return found


def test_every_number_leads_to_a_list_of_that_many(client_of, secretariat, crowd):
    browser = client_of(secretariat)
    MessageFactory(failed=True)
    expected = linked_numbers(board(secretariat))

    listed = [(browser.get(url).context["cl"].result_count, url) for _number, url in expected]

    assert len(expected) == 3 + 1 + 3 + 2 + 6 + 8 + 3
    assert listed == expected


# --- rights and speed ---


def test_without_the_right_to_see_participants_there_is_nothing_about_them(rapporteur, crowd):
    shown = board(rapporteur)

    assert (shown.figures, shown.over_time, shown.by_state, shown.by_family, shown.countries) == ((), None, None, None, None)


def test_a_rapporteur_finds_the_programme(rapporteur, programme):
    assert [label for label, _url in board(rapporteur).links] == ["Programme", "Meeting", "Public page", "Public programme"]


def test_a_draft_has_no_public_page_to_go_to(secretariat, draft_meeting):
    assert [label for label, _url in board(secretariat).links] == ["Participants", "Balance", "Programme", "Meeting"]


def test_the_number_of_queries_is_fixed(client_of, secretariat, meeting):
    browser = client_of(secretariat)
    browser.get("/admin/")
    with CaptureQueriesContext(connection) as for_none:
        browser.get("/admin/")
    ParticipantFactory.create_batch(3, meeting=meeting, pending=True)
    ParticipantFactory.create_batch(3, meeting=meeting, sector=SectorFactory(code="customs"), country=CountryFactory(code="IT"))
    MessageFactory.create_batch(3, failed=True)
    PartFactory.create_batch(3, session__meeting=meeting, participant__withdrawn=True)

    with CaptureQueriesContext(connection) as for_many:
        browser.get("/admin/")

    assert len(for_many) == len(for_none) == 24
    assert Message.objects.filter(state="failed").count() == 3
