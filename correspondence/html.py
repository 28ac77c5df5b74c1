"""The HTML twin of a plain-text mail, made from the same words so that the two cannot disagree."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Block:
    """One piece of a mail: a paragraph of lines, or an action with its label and address."""

    lines: tuple[str, ...] = ()
    label: str = ""
    url: str = ""


def blocks_of(body: str) -> list[Block]:
    """Split a plain text at blank lines; a line ending in a colon above a line that is only an address is an action."""
    return [block_of([line.strip() for line in part.strip().splitlines()]) for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]


def block_of(lines: list[str]) -> Block:
    if len(lines) == 2 and ADDRESS.fullmatch(lines[1]) and lines[0].endswith(":"):
        return Block(label=lines[0].rstrip(":\u00a0\u202f "), url=lines[1])
    return Block(lines=tuple(lines))
