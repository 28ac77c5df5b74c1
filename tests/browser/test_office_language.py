"""Changing the language of a page of the back office in the middle of a form."""

import pytest

from meetings.models import Room
from tests.browser.screen import findings
from tests.factories import ParticipantFactory, RoomFactory


@pytest.fixture
def room(committed_db):
    return RoomFactory(name_en="Hall", name_fr="Salle")


def in_french(page):
    page.locator("#language-link").click()


def test_where_nothing_was_typed_the_language_changes_at_once(room, administrator, open_page):
    page = open_page(f"/admin/meetings/room/{room.pk}/change/", user=administrator)

    with page.expect_navigation():
        in_french(page)

    assert page.evaluate("location.pathname") == f"/fr/admin/meetings/room/{room.pk}/change/"


def test_what_was_typed_is_saved_and_the_page_goes_on_in_french(room, administrator, open_page):
    page = open_page(f"/admin/meetings/room/{room.pk}/change/", user=administrator, width=320)
    page.fill("#id_name_en", "Great hall")

    in_french(page)
    assert page.evaluate("[document.activeElement.id, location.pathname]") == ["other-language", f"/admin/meetings/room/{room.pk}/change/"]
    assert findings(page) == {}
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert (page.evaluate("location.pathname"), page.input_value("#id_name_en")) == (
        f"/fr/admin/meetings/room/{room.pk}/change/",
        "Great hall",
    )
    assert Room.objects.get(pk=room.pk).name_en == "Great hall"
    assert findings(page) == {}


def test_a_page_of_one_step_asks_before_what_was_typed_is_lost(committed_db, administrator, open_page):
    hidden = ParticipantFactory(protected=True)
    page = open_page(f"/admin/participants/participant/{hidden.pk}/reveal/", user=administrator)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.click("#id_reason")
    page.keyboard.type("Asked by the host")

    in_french(page)
    for _while_it_asks in range(250):
        if not asked:
            page.wait_for_timeout(20)

    assert asked == ["beforeunload"]
    assert page.input_value("#id_reason") == "Asked by the host"
