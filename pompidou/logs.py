"""What a log may hold: which code did what to which row, and nothing by which somebody is named or something is opened.

Whatever writes a line, it passes here last: tokens, query strings and e-mail addresses are taken out, and of an error
only its kind and its place in the code are kept. Its text may quote anything: a database quotes the row it refused.
"""

import datetime as dt
import json
import logging
import re
import traceback
from typing import Any

# Addresses whose next part opens something or names somebody.
SECRET_PARTS = re.compile(
    r"(/registrations/(?:confirm(?:ed)?|take-over|offer(?:-answered)?)/|/nominations/(?:declined/)?|/invitations/(?:answered/)?"
    r"|/register/sent/|/check-in/[^/\s]+/open/|/password/reset/key/|/calendars/)[^/\s]+"
)
QUERY = re.compile(r"(?<=\S)\?[^\s\"'<>]+")
# Bounded, so that a long line takes no longer for each of its letters.
MAIL_ADDRESS = re.compile(r"[^\s@<>\"'`,;:()\[\]{}/=|\\]{1,128}(?:@|%40)[^\s@<>\"'`,;:()\[\]{}/=|\\?&]{1,255}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def without_tokens(text: str) -> str:
    """Return ``text`` with the secret part of every personal link, every query string and every e-mail address left out."""
    return MAIL_ADDRESS.sub("…@…", QUERY.sub("?…", SECRET_PARTS.sub(r"\1…", text)))


def on_one_line(text: str) -> str:
    """Write control characters as their code, so that nobody can begin a line of their own or colour the screen."""
    return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def told(value: Any) -> Any:
    """What may be written of a value that goes into a message: of an error its kind, of everything else what it says."""
    return type(value).__name__ if isinstance(value, BaseException) else value


def said(record: logging.LogRecord) -> str:
    """The message of a record with its values filled in; one whose values do not fit is written without them."""
    if isinstance(record.args, tuple):
        record.args = tuple(told(value) for value in record.args)
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


class Discreet(logging.Filter):
    """Takes what names somebody or opens something out of every line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(said(record)), None
        return True


def place_of(error: BaseException) -> list[str]:
    """Where in the code an error arose, and the errors it arose from; never what their texts say."""
    chain: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(current.__traceback__)]
        chain += [f"{type(current).__module__}.{type(current).__qualname__}", *reversed(frames)]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain


class JsonLines(logging.Formatter):
    """One JSON object on each line; ``extra={"facts": {...}}`` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **clean_facts(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = [without_tokens(entry) for entry in place_of(record.exc_info[1])]
        return json.dumps(line)  # control characters and everything beyond ASCII are written as codes


class ReadableLines(logging.Formatter):
    """For a developer's screen: one line to read, with the whole error below it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: Any) -> str:
        return without_tokens(super().formatException(ei))

    def formatMessage(self, record: logging.LogRecord) -> str:
        facts = "".join(f" {name}={value}" for name, value in clean_facts(record).items())
        return on_one_line(super().formatMessage(record) + facts)


def clean_facts(record: logging.LogRecord) -> dict[str, Any]:
    """The facts that came with a record, cleaned like its message."""
    facts: dict[str, Any] = getattr(record, "facts", {})
    return {name: without_tokens(value) if isinstance(value, str) else value for name, value in facts.items()}
