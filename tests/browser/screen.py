"""What tests read from a page in the browser, and how they act on it."""

import re
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page

from correspondence.models import Message

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations", "incomplete"],
    "preload": False,  # fetching every style sheet again takes half the time, for a rule that none of these tags has
}
# Axe leaves to people what it cannot measure: words on a drawing, beside a marker, on a list's arrow, whose colours are those of
# the rest, which it measures; and the mail in a frame where no script runs.
SEEN_BY_EYE = frozenset({"color-contrast", "frame-tested"})


@cache
def axe() -> Any:
    """The accessibility checker, read from disk once."""
    return pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe()


def axe_findings(page: Page) -> list[tuple[str, list[str]]]:
    """Each rule that the page breaks, or may break as far as axe can see, with the elements that break it."""
    results = axe().run(page, options=OPTIONS).response
    doubtful = [rule for rule in results["incomplete"] if rule["id"] not in SEEN_BY_EYE]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in [*results["violations"], *doubtful]]


def overflow(page: Page) -> list[str]:
    """What is wider than the screen, outermost first; empty where nobody has to scroll sideways."""
    return page.evaluate("""() => {
        const wide = document.documentElement.scrollWidth - window.innerWidth;
        if (wide <= 0) return [];
        const out = e => e.getBoundingClientRect().right > window.innerWidth + 0.5;
        const names = [...document.body.querySelectorAll("*")].filter(out).map(e => `${e.tagName}.${e.className}`);
        return [`${wide} px too wide`, ...names.slice(0, 6)];
    }""")


def findings(page: Page) -> dict[str, list[Any]]:
    """All that is wrong with the page, by who found it."""
    found = {"axe": axe_findings(page), "overflow": overflow(page), "complaints": page.complaints.copy()}
    page.complaints.clear()
    return {finder: problems for finder, problems in found.items() if problems}


def focused(page: Page) -> str:
    """The id of the element that has the keyboard."""
    return page.evaluate("document.activeElement.id")


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).last.click()


def follow(page: Page, name: str) -> None:
    """Follow a link to the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()


def fill_in(page: Page, **changes: str) -> None:
    """Answer the registration form as Siobhán would; keywords change an answer."""
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


def mailed(pattern: str) -> str:
    """What the latest mail says where ``pattern`` has its group."""
    return re.search(pattern, Message.objects.latest("pk").body)[1]


def clipped(page: Page) -> list[str]:
    """Elements whose text is cut off by their own box, or whose lines run into each other."""
    return page.evaluate("""() => [...document.querySelectorAll("body *")].filter(e => {
        const style = getComputedStyle(e);
        const meant = e.closest(".visually-hidden, .pg-skip, select, iframe, svg") || style.clipPath !== "none";
        if (meant || !e.innerText?.trim()) return false;
        const cuts = side => ["hidden", "clip"].includes(side);
        const crowded = parseFloat(style.lineHeight) < 0.95 * parseFloat(style.fontSize);
        const wide = cuts(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
        const tall = cuts(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
        return crowded || wide || tall;
    }).map(e => `cut off: ${e.tagName}.${e.className} ${e.innerText.slice(0, 30)}`).slice(0, 6)""")
