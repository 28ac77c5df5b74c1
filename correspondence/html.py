"""The HTML twin of a plain-text mail, made from the same words so that the two cannot disagree."""

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

ADDRESS = re.compile(r"https?://\S+")
STYLE_ATTRIBUTE = re.compile(r' style="([^"]*)"')  # what people typed holds no such quote: it is escaped
STYLE_SHEET = re.compile(r"<style>(.*?)</style>\s*", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One piece of a mail: a paragraph of lines, or an action with its label and address."""

    lines: tuple[str, ...] = ()
    label: str = ""
    url: str = ""


def html_of(*, subject: str, body: str, language: str) -> str:
    """The whole HTML document of a mail, for sending and for the preview of a template."""
    context = {
        "subject": subject,
        "blocks": blocks_of(body),
        "language": language,
        "base_url": settings.BASE_URL,
        "organiser": settings.ORGANISER_FR if language == "fr" else settings.ORGANISER_EN,
    }
    with translation.override(language):
        return render_to_string("mails/frame.html", context)


def blocks_of(body: str) -> list[Block]:
    """Split a plain text at blank lines; a line ending in a colon above a line that is only an address is an action."""
    return [block_of([line.strip() for line in part.strip().splitlines()]) for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]


def block_of(lines: list[str]) -> Block:
    if len(lines) == 2 and ADDRESS.fullmatch(lines[1]) and lines[0].endswith(":"):
        return Block(label=lines[0].rstrip(":\u00a0\u202f "), url=lines[1])
    return Block(lines=tuple(lines))


@dataclass(frozen=True)
class Framed:
    """A mail as a page of ours can show it in a frame, and the source that the page's policy must allow for that."""

    html: str
    allowed: str


def framed(html: str) -> Framed:
    """Gather the styles of a mail, which stand in attributes because mail programs want it so, in one sheet with a known hash.

    A page can then allow that very sheet; attributes could be allowed only all at once, with whatever somebody slips in.
    """
    styles = {css: str(number) for number, css in enumerate(dict.fromkeys(STYLE_ATTRIBUTE.findall(html)))}
    moved = STYLE_ATTRIBUTE.sub(lambda found: f' data-style="{styles[found[1]]}"', html)
    rules = "".join(f'[data-style="{number}"]{{{css}}}\n' for css, number in styles.items())
    sheet = "".join(STYLE_SHEET.findall(moved)) + rules
    shown = STYLE_SHEET.sub("", moved).replace("</head>", f"<style>{sheet}</style></head>", 1)
    return Framed(shown, f"'sha256-{b64encode(sha256(sheet.encode()).digest()).decode()}'")
