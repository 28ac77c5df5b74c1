"""Choosing workshops as people do, on a telephone in French and on a desktop in English: take, be refused, change, wait."""

import pytest
from django.utils import timezone

from attendance.models import Allocation, Booking
from attendance.services.bookings import give_up
from meetings.models import Session
from tests.browser.screen import findings
from tests.factories import BookingFactory, CountryFactory, MeetingFactory, ParticipantFactory, RoomFactory, SectorFactory, SessionFactory

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


def flat(text):
    """Words with plain spaces, for French has narrow ones."""
    return " ".join(text.replace("\u202f", " ").split())


def do(page, session, what):
    """Press the button of one session."""
    press(page, f'form[action$="/workshops/{session.pk}/"] button[value={what}]')


def answer_yes(page):
    """Press the button of the page that asks first, with the keyboard alone; returns what is wrong with that page."""
    found = findings(page)
    page.locator("main form button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return found


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
    asked = page.inner_text("main")
    found += [answer_yes(page), findings(page)]

    assert found == [{}, {}, {}, {}, {}]
    assert {"": "You give up your seat in “Parcels” (09:00–10:00).", "/fr": "« Colis » (9h00–10h00)"}[prefix] in flat(asked)
    words = {"": "You have a seat in “Parcels” (09:00–10:00) at that time.", "/fr": "Vous avez une place à la même heure : « Colis »"}[
        prefix
    ]
    assert words in flat(refused)
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
def test_one_waits_beside_a_seat_changes_over_and_gives_up(open_page, person, parcels, tokens, prefix, width):
    sitting = BookingFactory.create_batch(2, session=parcels)
    BookingFactory(session=tokens, participant=person)
    page = open_page(prefix + PAGE, user=person.user, width=width)

    do(page, parcels, "queue")
    asked = flat(page.inner_text("main"))
    found = [answer_yes(page), findings(page)]
    give_up(session=parcels, participant=sitting[0].participant, by=None)
    page.reload()
    changed = seats(person)
    do(page, parcels, "give_up")
    found += [answer_yes(page), findings(page)]

    assert found == [{}, {}, {}, {}]
    words = {"": "Until then you keep your seat in “Tokens”", "/fr": "Jusque-là, vous gardez votre place à la séance « Jetons »"}[prefix]
    assert words in asked
    assert (changed, seats(person)) == ({parcels.pk}, set())


def test_whoever_comes_too_late_is_offered_the_queue(open_page, person, parcels):
    page = open_page(PAGE, user=person.user, width=PHONE)
    BookingFactory.create_batch(2, session=parcels)

    do(page, parcels, "take")
    offered = page.inner_text("main")
    found = answer_yes(page)

    assert found == {}
    assert "All seats are taken. You would be number 1 in the queue." in offered
    assert Booking.objects.get(participant=person).state == "queue"


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_the_secretariat_opens_what_an_allocation_left(open_page, secretariat, parcels, prefix, width):
    Allocation.objects.create(meeting=parcels.meeting, seed="2026", applied_at=timezone.now())
    Session.objects.filter(pk=parcels.pk).update(booking="wishes", seats=1, room=RoomFactory(meeting=parcels.meeting))
    BookingFactory.create_batch(2, session=parcels)
    page = open_page(f"{prefix}/admin/attendance/booking/seats/", user=secretariat, width=width)
    found = [findings(page)]

    press(page, ".pg-left-over button")
    found.append(findings(page))

    assert found == [{}, {}]
    assert {"": "1 over", "/fr": "1 en trop"}[prefix] in flat(page.inner_text("#content-main"))
    assert Session.objects.get().booking == "seats"


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
