import datetime as dt

import pytest
from django.conf import settings

from attendance.services import queues
from correspondence.models import Message
from meetings.models import Session
from tests.factories import BookingFactory, ParticipantFactory, SectorFactory, SessionFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def workshop(meeting):
    return SessionFactory(meeting=meeting, booking="seats", seats=1)


@pytest.fixture
def now(workshop):
    return workshop.starts_at - 10 * DAY


@pytest.fixture
def waiting(workshop):
    """A judge waits behind somebody who sits."""
    BookingFactory(session=workshop)
    judge = ParticipantFactory(meeting=workshop.meeting, sector=SectorFactory(code="prosecutor"))
    return BookingFactory(session=workshop, participant=judge, state="queue")


def state_of(booking):
    booking.refresh_from_db()
    return booking.state


def test_seats_that_were_added_go_to_those_who_wait_and_they_are_told(workshop, waiting, now):
    Session.objects.filter(pk=workshop.pk).update(seats=2)

    assert queues.settle_queues(now) == 1
    assert state_of(waiting) == "seat"
    assert [mail.kind for mail in Message.objects.all()] == ["seat_moved_up"]


def test_while_no_seat_is_free_nobody_moves(waiting, now):
    assert queues.settle_queues(now) == 0
    assert state_of(waiting) == "queue"


def test_kept_seats_go_to_the_queue_when_their_date_has_passed(workshop, waiting, now):
    Session.objects.filter(pk=workshop.pk).update(seats=2, industry_seats=1, shares_until=now)

    assert queues.settle_queues(now - DAY) == 0
    assert queues.settle_queues(now) == 1
    assert state_of(waiting) == "seat"


def test_once_the_session_has_begun_nobody_moves_up(workshop, waiting):
    Session.objects.filter(pk=workshop.pk).update(seats=2)

    assert queues.settle_queues(workshop.starts_at) == 0


def test_worker_settles_queues():
    assert settings.SWEEPS.count("attendance.services.queues.settle_queues") == 1
