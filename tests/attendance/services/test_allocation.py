"""Ranked wishes become seats: shown first, then applied as shown."""

import datetime as dt

import pytest

from attendance.models import Booking, Wish
from attendance.refusals import DrawnBefore
from attendance.services import wishes
from attendance.services.allocation import apply, draw
from correspondence.models import Message
from tests.factories import BookingFactory, MeetingFactory, ParticipantFactory, SectorFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def workshops(meeting):
    """Two at the same hour with one seat each."""
    return [SessionFactory(meeting=meeting, kind="workshop", booking="wishes", seats=1) for _ in range(2)]


@pytest.fixture
def people(meeting):
    return [ParticipantFactory(meeting=meeting, confirmed=True) for _ in range(3)]


@pytest.fixture
def wished(workshops, people):
    """All three want the first most, then the second."""
    for person in people:
        wishes.rank(participant=person, ranks={workshop: number for number, workshop in enumerate(workshops, 1)})


def test_the_same_seed_gives_the_same_seats(meeting, wished):
    assert draw(meeting=meeting, seed="2026").given == draw(meeting=meeting, seed="2026").given


def test_figures_say_who_gets_which_wish(meeting, wished):
    drawn = draw(meeting=meeting, seed="2026")

    assert (drawn.by_rank, drawn.without, drawn.wishers) == ([(1, 1), (2, 1)], 1, 3)


def test_showing_writes_nothing(meeting, wished):
    draw(meeting=meeting, seed="2026")

    assert (Booking.objects.count(), Wish.objects.count()) == (0, 6)


def test_it_is_applied_as_it_was_shown_and_everybody_with_a_seat_is_told(meeting, wished, secretariat):
    drawn = draw(meeting=meeting, seed="2026")

    run = apply(meeting=meeting, seed="2026", digest=drawn.digest, by=secretariat)

    seats = set(Booking.objects.seated().values_list("participant", "session"))
    assert seats == {(one.wisher, one.session) for one in drawn.given}
    assert Message.objects.filter(kind="seat_given").count() == 2
    assert (run.seed, run.made_by, run.counts["without"], Wish.objects.count()) == ("2026", secretariat, 1, 0)


def test_whoever_wished_and_gets_nothing_is_told_too(meeting, wished, people, secretariat):
    drawn = draw(meeting=meeting, seed="2026")
    (left_out,) = {person.pk for person in people} - {one.wisher for one in drawn.given}

    apply(meeting=meeting, seed="2026", digest=drawn.digest, by=secretariat)

    told = Message.objects.filter(kind="wishes_unmet").values_list("reference", flat=True)
    assert list(told) == [person.reference for person in people if person.pk == left_out]


def test_a_wish_changed_meanwhile_stops_it(meeting, wished, workshops, people, secretariat):
    drawn = draw(meeting=meeting, seed="2026")
    wishes.rank(participant=people[0], ranks={workshops[1]: 1})

    with pytest.raises(DrawnBefore):
        apply(meeting=meeting, seed="2026", digest=drawn.digest, by=secretariat)

    assert Booking.objects.count() == 0


def test_a_seat_held_before_stays_and_blocks_its_hour(meeting, wished, workshops, people):
    beside = SessionFactory(meeting=meeting, booking="seats", starts_at=workshops[0].starts_at + dt.timedelta(minutes=30))
    BookingFactory(session=beside, participant=people[0])

    assert people[0].pk not in {one.wisher for one in draw(meeting=meeting, seed="2026").given}


def test_whoever_has_withdrawn_gets_nothing(meeting, wished, people):
    people[0].state = "withdrawn"
    people[0].save()

    assert draw(meeting=meeting, seed="2026").wishers == 2


def test_a_wish_for_what_is_not_open_to_somebody_any_more_is_passed_over(meeting, wished, workshops):
    workshops[0].families = ["judiciary"]
    workshops[0].save()
    prosecutor = ParticipantFactory(meeting=meeting, confirmed=True, sector=SectorFactory(code="prosecutor"))
    wishes.rank(participant=prosecutor, ranks={workshops[0]: 1})

    placed = draw(meeting=meeting, seed="2026").given

    assert {(one.wisher, one.session) for one in placed if one.session == workshops[0].pk} == {(prosecutor.pk, workshops[0].pk)}


@pytest.mark.parametrize("change", [{"is_cancelled": True}, {"starts_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}])
def test_seats_of_what_is_cancelled_or_has_begun_are_not_given(meeting, wished, workshops, change):
    for name, value in change.items():
        setattr(workshops[0], name, value)
    workshops[0].save()

    assert {one.session for one in draw(meeting=meeting, seed="2026").given} == {workshops[1].pk}
