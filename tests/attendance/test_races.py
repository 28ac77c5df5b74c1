"""Sixteen processes at the seats of one session, on SQLite and on PostgreSQL: as many sit there as there are seats."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest

from attendance.models import Booking
from correspondence.models import Message
from tests.factories import (
    BookingFactory,
    CountryFactory,
    MeetingFactory,
    ParticipantFactory,
    SectorFactory,
    SessionFactory,
    UserFactory,
    WishFactory,
)
from tests.herd import Herd

pytestmark = pytest.mark.usefixtures("committed_db")

PROCESSES, REQUESTS, SEATS = 16, 200, 30
TAKE = "tests.attendance.acts:take_or_wait"


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker) -> Iterator[Herd]:
    with django_db_blocker.unblock():
        herd = Herd(PROCESSES)
    yield herd
    herd.stop()


@pytest.fixture
def workshop():
    return SessionFactory(meeting=MeetingFactory(), booking="seats", seats=SEATS)


def people(meeting, count):
    more = {"sector": SectorFactory(code="police"), "country": CountryFactory(code="IE")}
    return ParticipantFactory.create_batch(count, meeting=meeting, **more)


def shared_out(workshop, persons):
    """The work of each process: every sixteenth person."""
    return [{"session": workshop.pk, "participants": [one.pk for one in persons[n::PROCESSES]]} for n in range(PROCESSES)]


def states(session):
    return Counter(Booking.objects.filter(session=session).values_list("state", flat=True))


def seated(session):
    return set(Booking.objects.filter(session=session).seated().values_list("participant", flat=True))


def test_two_hundred_requests_for_thirty_seats_fill_thirty_seats_and_a_queue(crowd, workshop):
    persons = people(workshop.meeting, REQUESTS)

    outcomes = crowd.run(TAKE, shared_out(workshop, persons))

    assert Counter(state for answers in outcomes for state in answers) == {"seat": SEATS, "queue": REQUESTS - SEATS}
    assert states(workshop) == {"seat": SEATS, "queue": REQUESTS - SEATS}


def test_without_the_lock_seats_are_sold_twice(crowd, workshop):
    """The control: were this to fail, the test above would prove nothing."""
    workshop.seats = 2
    workshop.save()

    crowd.run("tests.attendance.acts:take_without_lock", shared_out(workshop, people(workshop.meeting, PROCESSES)))

    assert states(workshop)["seat"] > 2


def test_seats_given_up_at_once_go_to_the_first_in_the_queue(crowd, workshop):
    sitting = [BookingFactory(session=workshop, participant=one) for one in people(workshop.meeting, SEATS)]
    moment = workshop.starts_at - dt.timedelta(days=30)
    line = [
        BookingFactory(session=workshop, participant=one, state="queue", queued_at=moment + dt.timedelta(minutes=n))
        for n, one in enumerate(people(workshop.meeting, 40))
    ]

    outcomes = crowd.run(
        "tests.attendance.acts:give_up", [{"session": workshop.pk, "participant": row.participant_id} for row in sitting[:PROCESSES]]
    )

    assert outcomes == ["given_up"] * PROCESSES
    assert seated(workshop) == {row.participant_id for row in (*sitting[PROCESSES:], *line[:PROCESSES])}
    assert Message.objects.filter(kind="seat_moved_up").count() == PROCESSES


def test_one_person_in_many_tabs_has_one_seat(crowd, workshop):
    (person,) = people(workshop.meeting, 1)

    outcomes = crowd.run(TAKE, [{"session": workshop.pk, "participants": [person.pk]}] * PROCESSES)

    assert outcomes == [["seat"]] * PROCESSES
    assert states(workshop) == {"seat": 1}


def test_one_person_asking_for_two_workshops_at_the_same_hours_gets_one(crowd, workshop):
    beside = SessionFactory(meeting=workshop.meeting, booking="seats", seats=SEATS)
    persons = people(workshop.meeting, PROCESSES // 2)
    entries = [{"session": session.pk, "participants": [one.pk]} for one in persons for session in (workshop, beside)]

    crowd.run(TAKE, entries)

    assert seated(workshop) & seated(beside) == set()
    assert seated(workshop) | seated(beside) == {one.pk for one in persons}


def test_two_people_changing_into_each_others_last_seats_lose_nothing(crowd, workshop):
    beside = SessionFactory(meeting=workshop.meeting, booking="seats", seats=8)
    workshop.seats = 8
    workshop.save()
    here, there = people(workshop.meeting, 8), people(workshop.meeting, 8)
    for person in here:
        BookingFactory(session=workshop, participant=person)
    for person in there:
        BookingFactory(session=beside, participant=person)
    entries = [{"old": workshop.pk, "new": beside.pk, "participant": one.pk} for one in here]
    entries += [{"old": beside.pk, "new": workshop.pk, "participant": one.pk} for one in there]

    outcomes = crowd.run("tests.attendance.acts:swap", entries)

    assert outcomes == ["SessionFull"] * PROCESSES
    assert (seated(workshop), seated(beside)) == ({one.pk for one in here}, {one.pk for one in there})


def test_changes_back_and_forth_with_one_seat_free_keep_everybody_seated(crowd, workshop):
    beside = SessionFactory(meeting=workshop.meeting, booking="seats", seats=9)
    workshop.seats = 8
    workshop.save()
    here, there = people(workshop.meeting, 8), people(workshop.meeting, 8)
    for person in here:
        BookingFactory(session=workshop, participant=person)
    for person in there:
        BookingFactory(session=beside, participant=person)
    entries = [{"old": workshop.pk, "new": beside.pk, "participant": one.pk} for one in here]
    entries += [{"old": beside.pk, "new": workshop.pk, "participant": one.pk} for one in there]

    outcomes = crowd.run("tests.attendance.acts:swap", entries)

    assert set(outcomes) <= {"seat", "SessionFull"}
    assert "seat" in outcomes
    assert seated(workshop) | seated(beside) == {one.pk for one in (*here, *there)}
    assert (states(workshop)["seat"] <= 8, states(beside)["seat"] <= 9) == (True, True)


def test_seats_given_by_wishes_while_people_withdraw_and_take_others_fit_together(crowd, workshop):
    """Nobody waits for one another in a ring, nobody who left has a seat, and nobody sits twice at the same hours."""
    officer = UserFactory(staff=True)
    for _ in range(3):
        wished = SessionFactory(meeting=workshop.meeting, booking="wishes", seats=SEATS)
        persons = people(workshop.meeting, PROCESSES - 1)
        for person in persons:
            WishFactory(session=wished, participant=person)
        entries = [{"name": "apply", "meeting": workshop.meeting_id, "by": officer.pk}]
        entries += [{"name": "withdraw", "participant": one.pk} for one in persons[:5]]
        entries += [{"name": "take_or_wait", "session": workshop.pk, "participants": [one.pk]} for one in persons[5:]]

        outcomes = crowd.run("tests.attendance.acts:act", entries)

        assert outcomes[0] == "applied"
        assert outcomes[1:6] == ["withdrawn"] * 5
        assert {str(outcome) for outcome in outcomes[6:]} <= {"['seat']", "Overlap"}
        assert seated(wished) | seated(workshop) >= {one.pk for one in persons[5:]}
        assert seated(wished) & seated(workshop) == set()
        assert (seated(wished) | seated(workshop)) & {one.pk for one in persons[:5]} == set()


def test_people_with_seats_who_change_over_while_others_leave_keep_one_seat_each(crowd, workshop):
    """Three workshops at the same hours, all full, and everybody waits for the next one: whatever comes free moves people on in a ring."""
    ring = [workshop, *(SessionFactory(meeting=workshop.meeting, booking="seats", seats=6) for _ in range(2))]
    workshop.seats = 6
    workshop.save()
    groups = [people(workshop.meeting, 6) for _ in ring]
    for number, group in enumerate(groups):
        for person in group:
            BookingFactory(session=ring[number], participant=person)
            BookingFactory(session=ring[(number + 1) % 3], participant=person, state="queue")
    leaving = [(ring[number].pk, person.pk) for number, group in enumerate(groups) for person in group[:2]]
    entries = [{"name": "give_up", "session": session, "participant": person} for session, person in leaving[:3]]
    entries += [{"name": "withdraw", "participant": person} for _session, person in leaving[3:]]
    entries += [{"name": "wait", "session": ring[(n + 2) % 3].pk, "participant": group[2].pk} for n, group in enumerate(groups)]
    entries += [
        {"name": "swap", "old": ring[n].pk, "new": ring[(n + 1) % 3].pk, "participant": one.pk}
        for n, group in enumerate(groups)
        for one in group[3:5]
    ]
    stays = {person.pk for group in groups for person in group} - {person for _session, person in leaving}

    outcomes = crowd.run("tests.attendance.acts:act", entries[:PROCESSES])

    sitting = [person for session in ring for person in seated(session)]
    assert not {"OperationalError", "IntegrityError"} & set(map(str, outcomes))
    assert max(Counter(sitting).values()) == 1
    assert stays <= set(sitting)
    assert [states(session)["seat"] <= 6 for session in ring] == [True] * 3
