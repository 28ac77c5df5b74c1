"""Takes the pictures of this folder from a running demo: ``python docs/screenshots/take.py http://127.0.0.1:8000``.

With ``running`` after the address it takes those of the days of the meeting, from a demo started with ``STAGE=running``.
Needs Playwright and a Chromium. Where Pillow is installed, each picture is written with 128 colours, which is a third of the size.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 375, "height": 812}
MEETING = "/meetings/strasbourg-2026/"
SECRETARIAT = ("secretariat@pompidou.example", "demo-secretariat-2026")
EXPERT = "expert@police.example"
PIN = "246810"
ANSWERS = {
    "given_name": "Siobhán",
    "family_name": "Ní Bhriain-O'Connor",
    "email": "siobhan@garda.example",
    "organisation": "An Garda Síochána",
    "function": "Detective Sergeant",
}


def main() -> None:
    """Each page on a desktop and on a phone; some also in French and in the dark."""
    site = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if sys.argv[2:] == ["running"]:
            for show in (workshops, door, days_of_the_meeting):
                show(window(browser, site))
        else:
            for show in (public, own, office):
                show(window(browser, site))
            shoot(at(window(browser, site, color_scheme="dark"), "/"), "home-dark", phone=False)
        browser.close()


def window(browser: Browser, site: str, **options: object) -> Page:
    """A page in a window of its own, in which nothing moves."""
    return browser.new_context(base_url=site, viewport=DESKTOP, reduced_motion="reduce", **options).new_page()


def public(page: Page) -> None:
    """What everybody sees, as far as the page on which answers are checked."""
    shoot(at(page, "/fr/"), "home-fr", phone=False)
    shoot(at(page, "/"), "home")
    shoot(at(page, MEETING), "meeting")
    shoot(at(page, f"{MEETING}register/?sector=police"), "register")
    for name, value in ANSWERS.items():
        page.fill(f"#id_{name}", value)
    page.select_option("#id_country", "IE")
    page.check("#id_visibility_0")
    page.check("#id_privacy_accepted")
    go(page, lambda: page.get_by_role("button", name="Check your answers").click())
    shoot(page, "check")


def own(page: Page) -> None:
    """A participant's own page."""
    sign_in(page)
    shoot(at(page, "/my/strasbourg-2026/"), "my")


def sign_in(page: Page) -> None:
    """As an expert, with the code from the demo's mails."""
    page.goto("/accounts/login/")
    page.fill("#id_email", EXPERT)
    go(page, lambda: page.get_by_role("button", name="Send me a code").click())
    page.wait_for_timeout(3000)  # until the worker has delivered it, so that an older one is not taken for it
    page.fill("#id_code", code_of(page))
    go(page, lambda: page.press("#id_code", "Enter"))


def code_of(page: Page) -> str:
    """The code in the newest mail, which the worker has delivered in a moment."""
    mails = page.context.new_page()
    for _attempt in range(20):
        mails.goto("/demo/mails/")
        subject = mails.locator("main a", has_text="code").first
        if subject.count():
            go(mails, subject.click)
            words = mails.locator("main").inner_text().split()
            mails.close()
            return words[words.index("is") + 1].rstrip(".")
        mails.wait_for_timeout(500)
    raise SystemExit("No mail with a code came; is the demo's worker running?")


def office(page: Page) -> None:
    """The back office as the secretariat sees it."""
    enter(page)
    shoot(at(page, "/fr/admin/"), "dashboard-fr", phone=False)
    shoot(at(page, "/admin/"), "dashboard")
    shoot(at(page, "/admin/participants/participant/"), "participants")
    shoot(at(page, "/admin/delegations/invitation/board/"), "board")
    shoot(at(page, "/admin/participants/participant/export.csv"), "export", tall=True)


def enter(page: Page) -> None:
    """As the secretariat."""
    page.goto("/accounts/login/?next=/admin/")
    page.fill("#id_login", SECRETARIAT[0])
    page.fill("#id_password", SECRETARIAT[1])
    go(page, lambda: page.press("#id_password", "Enter"))


def workshops(page: Page) -> None:
    """The programme that everybody reads, and the seats of a participant."""
    shoot(at(page, f"{MEETING}programme/"), "programme")
    sign_in(page)
    shoot(at(page, "/my/strasbourg-2026/workshops/"), "workshops")


def door(page: Page) -> None:
    """A phone at the door, without network, after it read the badge that the demo has as a picture."""
    page.set_viewport_size(PHONE)
    at(page, "/demo/")
    badge = page.request.get(page.get_by_role("link", name="A badge as a picture").get_attribute("href") or "").body()
    go(page, page.get_by_role("link", name="Check in at a door").click)
    page.get_by_label("PIN").fill(PIN)
    go(page, lambda: page.get_by_role("button", name="Open the desk").click())
    page.get_by_role("button", name="Read a picture").wait_for()
    page.wait_for_timeout(2000)  # until the page has kept what it needs without network
    page.context.set_offline(True)
    page.locator("input[type=file]").set_input_files({"name": "badge.png", "mimeType": "image/png", "buffer": badge})
    page.get_by_text("Welcome").wait_for()
    page.get_by_text("Without network").wait_for()
    keep(page.screenshot(), HERE / "desk-phone.png")


def days_of_the_meeting(page: Page) -> None:
    """The back office while the meeting runs."""
    enter(page)
    meeting = at(page, "/admin/").get_by_role("link", name="Meeting", exact=True).get_attribute("href") or ""
    key = meeting.split("/")[-3]
    shoot(at(page, f"/admin/meetings/meeting/{key}/programme/"), "editor")
    shoot(at(page, f"/admin/attendance/checkin/?meeting={key}"), "presence")


def go(page: Page, act: Callable[[], None]) -> None:
    """Do something that leads to another page, and be there."""
    with page.expect_navigation():
        act()


def at(page: Page, path: str) -> Page:
    """The page at that address."""
    answer = page.goto(path)
    if answer is None or not answer.ok:
        raise SystemExit(f"{path} answered {answer and answer.status}")
    return page


def shoot(page: Page, name: str, *, phone: bool = True, tall: bool = False) -> None:
    """The page from its top, two screens high at most, on a desktop and on a phone; ``tall`` where something sticks to the lower edge."""
    for size, suffix in ((DESKTOP, ""), (PHONE, "-phone"))[: 2 if phone else 1]:
        page.set_viewport_size(size)
        height = min(page.evaluate("document.documentElement.scrollHeight"), 2 * size["height"])
        if tall:
            page.set_viewport_size({**size, "height": height})
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
        keep(page.screenshot(clip=clip, full_page=True), HERE / f"{name}{suffix}.png")
    page.set_viewport_size(DESKTOP)


def keep(picture: bytes, path: Path) -> None:
    """Write the picture, with few colours where that can be done."""
    path.write_bytes(picture)
    if importlib.util.find_spec("PIL"):
        from PIL import Image

        Image.open(BytesIO(picture)).convert("RGB").quantize(128).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
