"""An agenda as a PDF."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from attendance.agenda.contents import Agenda
from correspondence import pdf

KEPT_FOR = 600  # seconds; the key is what the file says, so that it is never an old one


def as_pdf(agenda: Agenda) -> bytes:
    """The file. What everybody may read is kept for a while: setting it takes a quarter of a second."""
    data = page_data(agenda)
    if agenda.label:
        return pdf.render("agenda", data)
    key = f"agenda:{hashlib.blake2b(json.dumps(data).encode(), digest_size=16).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = pdf.render("agenda", data)
        cache.set(key, kept, KEPT_FOR)
    return kept


def page_data(agenda: Agenda) -> dict[str, Any]:
    """Everything the template lays out; texts with the language they are in."""
    words = {"number": _("No."), "time": _("Time"), "item": _("Item"), "room": _("Room")}
    return {**asdict(agenda), "words": words, "page": _("Page {n} of {total}")}
