"""The workshops page: what somebody sees there, and what its buttons do."""

import datetime as dt

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
def beside(workshop):
    """At the same hours."""
    return SessionFactory(meeting=workshop.meeting, title_en="Tokens", title_fr="Jetons", booking="seats", seats=1)


@pytest.fixture
def page(client_of, maeve):
    return client_of(maeve.user)


def press(page, session, do, **more):
    return page.post(f"{PAGE}{session.pk}/", {"do": do, **more}, follow=True)


def asked(response):
    return response.context["asked"]


def said(response):
    return [str(message) for message in response.context["messages"]]


def seats(person):
    return list(Booking.objects.filter(participant=person).seated().values_list("session__title_en", flat=True))


def test_a_seat_is_taken_by_a_button(page, workshop, maeve):
    response = press(page, workshop, "take")

    assert said(response) == ["You have a seat in “Parcels”."]
    assert Booking.objects.get().participant == maeve


def test_a_full_session_offers_the_queue_and_tells_the_position(page, workshop, meeting):
    take_seat(session=workshop, participant=ParticipantFactory(meeting=meeting, confirmed=True), by=None)
    join_queue(session=workshop, participant=ParticipantFactory(meeting=meeting, confirmed=True), by=None)

    response = press(page, workshop, "queue")

    assert said(response) == ["You are number 2 in the queue for “Parcels”."]


def test_an_overlap_is_refused_and_an_exchange_offered(page, workshop, beside):
    press(page, workshop, "take")

    response = press(page, beside, "take")

    assert said(response) == ["You have a seat in “Parcels” (09:00–10:00) at that time."]


def test_a_change_asks_first_and_says_what_is_lost(page, workshop, beside, maeve, meeting):
    BookingFactory(session=workshop, participant=maeve)
    BookingFactory(session=workshop, state="queue")

    response = press(page, beside, "swap", old=workshop.pk)

    assert asked(response).title == "Change to “Tokens”?"
    assert asked(response).text == (
        "You give up your seat in “Parcels” (09:00–10:00). "
        "It goes at once to the next in the queue, in which 1 person waits. If you want it back, you join the end."
    )
    assert seats(maeve) == ["Parcels"]
    assert said(press(page, beside, **dict(response.context["fields"]))) == ["You changed to “Tokens”."]
    assert seats(maeve) == ["Tokens"]


def test_a_change_sent_twice_is_one_change(page, workshop, beside, maeve):
    BookingFactory(session=workshop, participant=maeve)
    press(page, beside, "swap", old=workshop.pk, sure="yes")

    response = press(page, beside, "swap", old=workshop.pk, sure="yes")

    assert (said(response), seats(maeve)) == (["You changed to “Tokens”."], ["Tokens"])


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_address_of_a_question_opened_anew_leads_to_the_workshops(page, workshop, prefix):
    response = page.get(f"{prefix}{PAGE}{workshop.pk}/")

    assert (response.status_code, response.url) == (303, f"{prefix}{PAGE}")


def test_giving_up_a_seat_asks_first(page, workshop, maeve):
    BookingFactory(session=workshop, participant=maeve)

    response = press(page, workshop, "give_up")

    assert asked(response).title == "Give up your seat in “Parcels”?"
    assert asked(response).text == "It is free for others at once; you can take it again only while nobody has."
    assert seats(maeve) == ["Parcels"]
    assert said(press(page, workshop, "give_up", sure="yes")) == ["You gave up “Parcels”."]
    assert seats(maeve) == []


def test_leaving_a_queue_asks_first(page, workshop, maeve):
    BookingFactory(session=workshop)
    BookingFactory(session=workshop, participant=maeve, state="queue")

    response = press(page, workshop, "give_up")

    assert asked(response).text == "You are number 1 in the queue. If you come back later, you join its end."


def test_giving_up_twice_says_that_there_is_nothing_left(page, workshop, maeve):
    BookingFactory(session=workshop, participant=maeve)
    press(page, workshop, "give_up", sure="yes")

    assert said(press(page, workshop, "give_up", sure="yes")) == ["You have no seat there."]


def test_a_session_that_filled_up_meanwhile_offers_its_queue_with_the_position(page, workshop, maeve):
    BookingFactory(session=workshop)
    BookingFactory(session=workshop, state="queue")

    response = press(page, workshop, "take")

    assert asked(response).text == "All seats are taken. You would be number 2 in the queue."
    assert said(press(page, workshop, **dict(response.context["fields"]))) == ["You are number 2 in the queue for “Parcels”."]


