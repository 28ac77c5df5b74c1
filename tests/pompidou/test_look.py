"""The frame, the pieces and the sign-in pages in a real browser."""

import os
import re

import pytest
from django.core.mail import EmailMultiAlternatives
from playwright.sync_api import sync_playwright

from correspondence.html import html_of
from correspondence.models import Message
from tests.conftest import chromium

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.pompidou.demo_urls")]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
PAGES = [
    "/demo/",
    "/demo/mails/",
    "/demo/gallery/",
    "/demo/gallery/confirm/",
    "/demo/gallery/banner/open/",
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accessibility/",
    "/nowhere/",
]


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
def open_page(browser, live_server, committed_db, settings, tmp_path):
    """Open an address in a window of its own; what the browser complains of is collected in ``page.complaints``."""
    settings.DEMO = True
    settings.DEMO_MAIL_DIR = settings.EMAIL_FILE_PATH = tmp_path / "mail"
    windows = []

    def open_at(path, *, width=1280, **options):
        window = browser.new_context(viewport={"width": width, "height": 800}, base_url=live_server.url, **options)
        windows.append(window)
        page = window.new_page()
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.goto(path)
        return page

    yield open_at
    for window in windows:
        window.close()


def findings(page):
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in axe.Axe().run(page, options=RULES).response["violations"]]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def focused(page):
    return page.evaluate("document.activeElement.id")


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("/fr", "dark")])
def test_axe_finds_nothing_and_a_small_screen_needs_no_scrolling_sideways(open_page, language, scheme):
    page = open_page("/livez", width=320, color_scheme=scheme)
    found = {}

    for path in PAGES:
        page.goto(language + path)
        found[path] = (findings(page), overflow(page))

    assert found == dict.fromkeys(PAGES, ([], 0))


def test_every_piece_is_drawn_within_the_policy(open_page):
    assert open_page("/demo/gallery/").complaints == []


def test_the_first_key_leads_past_the_header(open_page):
    page = open_page("/accounts/login/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert focused(page) == "main"


def test_focus_is_a_yellow_ring_with_a_dark_line(open_page):
    page = open_page("/accessibility/")

    page.keyboard.press("Tab")

    style = "(e => [getComputedStyle(e).outline, getComputedStyle(e).boxShadow])(document.activeElement)"
    assert page.evaluate(style) == ["rgb(255, 210, 63) solid 3px", "rgb(22, 32, 46) 0px 0px 0px 2px"]


def test_an_error_is_told_first_and_leads_to_its_field(open_page):
    page = open_page("/accounts/password/reset/")
    page.fill("#id_email", "nobody")

    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary")
    assert focused(page) == "error-summary"
    assert findings(page) == []

    page.click("#error-summary a")
    assert focused(page) == "id_email"


def test_an_error_of_a_choice_leads_to_its_first_answer(open_page):
    page = open_page("/demo/gallery/")

    page.click("#error-summary a[href='#id_wrong-language_0']")

    assert focused(page) == "id_wrong-language_0"


def test_an_expert_signs_in_and_out_by_keyboard(open_page, expert):
    page = open_page("/accounts/login/")
    page.focus("#id_email")
    page.keyboard.type(expert.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/code/confirm/")
    assert findings(page) == []

    code = re.search(r"Your code is (\S+)\.", Message.objects.get().body)[1]
    page.focus("#id_code")
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/")

    page.focus("text=Sign out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/signed-out/")
    assert page.context.cookies() == []


def test_signing_in_needs_no_script(open_page, expert):
    page = open_page("/accounts/login/", java_script_enabled=False)

    page.fill("#id_email", expert.email)
    page.click("text=Send me a code")

    assert page.inner_text("h1") == "Enter the code"


def test_a_mail_is_shown_as_it_was_sent(open_page, settings):
    body = "Dear Maeve,\n\nConfirm my address:\nhttp://localhost/x/\n"
    mail = EmailMultiAlternatives("Please confirm", body, to=["maeve.orrin@garda.example"])
    mail.attach_alternative(html_of(subject="Please confirm", body=body, language="en"), "text/html")
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    mail.send()

    page = open_page("/demo/mails/")
    page.click("text=Please confirm")
    button = page.frame_locator("iframe").locator("text=Confirm my address")

    assert button.evaluate("e => getComputedStyle(e.parentElement).backgroundColor") == "rgb(18, 60, 122)"
    assert page.complaints == []
    assert findings(page) == []
