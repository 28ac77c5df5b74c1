"""Takes the pictures of this folder from a running demo: ``python docs/screenshots/take.py http://127.0.0.1:8000``.

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


def main() -> None:
    """Each page on a desktop and on a phone; some also in French and in the dark."""
    site = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size, suffix in ((DESKTOP, ""), (PHONE, "-phone")):
            public(window(browser, site, viewport=size), suffix)
            own(window(browser, site, viewport=size), suffix)
            office(window(browser, site, viewport=size), suffix)
        take(window(browser, site, viewport=DESKTOP, color_scheme="dark"), "/", "home-dark")
        browser.close()


def window(browser: Browser, site: str, **options: object) -> Page:
    """A page in a window of its own, in which nothing moves."""
    return browser.new_context(base_url=site, reduced_motion="reduce", **options).new_page()


def public(page: Page, suffix: str) -> None:
    """What everybody sees, as far as the page on which answers are checked."""
    take(page, "/", f"home{suffix}")
    if not suffix:
        take(page, "/fr/", "home-fr")
    take(page, MEETING, f"meeting{suffix}")
    take(page, f"{MEETING}register/?sector=police", f"register{suffix}")
    for name, value in (("given_name", "Siobhán"), ("family_name", "Ní Bhriain-O'Connor"), ("email", "siobhan@garda.example")):
        page.fill(f"#id_{name}", value)
    page.fill("#id_organisation", "An Garda Síochána")
    page.fill("#id_function", "Detective Sergeant")
    page.select_option("#id_country", "IE")
    page.check("#id_visibility_0")
    page.check("#id_privacy_accepted")
    go(page, lambda: page.get_by_role("button", name="Check your answers").click())
    shoot(page, f"check{suffix}")


def own(page: Page, suffix: str) -> None:
    """A participant's own page, after signing in with the code from the demo's mails."""
    page.goto("/accounts/login/")
    page.fill("#id_email", EXPERT)
    go(page, lambda: page.get_by_role("button", name="Send me a code").click())
    page.fill("#id_code", code_of(page))
    go(page, lambda: page.press("#id_code", "Enter"))
    take(page, "/my/strasbourg-2026/", f"my{suffix}")


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


def office(page: Page, suffix: str) -> None:
    """The back office as the secretariat sees it."""
    page.goto("/accounts/login/?next=/admin/")
    page.fill("#id_login", SECRETARIAT[0])
    page.fill("#id_password", SECRETARIAT[1])
    go(page, lambda: page.press("#id_password", "Enter"))
    take(page, "/admin/", f"dashboard{suffix}")
    if not suffix:
        take(page, "/fr/admin/", "dashboard-fr")
    take(page, "/admin/participants/participant/", f"participants{suffix}")
    take(page, "/admin/participants/participant/export.csv", f"export{suffix}")


def go(page: Page, act: Callable[[], None]) -> None:
    """Do something that leads to another page, and be there."""
    with page.expect_navigation():
        act()


def take(page: Page, path: str, name: str) -> None:
    """Go there and take the picture."""
    answer = page.goto(path)
    if answer is None or not answer.ok:
        raise SystemExit(f"{path} answered {answer and answer.status}")
    shoot(page, name)


def shoot(page: Page, name: str) -> None:
    """The top of the page, as high as two screens at most, with few colours where that can be done."""
    picture = HERE / f"{name}.png"
    size = page.viewport_size or DESKTOP
    height = min(page.evaluate("document.documentElement.scrollHeight"), 2 * size["height"])
    page.screenshot(path=picture, clip={"x": 0, "y": 0, "width": size["width"], "height": height}, full_page=True)
    if importlib.util.find_spec("PIL"):
        from PIL import Image

        Image.open(BytesIO(picture.read_bytes())).convert("RGB").quantize(128).save(picture, optimize=True)
    print(f"{picture.name}: {picture.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
