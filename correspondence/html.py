"""The HTML twin of a plain-text mail, made from the same words so that the two cannot disagree."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

ADDRESS = re.compile(r"https?://\S+")


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
