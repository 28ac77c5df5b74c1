"""A person who has only a keyboard: goes by Tab, acts by Enter and Space, types. What is wrong with a stop is kept."""

from typing import Any

from playwright.sync_api import Page

MOST_STOPS = 400  # more than any page has; beyond it the keyboard is caught

# What WCAG 2.2 asks of each stop: seen (2.4.7), not covered by anything (2.4.11), and large enough to hit (2.5.8).
LOOK = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const words = (element.innerText || element.value || "").slice(0, 30);
    const name = `${element.tagName.toLowerCase()}#${element.id}.${element.className} ${words}`;
    const wrong = [];
    const painted = element.closest(".pg-cover") ? getComputedStyle(element, "::after") : getComputedStyle(element);
    if (parseFloat(painted.outlineWidth) < 2 || painted.outlineStyle === "none") wrong.push("the focus is not seen");
    const boxes = [...element.getClientRects()].filter(box => box.width && box.height);
    const [width, height] = [innerWidth, innerHeight];
    const seen = boxes.filter(box => box.right > 0 && box.bottom > 0 && box.left < width && box.top < height);
    if (!seen.length) wrong.push("the focus is off the screen");
    const covered = seen.length && !seen.some(box => [0.1, 0.5, 0.9].some(share => {
        const x = Math.min(Math.max(box.left + box.width * share, 0), width - 1);
        const y = Math.min(Math.max(box.top + box.height / 2, 0), height - 1);
        const top = document.elementFromPoint(x, y);
        return top && (top === element || element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
    }));
    if (covered) wrong.push("the focus is covered");
    const box = element.getBoundingClientRect();
    const label = element.labels?.[0]?.getBoundingClientRect();
    const big = side => Math.max(box[side], label ? label[side] : 0) >= 23.5;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const others = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(other => {
        const near = other.getBoundingClientRect();  // of two small ones, 24 pixels from middle to middle are enough
        return other !== element && near.width && near.left < x + 12 && near.right > x - 12 && near.top < y + 12 && near.bottom > y - 12;
    });
    const inline = getComputedStyle(element).display === "inline";
    if (!inline && !(big("width") && big("height")) && others.length) wrong.push(`small: ${box.width} x ${box.height}`);
    return [name.replace(/\\s+/g, " ").trim(), wrong];
}"""


class Keyboard:
    """Hands on a keyboard; ``wrong`` is what was found wrong with the stops on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: dict[str, list[str]] = {}

    def tab_to(self, selector: str, *, has_text: str = "") -> None:
        """Press Tab until the element has the focus; fails when the keyboard never gets there."""
        by_key = ":not([tabindex='-1'], [disabled])"
        target = self.page.locator(selector, has_text=has_text or None).and_(self.page.locator(by_key)).filter(visible=True).first
        met: list[str] = []
        assert target.count(), f"{selector} {has_text} is not on {self.page.url}: {self.page.inner_text('body')[:400]}"
        for _ in range(MOST_STOPS):
            if target.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            met.append(self.look())
        raise AssertionError(f"{selector} {has_text} is not reached by Tab; last stops: {met[-12:]}")

    def look(self) -> str:
        """The stop at which the keyboard is; what is wrong with it is kept."""
        stop: Any = self.page.evaluate(LOOK)
        if stop is None:
            return ""
        name, wrong = stop
        if wrong:
            self.wrong[name] = wrong
        return name

    def press(self, selector: str, *, has_text: str = "") -> None:
        """Go to a link or button and press it; waits for the page it leads to."""
        self.tab_to(selector, has_text=has_text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, selector: str) -> None:
        """Go to a box or a choice and tick it."""
        self.tab_to(selector)
        self.page.keyboard.press("Space")

    def type(self, selector: str, text: str) -> None:
        """Go to a field and write in it, over what stands there."""
        self.tab_to(selector)
        if self.page.evaluate("document.activeElement.value"):
            self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
