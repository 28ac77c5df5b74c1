"""Registration and self-service in a real browser: by keyboard, without script, on a narrow screen, going back."""

import os
import re

import pytest
from playwright.sync_api import sync_playwright

from correspondence.models import Message
from participants.models import Participant
from tests.conftest import chromium
from tests.factories import MeetingFactory

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
REGISTER = "/meetings/strasbourg-2026/register/"


@pytest.fixture(scope="module")
def browser():
    """One browser for the file. Its own loop runs in this thread, which Django takes for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser, live_server, committed_db, settings):
    """Open an address at Strasbourg 2026 in a window of its own."""
    settings.BASE_URL = live_server.url
    MeetingFactory(slug="strasbourg-2026", code="CYB26")
    windows = []

    def open_at(path, *, width=1280, **options):
        window = browser.new_context(viewport={"width": width, "height": 800}, base_url=live_server.url, **options)
        windows.append(window)
        page = window.new_page()
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if "Content Security Policy" in line.text else None)
        page.goto(path)
        return page

    yield open_at
    for window in windows:
        window.close()


def problems(page):
    """What axe finds, how far the page is wider than the screen, and what the policy stopped."""
    rules = axe.Axe().run(page, options=RULES).response["violations"]
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in rules], wider


def focused(page):
    return page.evaluate("document.activeElement.id")


def press(page, name):
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).last.click()


def follow(page, name):
    """Follow a link to the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()


def fill_in(page, **changes):
    answers = {
        "given_name": "Siobhán",
        "family_name": "Ní Bhriain-O'Connor",
        "email": "siobhan@garda.example",
        "organisation": "An Garda Síochána",
        "function": "Detective Sergeant",
    }
    for name, value in (answers | changes).items():
        page.fill(f"#id_{name}", value)
    page.select_option("#id_country", "IE")
    page.check("#id_visibility_0")
    page.check("#id_privacy_accepted")


def mailed(pattern):
    """What the latest mail says where ``pattern`` has its group."""
    return re.search(pattern, Message.objects.latest("pk").body)[1]


def test_every_step_is_accessible_and_fits_a_telephone(open_page):
    page = open_page(f"{REGISTER}?asked=1", width=320)
    found = {"start with an error": problems(page)}

    page.goto(f"{REGISTER}?sector=police")
    press(page, "Check your answers")
    found["form with errors"] = problems(page)
    fill_in(page, family_name="Wolfeschlegelsteinhausenbergerdorff" * 2)
    press(page, "Check your answers")
    found["check"] = problems(page)
    press(page, "Send my registration")
    found["sent"] = problems(page)
    page.goto(mailed(r"(http\S+/registrations/confirm/\S+)"))
    found["confirm"] = problems(page)
    press(page, "Confirm my address")
    found["confirmed"] = problems(page)
    page.goto("/registrations/confirm/altered/")
    found["altered link"] = problems(page)

    assert found == dict.fromkeys(found, ([], 0))
    assert page.complaints == []


@pytest.mark.parametrize("path", [f"/fr{REGISTER}", f"/fr{REGISTER}?sector=international", "/fr/privacy/"])
def test_the_pages_are_accessible_in_french_and_in_the_dark(open_page, path):
    assert problems(open_page(path, color_scheme="dark")) == ([], 0)


def test_an_expert_registers_confirms_signs_in_and_withdraws(open_page):
    page = open_page(REGISTER)
    page.get_by_label("Police").check()
    press(page, "Continue")
    fill_in(page)
    press(page, "Check your answers")
    press(page, "Send my registration")
    assert "CYB26-" in page.inner_text(".pg-reference")

    page.goto(mailed(r"(http\S+/registrations/confirm/\S+)"))
    press(page, "Confirm my address")
    assert page.inner_text("h1") == "The secretariat is looking at your registration."

    follow(page, "See my registration")
    page.fill("#id_email", "siobhan@garda.example")
    press(page, "Send me a code")
    page.fill("#id_code", mailed(r"Your code is (\S+)\."))
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/strasbourg-2026/")
    assert problems(page) == ([], 0)

    follow(page, "Change my answers")
    assert problems(page) == ([], 0)
    page.fill("#id_function", "Detective Inspector")
    press(page, "Save")
    assert "Your answers are saved." in page.inner_text("main")

    follow(page, "Withdraw")
    assert problems(page) == ([], 0)
    press(page, "Withdraw")
    assert page.inner_text("h1") == "Your registration is withdrawn."
    assert Participant.objects.get().function == "Detective Inspector"


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
    page.go_back()
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
    rest = "diet diet_details accessibility listening_language_0 visibility_0 may_be_photographed privacy_accepted"
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
