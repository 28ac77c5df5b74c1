import datetime as dt

import pytest

from attendance.clashes import clashes_of
from meetings.audiences import Family
from participants.faces import Sight
from participants.models import Journey, Participant
from tests.factories import (
    AdmissionFactory,
    BookingFactory,
    MeetingFactory,
    PartFactory,
    ParticipantFactory,
    RoomFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db

OFFICE = Sight(user_id=None)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def dublin():
    return MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 11, 24))


@pytest.fixture
def opening(dublin):
    """09:00-10:00 in the main hall."""
    return SessionFactory(meeting=dublin, title_en="Opening", room=RoomFactory(meeting=dublin, name_en="Main hall", seats=120))


def clashes(meeting, **more):
    return clashes_of(meeting, OFFICE, **{"sees_journeys": True, **more})


def test_programme_in_order_has_no_clash(dublin, opening):
    PartFactory(session=opening)
    SessionFactory(meeting=dublin, room=opening.room, starts_at=opening.ends_at)

    assert clashes(dublin) == {}


def test_room_taken_twice_is_told_beside_both(dublin, opening):
    lunch = SessionFactory(meeting=dublin, title_en="Lunch", room=opening.room, starts_at=opening.starts_at + HOUR / 2)

    assert clashes(dublin) == {
        opening.pk: ["Main hall is taken at that time by “Lunch”, 09:30–10:30."],
        lunch.pk: ["Main hall is taken at that time by “Opening”, 09:00–10:00."],
    }


def test_cancelled_session_takes_no_room(dublin, opening):
    SessionFactory(meeting=dublin, room=opening.room, is_cancelled=True)

    assert clashes(dublin) == {}


def test_person_with_two_parts_at_once_is_told_beside_both(dublin, opening):
    person = PartFactory(session=opening, participant__family_name="Orrin").participant
    other = PartFactory(session=SessionFactory(meeting=dublin, title_en="Parcels"), participant=person, role="2_moderator").session

    assert clashes(dublin) == {
        opening.pk: ["Maeve Orrin has a part at that time in “Parcels”, 09:00–10:00."],
        other.pk: ["Maeve Orrin has a part at that time in “Opening”, 09:00–10:00."],
    }


def test_protected_speaker_is_an_alias_in_clashes(dublin, opening):
    person = PartFactory(session=opening, participant__protected=True).participant
    PartFactory(session=SessionFactory(meeting=dublin, title_en="Parcels"), participant=person)

    assert clashes(dublin)[opening.pk] == ["Expert K. has a part at that time in “Parcels”, 09:00–10:00."]


def test_whoever_may_not_know_who_comes_hears_nothing_of_people(dublin, opening):
    person = PartFactory(session=opening, participant__withdrawn=True).participant
    PartFactory(session=SessionFactory(meeting=dublin), participant=person)

    assert clashes_of(dublin, None, sees_journeys=False) == {}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("withdrawn", "Maeve Orrin has withdrawn."),
        ("pending", "Maeve Orrin has no place: awaiting approval."),
        ("waitlisted", "Maeve Orrin has no place: on the waiting list."),
        ("declined", "Maeve Orrin has no place: declined."),
    ],
)
def test_speaker_without_a_place_is_a_clash(dublin, opening, state, words):
    person = PartFactory(session=opening, participant__family_name="Orrin").participant
    Participant.objects.filter(pk=person.pk).update(state=state)

    assert clashes(dublin) == {opening.pk: [words]}


@pytest.mark.parametrize(
    ("arrives", "departs", "is_there"),
    [(24, 24, True), (25, None, False), (None, 23, False), (23, 26, True), (None, None, True)],
)
def test_speaker_who_is_not_there_that_day_is_a_clash(dublin, opening, arrives, departs, is_there):
    person = PartFactory(session=opening, participant__family_name="Orrin").participant
    days = [day and dt.date(2026, 11, day) for day in (arrives, departs)]
    Journey.objects.create(participant=person, arrives_on=days[0], departs_on=days[1])
    words = [] if is_there else ["Maeve Orrin is not there on that day, as their arrival and departure say."]

    assert clashes(dublin).get(opening.pk, []) == words
    assert clashes(dublin, sees_journeys=False) == {}


def test_session_on_no_day_of_the_meeting_is_a_clash(dublin):
    session = SessionFactory(meeting=dublin, starts_at=dt.datetime(2026, 11, 27, 9, tzinfo=dublin.zone))

    assert clashes(dublin) == {session.pk: ["It is not on a day of the meeting, which is 24–26 November 2026."]}


@pytest.mark.parametrize(("kind", "lacks"), [("plenary", True), ("workshop", True), ("break", False), ("social", False)])
def test_work_needs_a_room(dublin, kind, lacks):
    session = SessionFactory(meeting=dublin, kind=kind, room=None)

    assert clashes(dublin) == ({session.pk: ["It has no room yet."]} if lacks else {})


def test_more_seats_than_the_room_is_a_clash(dublin, opening):
    type(opening).objects.update(seats=121)

    assert clashes(dublin) == {opening.pk: ["It has 121 seats, and its room 120."]}


def test_more_people_than_seats_lose_nothing_and_it_is_told(dublin, opening):
    type(opening).objects.update(seats=1)
    BookingFactory.create_batch(2, session=opening)
    BookingFactory(session=opening, state="queue")

    assert clashes(dublin) == {opening.pk: ["2 people have a seat, and there are 1. Nobody loses theirs."]}


def test_night_the_clocks_go_back_is_told():
    meeting = MeetingFactory(timezone="Europe/Dublin", starts_on=dt.date(2026, 10, 24))
    start = dt.datetime(2026, 10, 24, 23, tzinfo=meeting.zone)
    session = SessionFactory(meeting=meeting, starts_at=start, ends_at=dt.datetime(2026, 10, 25, 3, tzinfo=meeting.zone))

    assert clashes(meeting) == {session.pk: ["The clocks change during it: it really lasts 300 minutes."]}


def test_closed_session_that_admits_nobody_is_a_clash(dublin):
    session = SessionFactory(meeting=dublin, kind="closed")
    for_officers = SessionFactory(meeting=dublin, kind="closed", families=[Family.LAW_ENFORCEMENT])
    by_name = AdmissionFactory(session=SessionFactory(meeting=dublin, kind="closed")).session

    assert clashes(dublin) == {session.pk: ["It is closed and admits nobody: tick families, or let people in by name."]}
    assert {for_officers.pk, by_name.pk} & set(clashes(dublin)) == set()


@pytest.mark.parametrize("number", [1, 4])
def test_clashes_take_as_many_queries_for_one_session_as_for_four(dublin, number, django_assert_num_queries):
    for _each in range(number):
        PartFactory(session__meeting=dublin)

    with django_assert_num_queries(3):
        clashes(dublin)


def test_guests_clash_with_nobody(dublin, opening):
    PartFactory(session=opening, guest=True)
    PartFactory(session=SessionFactory(meeting=dublin), guest=True)
    ParticipantFactory(meeting=dublin)

    assert clashes(dublin) == {}
