"""Choosing workshops as people do, on a telephone in French and on a desktop in English: take, be refused, change, wait."""

import pytest

from attendance.models import Booking
from tests.browser.screen import findings
from tests.factories import BookingFactory, CountryFactory, MeetingFactory, ParticipantFactory, SectorFactory, SessionFactory

DESKTOP, PHONE = 1280, 320
LOOKS = [("", DESKTOP), ("/fr", PHONE)]
PAGE = "/my/strasbourg-2026/workshops/"


@pytest.fixture
def meeting(committed_db):
    SectorFactory(code="police")
    CountryFactory(code="IE", member=True)
    return MeetingFactory(slug="strasbourg-2026", code="CYB26")


@pytest.fixture
def person(meeting):
    return ParticipantFactory(meeting=meeting)


@pytest.fixture
def parcels(meeting):
    return SessionFactory(meeting=meeting, title_en="Parcels", title_fr="Colis", booking="seats", seats=2)


@pytest.fixture
def tokens(parcels):
    """At the same hours."""
    return SessionFactory(meeting=parcels.meeting, title_en="Tokens", title_fr="Jetons", booking="seats", seats=2)


def press(page, selector):
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(selector).click()


def do(page, session, what):
    """Press the button of one session."""
    press(page, f'form[action$="/workshops/{session.pk}/"] button[value={what}]')


def seats(person):
    return set(Booking.objects.filter(participant=person).seated().values_list("session", flat=True))


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_a_seat_is_taken_one_at_the_same_hours_refused_and_then_changed_for(open_page, person, parcels, tokens, prefix, width):
    page = open_page(prefix + PAGE, user=person.user, width=width)
    stale = open_page(prefix + PAGE, user=person.user, width=width)
    found = [findings(page)]

    do(page, parcels, "take")
    found.append(findings(page))
    do(stale, tokens, "take")
    found.append(findings(stale))
    refused = stale.inner_text("main")
    do(page, tokens, "swap")
    found.append(findings(page))

    assert found == [{}, {}, {}, {}]
    words = {"": "You have a seat in “Parcels” (09:00–10:00) at that time.", "/fr": "Colis"}[prefix]
    assert words in refused
    assert seats(person) == {tokens.pk}


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_a_full_workshop_has_a_queue(open_page, person, parcels, prefix, width):
    for _ in range(2):
        BookingFactory(session=parcels)
    BookingFactory(session=parcels, state="queue")
    page = open_page(prefix + PAGE, user=person.user, width=width)

    do(page, parcels, "queue")

    assert findings(page) == {}
    said = {"": "You are number 2 in the queue for “Parcels”.", "/fr": "2"}[prefix]
    assert said in page.inner_text("main")
    assert Booking.objects.get(participant=person).state == "queue"


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_wishes_are_ranked(open_page, person, meeting, prefix, width):
    session = SessionFactory(meeting=meeting, booking="wishes", seats=2)
    page = open_page(prefix + PAGE, user=person.user, width=width)
    found = [findings(page)]

    page.select_option(f"[name=rank-{session.pk}]", "1")
    press(page, 'form[action$="/workshops/wishes/"] button')
    found.append(findings(page))

    assert found == [{}, {}]
    assert list(person.wishes.values_list("session", "rank")) == [(session.pk, 1)]
