"""Registration: by keyboard, without script, going back."""

import pytest

from participants.models import Participant
from tests.browser.screen import fill_in, focused, follow, press
from tests.factories import MeetingFactory

REGISTER = "/meetings/strasbourg-2026/register/"


@pytest.fixture(autouse=True)
def strasbourg(committed_db):
    """Strasbourg 2026, whose registration is open."""
    MeetingFactory(slug="strasbourg-2026", code="CYB26")


@pytest.mark.parametrize("script", [True, False])
def test_going_back_shows_what_was_typed_and_sending_again_changes_nothing(open_page, script):
    page = open_page(f"{REGISTER}?sector=police", java_script_enabled=script)
    fill_in(page)
    press(page, "Check your answers")

    page.go_back()
    assert page.input_value("#id_family_name") == "Ní Bhriain-O'Connor"
    press(page, "Check your answers")
    press(page, "Send my registration")
    first = page.inner_text(".pg-reference")
    with page.expect_navigation():
        page.evaluate("history.go(-2)")  # past the page to check, which holds answers and is kept nowhere
    press(page, "Check your answers")
    press(page, "Send my registration")

    assert page.inner_text(".pg-reference") == first
    assert Participant.objects.count() == 1


def test_change_leads_to_the_field_without_script(open_page):
    page = open_page(f"{REGISTER}?sector=police", java_script_enabled=False)
    fill_in(page)
    press(page, "Check your answers")

    press(page, "Change Function")

    assert page.evaluate("document.activeElement.name") == "function"
    assert page.input_value("#id_function") == "Detective Sergeant"


def test_enter_in_a_field_goes_on_to_checking(open_page):
    page = open_page(f"{REGISTER}?sector=police")
    fill_in(page)

    with page.expect_navigation():
        page.press("#id_function", "Enter")

    assert page.inner_text("h1") == "Check your answers"


def test_the_keyboard_meets_the_fields_in_the_order_of_the_page(open_page):
    page = open_page(f"{REGISTER}?sector=police")
    page.focus("#id_given_name")
    met = [focused(page)]

    while met[-1] != "id_privacy_accepted" and len(met) < 60:
        page.keyboard.press("Tab")
        if focused(page) != met[-1]:
            met.append(focused(page))

    order = "given_name family_name email phone language_0 country organisation service function asks_protection arrives_on departs_on"
    rest = "diet diet_details accessibility needs_agreed listening_language_0 visibility_0 may_be_photographed privacy_accepted"
    assert met == [f"id_{name}" for name in f"{order} {rest}".split()]


def test_errors_are_met_first_and_lead_to_their_fields(open_page):
    page = open_page(f"{REGISTER}?sector=police")

    press(page, "Check your answers")
    page.wait_for_function("document.activeElement.id == 'error-summary'")
    page.get_by_role("link", name="Choose a country.").click()

    assert focused(page) == "id_country"
    assert page.title().startswith("Error: ")


def test_sections_are_ticked_as_they_are_filled_in(open_page):
    page = open_page(f"{REGISTER}?sector=police")

    page.fill("#id_family_name", "김민준")
    page.fill("#id_email", "kim@police.example")

    done = page.locator(".pg-step-done").all_inner_texts()
    assert [" ".join(text.split()) for text in done] == ["You (done)"]


def test_the_name_of_an_organisation_is_asked_for_only_where_it_is_not_in_the_list(open_page):
    page = open_page(f"{REGISTER}?sector=international")
    assert not page.is_visible("#id_organisation")

    page.select_option("#id_body", "other")

    assert page.is_visible("#id_organisation")


@pytest.mark.parametrize("script", [True, False])
def test_the_other_language_keeps_what_was_typed(open_page, script):
    page = open_page(f"{REGISTER}?sector=police", java_script_enabled=script)
    fill_in(page)

    if script:
        follow(page, "Français")
    else:
        page.get_by_role("link", name="Français").click()
        press(page, "Continuer en français")

    assert page.inner_text("h1") == "S’inscrire"
    assert page.input_value("#id_family_name") == "Ní Bhriain-O'Connor"
    assert page.is_checked("#id_privacy_accepted")
    assert page.complaints == []
