"""Every form on a page, read from its HTML, and what a browser or an attacker sends from it."""

import random
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from tests.corpus import CORPUS, HOSTILE, quoted

Pairs = list[tuple[str, str]]

TOKEN = "csrfmiddlewaretoken"  # tested by itself; the browsers of these tests pass without
# What each kind of control is fed with: the surfaces of the corpus.
SURFACES = {
    "email": ("email",),
    "tel": ("telephone", "line"),
    "date": ("date",),
    "time": ("date",),
    "number": ("date", "choice"),
    "select": ("choice",),
    "radio": ("choice",),
    "checkbox": ("choice",),
    "hidden": ("key", "choice", "token"),
    "textarea": ("text", "line"),
}
LONGEST = 6_000  # a page that takes more is in the corpus of its own form; here it would only take time
PAYLOADS = {
    surface: [case.payload for case in CORPUS if case.surface == surface and len(case.payload) < LONGEST]
    for surface in {case.surface for case in CORPUS}
}
# Columns that no form of ours shows, sent all the same.
NOT_ASKED = {
    "id": "1",
    "pk": "1",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "is_protected": "",
    "state": "confirmed",
    "status": "approved",
    "user": "1",
    "meeting": "1",
    "participant": "1",
    "reference": "CYB26-STOLEN",
    "groups": "1",
    "password": "x",
    "category": "participant",
    "made_by": "1",
    "_popup": "1",
    "_to_field": "password",
    "next": "//evil.example/",
    "_method": "DELETE",
}


@dataclass
class Control:
    """One field of a form: its name, its kind, the value it holds, and what it offers."""

    name: str
    kind: str
    value: str = ""
    offered: list[str] = field(default_factory=list)
    is_sent: bool = True  # a box that is not ticked and a button that is not pressed are not


@dataclass
class Form:
    """A form as it stands on a page of ``page``."""

    page: str
    action: str = ""
    method: str = "get"
    controls: list[Control] = field(default_factory=list)

    @property
    def address(self) -> str:
        return urljoin(self.page, self.action)

    @property
    def signature(self) -> tuple[str, ...]:
        """What makes it another form: rows differ in their keys, not in their fields."""
        parts = sorted({re.sub(r"\d+", "N", control.name) for control in self.controls} - {TOKEN})
        return (re.sub(r"\d+", "N", self.address.split("?")[0]), *parts)

    def filled(self, **chosen: str) -> Pairs:
        """As somebody in a hurry fills it in: what is there stays, what is empty gets something that fits."""
        pairs = []
        for control in self.controls:
            if control.name in chosen:
                pairs.append((control.name, chosen[control.name]))
            elif control.kind == "checkbox" or control.is_sent:
                pairs.append((control.name, control.value or PLAUSIBLE.get(control.kind, "")))
        return [*pairs, *((name, value) for name, value in chosen.items() if name not in dict(pairs))]

    def hostile(self, choice: random.Random) -> Pairs:
        """About half of the fields hold something of the corpus, the others what they should."""
        return [(name, self.payload(name, choice) if choice.random() < 0.5 else value) for name, value in self.filled() if name != TOKEN]

    def misshapen(self, choice: random.Random) -> Pairs:
        """Fields that are missing, fields that come twice, and fields that were never asked for."""
        pairs = self.filled()
        pairs = [pair for pair in pairs if pair[0] != TOKEN]
        kept = [pair for pair in pairs if choice.random() < 0.7]
        doubled = [(name, self.payload(name, choice)) for name, _value in pairs if choice.random() < 0.3]
        more = [(name, value) for name, value in NOT_ASKED.items() if name not in dict(pairs)]
        return [*kept, *doubled, *more]

    def payload(self, name: str, choice: random.Random) -> str:
        kind = next((control.kind for control in self.controls if control.name == name), "text")
        surface = choice.choice(SURFACES.get(kind, ("line",)))
        return choice.choice([*PAYLOADS[surface], *HOSTILE])

    def buttons(self) -> list[dict[str, str]]:
        """Each way to send it: by each button that says something of its own, and with each action of a list."""
        buttons = [control for control in self.controls if control.kind == "submit" and not control.name.startswith("_")]
        actions = [control for control in self.controls if control.kind == "select" and control.name == "action"]
        return [
            *({control.name: control.value} for control in buttons),
            *({control.name: value} for control in actions for value in control.offered),
        ]


PLAUSIBLE = {
    "email": "somebody@police.example",
    "tel": "+353 1 555 0123",
    "date": "2026-10-01",
    "time": "10:00",
    "number": "3",
    "text": "Zoë <i>O'Néill</i>",
    "textarea": "Because.",
    "checkbox": "on",
}


class FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(self.page, given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag in {"input", "button"} and given.get("name"):
            self.read_input(tag, given)
        elif tag == "textarea":
            self.form.controls.append(Control(given["name"], "textarea"))
        elif tag == "select":
            self.select = Control(given["name"], "select")
            self.form.controls.append(self.select)
        elif tag == "option" and self.select is not None:
            self.read_option(given)

    def read_input(self, tag: str, given: dict[str, str]) -> None:
        assert self.form
        kind = given.get("type", "submit" if tag == "button" else "text")
        is_sent = kind not in {"submit", "image", "button"} and (kind not in {"checkbox", "radio"} or "checked" in given)
        before = next((control for control in self.form.controls if control.name == given["name"] and control.kind == "radio"), None)
        if kind == "radio" and before and not is_sent:
            return
        if kind == "radio":
            is_sent = True  # of several, the first or the one that is chosen
            if before:
                self.form.controls.remove(before)
        self.form.controls.append(Control(given["name"], kind, given.get("value", ""), is_sent=is_sent))

    def read_option(self, given: dict[str, str]) -> None:
        assert self.select
        value = given.get("value", "")
        self.select.offered.append(value)
        if "selected" in given or not self.select.value:
            self.select.value = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.form and self.form.controls and self.form.controls[-1].kind == "textarea" and self.lasttag == "textarea":
            self.form.controls[-1].value += data.lstrip("\n")


def forms_of(html: str, page: str) -> list[Form]:
    """All forms of a page, as they stand there."""
    if "<form" not in html:
        return []
    reader = FormReader(page)
    reader.feed(html)
    return reader.forms


def urlencoded(pairs: Pairs) -> str:
    """The body of a form: halves of characters and all."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
