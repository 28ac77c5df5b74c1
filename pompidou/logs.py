"""What a log may hold: addresses of personal links are written without the part that opens them."""

import logging
import re

# Addresses whose next part opens something or names somebody.
SECRET_PARTS = re.compile(r"(/registrations/confirm(?:ed)?/|/register/sent/|/password/reset/key/)[^/\s]+")


def without_tokens(text: str) -> str:
    """Return ``text`` with the secret part of every personal link replaced by an ellipsis."""
    return SECRET_PARTS.sub(r"\1…", text)


class Discreet(logging.Filter):
    """Takes tokens out of every line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(record.getMessage()), None
        return True
