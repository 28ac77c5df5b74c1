"""The programme as it is read in a corridor: on a phone, in the dark, in French, on paper, without script."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.browser.screen import findings, press
from tests.factories import BookingFactory, MeetingFactory, PartFactory, ParticipantFactory, RoomFactory, SessionFactory, publish

LONG = "Wolfeschlegelsteinhausenbergerdorff"
PAGE = "/meetings/under-way/programme/"


@pytest.fixture
def meeting(committed_db):
    """Under way since yesterday, with everything a programme can show."""
    meeting = MeetingFactory(slug="under-way", running=True)
    now = timezone.now()
    rooms = [RoomFactory(meeting=meeting, name_en=f"Room {number} {LONG}", name_fr="") for number in range(3)]
    sort = {"languages": ["en", "fr"], "is_interpreted": True, "label": "TLP:AMBER+STRICT", "abstract_en": f"{LONG} " * 20}
    for room in rooms:
        workshop = SessionFactory(
            meeting=meeting, room=room, kind="workshop", booking="seats", title_en=f"Workshop {LONG}", title_fr="", starts_at=now, **sort
        )
        PartFactory(session=workshop, guest=True, guest_name=f"Guest {LONG}", role="2_moderator")
        PartFactory(session=workshop)
    SessionFactory(meeting=meeting, kind="closed", starts_at=now)
    for days in (-1, 1):
        SessionFactory(meeting=meeting, title_en=f"Day {days}", is_chatham_house=True, starts_at=now + dt.timedelta(days=days))
    return meeting


@pytest.mark.parametrize(("prefix", "scheme", "width"), [("", "light", 1280), ("/fr", "dark", 320), ("", "light", 320)])
def test_programme_has_no_fault(open_page, meeting, prefix, scheme, width):
    page = open_page(f"{prefix}{PAGE}", width=width, color_scheme=scheme)

    assert findings(page) == {}


@pytest.mark.parametrize(("prefix", "width"), [("", 1280), ("/fr", 320)])
def test_own_calendar_has_no_fault(open_page, meeting, prefix, width):
    person = ParticipantFactory(meeting=meeting)
    BookingFactory(session=meeting.sessions.filter(kind="workshop").first(), participant=person)
    page = open_page(f"{prefix}/my/under-way/calendar/", user=person.user, width=width)
    assert findings(page) == {}

    press(page, "Créer une adresse privée" if prefix else "Make a private address")

    assert findings(page) == {}
    assert page.get_attribute("#address", "value").endswith(".ics")


def test_days_are_tabs_that_work_without_script(open_page, meeting):
    page = open_page(PAGE, width=375, java_script_enabled=False)

    page.locator(".pg-tabs a").last.click()

    assert page.locator(".pg-day").count() == 1
    assert page.locator(".pg-item h3").all_inner_texts() == ["Day 1"]
    assert page.locator(".pg-tabs [aria-current]").count() == 1


def test_now_and_next_is_there_without_script_and_follows_the_clock_with_it(open_page, meeting):
    page = open_page(PAGE)
    assert page.locator("#now a").count() == 5

    meeting.sessions.filter(kind="workshop").delete()
    publish(meeting)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when the telephone is taken out again

    page.locator("#now a", has_text="Workshop").first.wait_for(state="detached")
    assert (page.locator("#now a").count(), page.complaints) == (2, [])


def test_on_paper_each_day_is_a_page_of_its_own_without_navigation(open_page, meeting):
    page = open_page(PAGE)
    page.emulate_media(media="print")

    hidden = [".pg-header", ".pg-footer", ".pg-tabs", ".pg-programme-files", ".pg-now", ".pg-item-add"]
    assert [name for name in hidden if page.locator(name).first.is_visible()] == []
    breaks = "[...document.querySelectorAll('.pg-day')].map(e => getComputedStyle(e).breakBefore)"
    assert page.evaluate(breaks) == ["auto", "page", "page"]
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 3
