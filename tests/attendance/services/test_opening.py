"""Seats that an allocation left over are opened in one act."""

import pytest

from attendance.refusals import BookingClosed
from attendance.services import allocation, opening, wishes
from attendance.services.bookings import join_queue, take_seat
from tests.factories import MeetingFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def sessions(meeting):
    """One full after the allocation, one with two seats left; wishes are closed since yesterday."""
    rows = [
        SessionFactory(meeting=meeting, kind="workshop", title_en=title, booking="wishes", seats=seats)
        for title, seats in (("Full", 1), ("Roomy", 3))
    ]
    for person in ParticipantFactory.create_batch(2, meeting=meeting):
        wishes.rank(participant=person, ranks={rows[0]: 1, rows[1]: 2})
    return rows


@pytest.fixture
def applied(meeting, sessions, secretariat):
    digest = allocation.draw(meeting=meeting, seed="2026").digest
    return allocation.apply(meeting=meeting, seed="2026", digest=digest, by=secretariat)


def left(meeting):
    return [(one.session.title_en, one.room.free) for one in opening.left_over(meeting)]


def test_before_an_allocation_nothing_is_left_over(meeting, sessions):
    assert left(meeting) == []


def test_after_it_the_seats_left_are_told(meeting, applied):
    assert left(meeting) == [("Full", 0), ("Roomy", 2)]


def test_while_somebody_wishes_again_a_session_is_not_left_over(meeting, sessions, applied):
    wishes.rank(participant=ParticipantFactory(meeting=meeting), ranks={sessions[1]: 1})

    assert left(meeting) == [("Full", 0)]


def test_until_they_are_opened_nobody_takes_them(meeting, sessions, applied):
    with pytest.raises(BookingClosed, match="Seats in this session are allocated by wishes"):
        take_seat(session=sessions[1], participant=ParticipantFactory(meeting=meeting), by=None)


def test_opened_they_are_taken_and_what_is_full_has_a_queue(meeting, sessions, applied, secretariat):
    sessions[1].booking_closes_at = applied.made_at
    sessions[1].save()

    opened = opening.open_left_over(meeting=meeting, by=secretariat)

    assert [session.title_en for session in opened] == ["Full", "Roomy"]
    assert opened[1].history.latest().history_user == secretariat
    newcomer = ParticipantFactory(meeting=meeting)
    assert take_seat(session=sessions[1], participant=newcomer, by=None).state == "seat"
    assert join_queue(session=sessions[0], participant=newcomer, by=None).state == "queue"
    assert left(meeting) == []


def test_opening_twice_changes_nothing(meeting, applied, secretariat):
    opening.open_left_over(meeting=meeting, by=secretariat)

    assert opening.open_left_over(meeting=meeting, by=secretariat) == []
