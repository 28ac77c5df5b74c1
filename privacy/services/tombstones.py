"""The list of erasures beside the database, so that what was erased does not come back with a backup.

A backup made before an erasure still holds the person. The list is a file of its own in VAR_DIR, one JSON object a line, keys
and numbers only: keep the newest copy of it, not the one in the backup. It is written after the transaction, and whatever it
lacks is written with the next one and every night.
"""

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from accounts.looks import key_of
from accounts.networks import fingerprint
from privacy.models import Erasure

COLUMNS = ("purpose", "account", "registrations", "references", "marks", "counts")


def path() -> Path:
    return Path(settings.VAR_DIR) / "erasures.jsonl"


def mark_of(row: Model, born: dt.datetime) -> str:
    """A name for a row from which nothing about it can be had: to the second when it came to be, under the key of this site."""
    return fingerprint("erasure", key_of(row), born.astimezone(dt.UTC).isoformat())


def put_down(erasure: Erasure) -> Erasure:
    """Save a line of the ledger, and put it on the list once that is sure."""
    erasure.save()
    transaction.on_commit(complete)
    return erasure


def complete() -> None:
    """Add to the list whatever of the table is not on it, for good: it is on the disk when this returns."""
    listed = {str(erasure.uid) for _, erasure in read(path()) if erasure}
    missing = [line_of(erasure) for erasure in Erasure.objects.order_by("pk").iterator() if str(erasure.uid) not in listed]
    if not missing:
        return
    path().parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        file.write("".join(["\n", *missing]))  # begins anew after a line that a power cut left half written
        file.flush()
        os.fsync(file.fileno())


def line_of(erasure: Erasure) -> str:
    known = {"uid": str(erasure.uid), "made_at": erasure.made_at.isoformat(), "made_by": erasure.made_by_id}
    return json.dumps(known | {name: getattr(erasure, name) for name in COLUMNS}) + "\n"


def read(file: Path) -> Iterator[tuple[int, Erasure | None]]:
    """The erasures of a list, each with the number of its line; None for a line that cannot be read."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, understood(line)


def understood(line: str) -> Erasure | None:
    """One line of the list, not saved."""
    try:
        known: dict[str, Any] = json.loads(line)
        made = {"uid": UUID(known["uid"]), "made_by_id": known["made_by"], "made_at": dt.datetime.fromisoformat(known["made_at"])}
        return Erasure(**made, **{name: known[name] for name in COLUMNS})
    except (KeyError, TypeError, ValueError):
        return None
