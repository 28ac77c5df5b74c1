"""The workshops page: what somebody sees there, and what its buttons do."""

import pytest

from attendance.models import Booking, Wish
from attendance.services.bookings import join_queue, take_seat
from tests.factories import BookingFactory, MeetingFactory, ParticipantFactory, SessionFactory

pytestmark = pytest.mark.django_db
PAGE = "/my/strasbourg-2026/workshops/"


@pytest.fixture
def meeting():
    return MeetingFactory(slug="strasbourg-2026")


@pytest.fixture
def maeve(meeting):
    return ParticipantFactory(meeting=meeting, confirmed=True)


@pytest.fixture
def workshop(meeting):
    return SessionFactory(meeting=meeting, kind="workshop", title_en="Parcels", title_fr="Colis", booking="seats", seats=1)


@pytest.fixture
def page(client_of, maeve):
    return client_of(maeve.user)


def press(page, session, do, **more):
    return page.post(f"{PAGE}{session.pk}/", {"do": do, **more}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_a_seat_is_taken_by_a_button(page, workshop, maeve):
    response = press(page, workshop, "take")

    assert said(response) == ["You have a seat in “Parcels”."]
    assert Booking.objects.get().participant == maeve


def test_a_full_session_offers_the_queue_and_tells_the_position(page, workshop, meeting):
    take_seat(session=workshop, participant=ParticipantFactory(meeting=meeting, confirmed=True), by=None)
    join_queue(session=workshop, participant=ParticipantFactory(meeting=meeting, confirmed=True), by=None)

    response = press(page, workshop, "queue")

    assert said(response) == ["You are number 2 in the queue for “Parcels”."]


def test_an_overlap_is_refused_and_an_exchange_offered(page, workshop, meeting):
    beside = SessionFactory(meeting=meeting, title_en="Tokens", booking="seats", seats=1)
    press(page, workshop, "take")

    response = press(page, beside, "take")

    assert said(response)[0].startswith("You have a seat in “Parcels” at that time (")
    assert said(press(page, beside, "swap", old=workshop.pk)) == ["You changed to “Tokens”."]


def test_a_seat_is_given_up(page, workshop, maeve):
    BookingFactory(session=workshop, participant=maeve)

    assert said(press(page, workshop, "give_up")) == ["You gave up “Parcels”."]


def test_a_closed_session_of_others_is_not_found(page, meeting):
    hidden = SessionFactory(meeting=meeting, kind="closed", families=["judiciary"], title_en="Canary", booking="seats")

    assert "Canary" not in page.get(PAGE).text
    assert press(page, hidden, "take").status_code == 404


def test_a_session_of_another_meeting_is_not_found(page, maeve):
    other = SessionFactory(booking="seats")

    assert press(page, other, "take").status_code == 404


def test_a_button_that_no_page_has_is_not_found(page, workshop):
    assert press(page, workshop, "burn").status_code == 404


def test_only_those_with_a_place_have_the_page(client_of, meeting):
    waiting = ParticipantFactory(meeting=meeting, waitlisted=True)

    assert client_of(waiting.user).get(PAGE).status_code == 404


def test_wishes_are_kept_in_place_of_those_before(page, meeting, maeve):
    first, second = (SessionFactory(meeting=meeting, kind="workshop", booking="wishes") for _ in range(2))
    page.post(f"{PAGE}wishes/", {f"rank-{first.pk}": 1, f"rank-{second.pk}": 2}, follow=True)

    response = page.post(f"{PAGE}wishes/", {f"rank-{second.pk}": 1}, follow=True)

    assert said(response) == ["Your wishes are kept."]
    assert list(Wish.objects.values_list("participant", "session", "rank")) == [(maeve.pk, second.pk, 1)]


def test_two_wishes_of_the_same_rank_are_refused_and_nothing_changes(page, meeting):
    first, second = (SessionFactory(meeting=meeting, kind="workshop", booking="wishes") for _ in range(2))

    response = page.post(f"{PAGE}wishes/", {f"rank-{first.pk}": 1, f"rank-{second.pk}": 1}, follow=True)

    assert said(response) == ["Two sessions have the same rank. Give each its own."]
    assert Wish.objects.count() == 0


def test_the_page_asks_as_much_for_twenty_sessions_as_for_two(page, meeting, django_assert_max_num_queries):
    for _ in range(20):
        BookingFactory(session=SessionFactory(meeting=meeting, booking="seats", seats=3))

    with django_assert_max_num_queries(14):
        page.get(PAGE)
