"""Pages as people set their browser: large letters, wide spacing, no motion, their own colours."""

import pytest

from tests.browser.screen import clipped, overflow, press
from tests.factories import MeetingFactory, ParticipantFactory, RoomFactory, SessionFactory

# WCAG 2.2, 1.4.12: nothing may be lost when a reader sets these.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
MOVING = """() => [...document.querySelectorAll("*")]
    .filter(e => [getComputedStyle(e), getComputedStyle(e, "::before"), getComputedStyle(e, "::after")].some(
        style => `${style.transitionDuration},${style.animationDuration}`.split(",").some(time => parseFloat(time) > 0.001)
            || style.scrollBehavior === "smooth"))
    .map(e => `${e.tagName}.${e.className}`).slice(0, 5)"""

PUBLIC = ["/", "/meetings/", "/meetings/strasbourg-2026/", "/meetings/strasbourg-2026/programme/", "/privacy/", "/accounts/login/"]
FORM = "/meetings/strasbourg-2026/register/?sector=police"
OWN = ["/my/", "/my/strasbourg-2026/", "/my/strasbourg-2026/edit/"]
LIST = "/admin/participants/participant/"


@pytest.fixture
def person(committed_db):
    """Somebody with a place at Strasbourg 2026, where there is a session."""
    meeting = MeetingFactory(slug="strasbourg-2026", code="CYB26")
    SessionFactory(meeting=meeting, room=RoomFactory(meeting=meeting))
    return ParticipantFactory(meeting=meeting)


@pytest.fixture
def pages(person, administrator, open_page):
    """Every kind of page in turn, opened with some settings of the browser: address and page."""

    def turn(**options):
        own = f"{LIST}{person.pk}/change/"
        for user, paths in ((None, [*PUBLIC, FORM]), (person.user, OWN), (administrator, ["/admin/", LIST, own, f"{LIST}export.csv"])):
            page = open_page("/livez", user=user, **options)
            for path in paths:
                page.goto(path)
                yield path, page

    return turn


def larger_letters(page):
    """As somebody sets it in the browser: letters twice as large."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


def wide_spacing(page):
    page.evaluate(SPACING)


@pytest.mark.parametrize("width", [1280, 640])
@pytest.mark.parametrize("set_up", [larger_letters, wide_spacing])
def test_nothing_is_cut_off(pages, set_up, width):
    found = {}

    for path, page in pages(width=width):
        set_up(page)
        if lost := [*overflow(page), *clipped(page)]:
            found[path] = lost

    assert found == {}


def test_nothing_moves_for_those_who_asked_for_no_motion(pages):
    moving = {path: page.evaluate(MOVING) for path, page in pages(reduced_motion="reduce")}

    assert {path: found for path, found in moving.items() if found} == {}


def test_the_focus_is_seen_in_forced_colours(person, open_page):
    page = open_page("/accounts/login/", forced_colors="active")

    page.focus("#id_email")
    page.keyboard.press("Tab")

    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_message_is_announced_after_the_page_has_come(person, open_page):
    page = open_page("/my/strasbourg-2026/edit/", user=person.user)

    press(page, "Save")

    page.wait_for_selector(".pg-messages[role=status][data-announced=yes]")
    assert page.inner_text(".pg-messages").strip() == "Your answers are saved."
    assert page.complaints == []


def test_a_message_of_the_back_office_is_announced_too(person, administrator, open_page):
    page = open_page(f"/admin/meetings/meeting/{person.meeting_id}/change/", user=administrator)

    press(page, "Save")

    page.wait_for_selector(".pg-messages[role=status][data-announced=yes]")
    assert page.inner_text(".pg-messages").startswith("The meeting “")
    assert page.complaints == []
