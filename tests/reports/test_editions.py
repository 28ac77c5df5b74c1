import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from meetings.languages import Wording
from meetings.models import Meeting
from participants.models import Participant
from reports.editions import (
    Action,
    Edition,
    action_for_participant,
    action_for_visitors,
    countdown,
    country_of,
    facts_of,
    registration_words,
    steps_of,
)
from reports.figures import EditionFigures
from tests.factories import CountryFactory, MeetingFactory

pytestmark = pytest.mark.django_db

DUBLIN = ZoneInfo("Europe/Dublin")


@pytest.fixture
def dublin():
    """18-20 November 2026, registration from 1 July, 9:00, to 31 October, 23:59, on Dublin's clock; 50 places."""
    return MeetingFactory(
        slug="dublin-2026",
        city_en="Dublin",
        city_fr="Dublin",
        host_country="IE",
        timezone="Europe/Dublin",
        starts_on=dt.date(2026, 11, 18),
        registration_opens_at=dt.datetime(2026, 7, 1, 9, tzinfo=DUBLIN),
        registration_closes_at=dt.datetime(2026, 10, 31, 23, 59, tzinfo=DUBLIN),
        capacity=50,
    )


def edition(meeting, at, participants=0):
    return Edition(meeting, meeting.phase(at), EditionFigures(participants=participants), at)


ANNOUNCED, OPEN, CLOSED, RUNNING, OVER = (
    dt.datetime(2026, month, day, 12, tzinfo=dt.UTC) for month, day in ((6, 1), (9, 1), (11, 1), (11, 19), (12, 1))
)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC), "Starts in 11 months"),
        (dt.datetime(2026, 9, 19, 12, tzinfo=dt.UTC), "Starts in 60 days"),
        (dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), "Starts in 2 days"),
        (dt.datetime(2026, 11, 17, 23, 59, tzinfo=DUBLIN), "Starts tomorrow"),
        (dt.datetime(2026, 11, 18, 0, 0, tzinfo=DUBLIN), "Day 1 of 3"),
        (dt.datetime(2026, 11, 20, 23, 59, tzinfo=DUBLIN), "Day 3 of 3"),
        (dt.datetime(2026, 11, 21, 0, 0, tzinfo=DUBLIN), ""),
    ],
)
def test_countdown_counts_days_at_the_venue(dublin, at, words):
    assert countdown(dublin, at) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (ANNOUNCED, "Registration opens on 1 July 2026, 09:00 (Dublin time, UTC+1)."),
        (OPEN, "Registration is open until 31 October 2026, 23:59 (Dublin time, UTC+0)."),
        (CLOSED, "Registration closed on 31 October 2026, 23:59 (Dublin time, UTC+0)."),
    ],
)
def test_registration_is_told_on_the_clock_of_the_venue(dublin, at, words):
    assert registration_words(dublin, dublin.phase(at)) == words


def test_registration_without_times_is_told_too(dublin):
    dublin.registration_opens_at = None
    assert registration_words(dublin, Meeting.Phase.ANNOUNCED) == "Registration is not open yet."

    dublin.registration_opens_at, dublin.registration_closes_at = ANNOUNCED, None
    assert registration_words(dublin, Meeting.Phase.OPEN) == "Registration is open."


def test_while_registration_is_open_the_action_is_to_register(dublin):
    action = action_for_visitors(edition(dublin, OPEN), has_programme=True)

    assert (action.url, action.label) == ("/meetings/dublin-2026/register/", "Register")


@pytest.mark.parametrize(
    ("people", "note"),
    [
        (49, "Registration is open until 31 October 2026, 23:59 (Dublin time, UTC+0)."),
        (50, "All places are taken. You can still register for the waiting list."),
    ],
)
def test_full_meeting_says_so(dublin, people, note):
    assert action_for_visitors(edition(dublin, OPEN, people), has_programme=True).note == note


@pytest.mark.parametrize("at", [ANNOUNCED, CLOSED, RUNNING, OVER])
def test_at_other_times_the_action_is_to_read_the_programme(dublin, at):
    action = action_for_visitors(edition(dublin, at), has_programme=True)

    assert (action.url, action.label) == ("/meetings/dublin-2026/programme/", "See the programme")


@pytest.mark.parametrize("at", [RUNNING, OVER])
def test_there_is_nothing_to_do_without_a_programme(dublin, at):
    assert action_for_visitors(edition(dublin, at), has_programme=False) == Action()


@pytest.mark.parametrize(
    ("state", "note"),
    [
        (Participant.State.PENDING, "You are registered. Your registration awaits approval."),
        (Participant.State.CONFIRMED, "You are registered and have a place."),
        (Participant.State.WAITLISTED, "You are registered and on the waiting list."),
        (Participant.State.WITHDRAWN, ""),
    ],
)
def test_participant_is_led_to_their_own_registration(dublin, state, note):
    assert action_for_participant(dublin, state) == Action("/my/dublin-2026/", "See your registration", note)


def test_host_country_bears_the_name_it_had_then(dublin):
    ireland = CountryFactory(code="IE")
    ireland.former_names.create(name_en="Irish Free State", name_fr="État libre d’Irlande", ends_on=dt.date(2026, 12, 31))

    assert country_of(dublin) == "Irish Free State"
    with override("fr"):
        assert country_of(dublin) == "État libre d’Irlande"


def test_facts_say_what_when_where_and_until_when(dublin):
    dublin.ordinal, dublin.venue_address = 8, "Dame Street\nDublin 2 <D02>"

    assert facts_of(edition(dublin, OPEN), "Ireland") == [
        ("Edition", "No. 8, 2026"),
        ("When", "18–20 November 2026"),
        ("Where", "<div>Agora Building</div><div>Dame Street</div><div>Dublin 2 &lt;D02&gt;</div><div>Dublin, Ireland</div>"),
        ("Registration", "Until 31 October 2026, 23:59 (Dublin time, UTC+0)"),
        ("Places", "50"),
    ]


@pytest.mark.parametrize(
    ("at", "words"),
    [(ANNOUNCED, "From 1 July 2026, 09:00 (Dublin time, UTC+1)"), (CLOSED, "Closed"), (RUNNING, "Closed")],
)
def test_facts_say_when_registration_is_possible(dublin, at, words):
    assert dict(facts_of(edition(dublin, at), "Ireland"))["Registration"] == words


def test_lead_is_the_first_paragraph(dublin):
    dublin.summary_en = "Three days on markets.\r\n\r\nThe second day has workshops."

    assert edition(dublin, OPEN).lead == Wording("Three days on markets.", "en")


def test_facts_of_a_past_meeting_leave_registration_out(dublin):
    assert [label for label, _value in facts_of(edition(dublin, OVER), "Ireland")] == ["Edition", "When", "Where"]


def test_steps_name_the_last_day_for_corrections(dublin):
    assert steps_of(dublin)[-1] == "Until 17 November 2026 you can correct your answers, or withdraw if you cannot come."

    dublin.frozen_on = dt.date(2026, 11, 1)
    assert steps_of(dublin)[-1] == "Until 31 October 2026 you can correct your answers, or withdraw if you cannot come."


@pytest.mark.parametrize(
    ("needs_approval", "words"),
    [
        (True, "The secretariat reads your registration and writes to you when it is decided."),
        (False, "You get your place, or a place on the waiting list when the meeting is full."),
    ],
)
def test_steps_say_who_decides(dublin, needs_approval, words):
    dublin.needs_approval = needs_approval

    assert steps_of(dublin)[2] == words
