"""One browser for all tests of a process, and windows in it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.conftest import chromium, signed_in

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives the browser, at the addresses of the demo."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")
            item.add_marker(pytest.mark.urls("tests.pompidou.demo_urls"))


@pytest.fixture(scope="session")
def browser(django_db_setup: None, live_server: LiveServer) -> Iterator[Browser]:
    """Playwright's loop runs in this thread until the browser ends, before the server and the database do.

    Django takes such a thread for asynchronous code, and gives it connections of its own that nobody else would close.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(
    browser: Browser, live_server: LiveServer, committed_db: None, settings: Settings, tmp_path: Path
) -> Iterator[Callable[..., Page]]:
    """Open an address in a window of its own; what the browser complains of is collected in ``page.complaints``."""
    settings.BASE_URL = live_server.url
    settings.DEMO = True
    settings.DEMO_MAIL_DIR = settings.EMAIL_FILE_PATH = tmp_path / "mail"
    windows = []

    def open_at(path: str, *, width: int = 1280, user: User | None = None, **options: object) -> Page:
        window = browser.new_context(viewport={"width": width, "height": 800}, base_url=live_server.url, **options)
        windows.append(window)
        if user:
            settings.SESSION_COOKIE_NAME = "sessionid"  # Playwright cannot set a cookie whose name begins with __Host-
            sign_in(window, user, live_server.url)
        page = window.new_page()
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if is_complaint(line) else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_at
    for window in windows:
        window.close()


def is_complaint(line: ConsoleMessage) -> bool:
    """What the policy stopped and what went wrong in a script; not that a page answered 404, which may be meant."""
    return line.type == "error" and not line.text.startswith("Failed to load resource")


def sign_in(window: BrowserContext, user: User, url: str) -> None:
    """Give the window the session of somebody who has signed in."""
    cookie = signed_in(user).cookies[configured.SESSION_COOKIE_NAME]
    window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url, "secure": True}])