def test_waiting_beside_a_seat_asks_first_and_says_what_happens_then(page, workshop, beside, maeve):
    BookingFactory(session=beside, participant=maeve)
    BookingFactory(session=workshop)

    response = press(page, workshop, "queue")

    assert asked(response).text == (
        "All seats are taken. You would be number 1 in the queue. "
        "Until then you keep your seat in “Tokens” (09:00–10:00). When a seat comes free here you change over at once, "
        "without being asked again: the other goes to somebody else, and a mail tells you."
    )
    assert Booking.objects.filter(participant=maeve).count() == 1
    assert said(press(page, workshop, "queue", sure="yes")) == ["You are number 1 in the queue for “Parcels”."]
    assert "When a seat comes free here, you change over" in page.get(PAGE).text


def test_a_change_out_of_a_session_one_has_no_seat_in_is_refused(page, workshop, beside, maeve):
    assert said(press(page, beside, "swap", old=workshop.pk, sure="yes")) == ["You have no seat there."]
    assert press(page, beside, "swap", old=SessionFactory(booking="seats").pk, sure="yes").status_code == 404
    assert press(page, beside, "swap", old="1e9", sure="yes").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"booking_opens_at": dt.timedelta(days=-1)}, "Booking opens on"),
        ({"booking_closes_at": dt.timedelta(days=-90)}, "Booking is closed."),
        ({"starts_at": dt.timedelta(days=-90)}, "Booking is closed."),
        ({"starts_at": dt.timedelta(days=-90), "ends_at": dt.timedelta(days=-90)}, "This session is over."),
    ],
)
def test_outside_its_hours_nothing_can_be_booked_and_the_page_says_why(page, workshop, maeve, changes, words):
    for name, shift in changes.items():
        setattr(workshop, name, (workshop.ends_at if name == "ends_at" else workshop.starts_at) + shift)
    workshop.save()

    assert words in page.get(PAGE).text
    assert words in said(press(page, workshop, "take"))[0]
    assert seats(maeve) == []


def test_a_seat_in_a_session_that_is_over_stays(page, workshop, maeve):
    BookingFactory(session=workshop, participant=maeve)
    workshop.starts_at -= dt.timedelta(days=90)
    workshop.ends_at -= dt.timedelta(days=90)
    workshop.save()

    assert said(press(page, workshop, "give_up", sure="yes")) == ["This session is over."]
    assert seats(maeve) == ["Parcels"]
    assert 'value="give_up"' not in page.get(PAGE).text


def test_seats_of_a_session_given_by_wishes_are_not_open_and_the_page_says_so(page, workshop):
    BookingFactory(session=workshop, origin="allocation")
    workshop.booking, workshop.seats = "wishes", 3
    workshop.save()

    assert "The seats were given by wishes. Those that are left are not open yet." in page.get(PAGE).text


def test_a_closed_session_of_others_is_not_found(page, meeting):
    hidden = SessionFactory(meeting=meeting, kind="closed", families=["judiciary"], title_en="Canary", booking="seats")

    assert "Canary" not in page.get(PAGE).text
    assert press(page, hidden, "take").status_code == 404


def test_a_session_that_is_not_published_yet_is_neither_shown_nor_found(page, meeting):
    draft = SessionFactory(meeting=meeting, title_en="Halftyped", booking="seats", published=False)

    assert "Halftyped" not in page.get(PAGE).text
    assert press(page, draft, "take").status_code == 404


def test_a_session_opened_since_stays_closed_until_that_is_published(page, meeting):
    hidden = SessionFactory(meeting=meeting, kind="closed", families=["judiciary"], title_en="Canary", booking="seats")
    hidden.kind, hidden.families = "workshop", []
    hidden.save()

    assert "Canary" not in page.get(PAGE).text
    assert press(page, hidden, "take").status_code == 404


def test_a_session_that_left_the_programme_stays_with_those_who_have_a_seat_until_they_are_told(page, meeting, workshop, maeve):
    BookingFactory(session=workshop, participant=maeve)
    meeting.programme_versions.all().delete()

    assert "Parcels" in page.get(PAGE).text


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
