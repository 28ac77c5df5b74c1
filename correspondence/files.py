"""The mails that the demo writes to files instead of sending them, for whoever must find somebody in them."""

import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

# After each mail Django's backend writes a line of 79 dashes.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"


def mail_files() -> list[Path]:
    """The files there are; none where mail is really sent."""
    return sorted(Path(settings.DEMO_MAIL_DIR).glob("*.log"))


def words_of(source: bytes) -> str:
    """What a person would read of one mail: whatever encoded it, headers and texts in the clear."""
    message = email.message_from_bytes(source.strip() + b"\n", policy=email.policy.default)
    headers = [str(value) for value in message.values()]
    texts = [str(part.get_content()) for part in message.walk() if isinstance(part, EmailMessage) and part.get_content_maintype() == "text"]
    return "\n".join([*headers, *texts])


def files_with(is_in: Callable[[str], bool]) -> list[Path]:
    """The files in which ``is_in`` finds somebody."""
    return [path for path in mail_files() if any(map(is_in, map(words_of, path.read_bytes().split(SEPARATOR))))]


def take_out(is_in: Callable[[str], bool]) -> int:
    """Delete the mails in which ``is_in`` finds somebody, and the file when no other mail is in it; says from how many files."""
    found = files_with(is_in)
    for path in found:
        others = [mail for mail in path.read_bytes().split(SEPARATOR) if mail.strip() and not is_in(words_of(mail))]
        if others:
            path.write_bytes(SEPARATOR.join([*others, b""]))
        else:
            path.unlink()
    return len(found)
