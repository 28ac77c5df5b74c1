"""What a browser would post from a form on a page, read from the page's own HTML."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


class FormReader(HTMLParser):
    """Collects the controls of the form whose id is ``wanted``, with the values they hold."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.inside = wanted, False
        self.data: dict[str, Any] = {}
        self.select, self.textarea = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("id") == self.wanted
        if not self.inside:
            return
        if tag == "input" and given.get("name"):
            self.read_input(given, is_ticked=any(name == "checked" for name, _value in attrs))
        elif tag == "select":
            self.select = given["name"]
            self.data.setdefault(self.select, "")
        elif tag == "option" and any(name == "selected" for name, _value in attrs):
            self.data[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.textarea = given["name"]
            self.data[self.textarea] = ""

    def read_input(self, given: dict[str, str], *, is_ticked: bool) -> None:
        kind, name, value = given.get("type", "text"), given["name"], given.get("value", "")
        if kind in {"submit", "button"}:
            return
        if kind in {"checkbox", "radio"}:
            if is_ticked:
                self.data.setdefault(name, []).append(value or "on")
            return
        self.data[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            # A browser drops the line break that stands right after the tag, and posts the others as CR LF.
            text = data.removeprefix("\n") if not self.data[self.textarea] else data
            self.data[self.textarea] += text.replace("\r\n", "\n").replace("\n", "\r\n")


def filled(response: HttpResponse, form_id: str, **changes: Any) -> dict[str, Any]:
    """The values of that form as they stand on the page, with ``changes`` typed over them."""
    reader = FormReader(form_id)
    reader.feed(response.content.decode())
    assert reader.data, f"no form with the id {form_id}"
    return {**reader.data, **changes}
