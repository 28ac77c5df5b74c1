"""The mails of the demo: files that the mail backend wrote instead of sending anything."""

import datetime as dt
import email
import email.policy
import email.utils
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

# After each mail the backend writes a line of 79 dashes.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mail:
    """One mail as it would have arrived."""

    name: str
    subject: str
    to: str
    sent_at: dt.datetime
    text: str
    html: str


def newest(limit: int = 200) -> list[Mail]:
    """The latest mails, the newest first."""
    paths = sorted(folder().glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    mails = [mail for path in paths[:limit] for mail in read_file(path)]
    return sorted(mails, key=lambda mail: mail.sent_at, reverse=True)


def find(name: str) -> Mail | None:
    """The mail of that name, or None. The name is compared with what is there, never made into a path."""
    return next(
        (mail for path in folder().glob("*.log") if name.startswith(path.stem) for mail in read_file(path) if mail.name == name), None
    )


def folder() -> Path:
    """Where the mails are; it need not exist yet."""
    return Path(settings.DEMO_MAIL_DIR)


def read_file(path: Path) -> Iterator[Mail]:
    """Read every mail in one file, the last first."""
    sources = [part for part in path.read_bytes().split(SEPARATOR) if part.strip()]
    for number, source in reversed(list(enumerate(sources))):
        yield read(f"{path.stem}-{number}", source)


def read(name: str, source: bytes) -> Mail:
    """Take one mail apart."""
    message = email.message_from_bytes(source.strip() + b"\n", policy=email.policy.default)
    return Mail(
        name=name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        # Django writes "-0000", the mark of a time in UTC that says nothing of the sender's clock; Python reads it without a zone.
        sent_at=email.utils.parsedate_to_datetime(str(message["Date"])).replace(tzinfo=dt.UTC),
        text=part_of(message, "plain"),
        html=part_of(message, "html"),
    )


def part_of(message: EmailMessage, kind: str) -> str:
    """The plain or the HTML text of a mail; empty when it has none."""
    body = message.get_body((kind,))
    return "" if body is None else str(body.get_content()).strip()
