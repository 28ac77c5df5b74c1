"""The rows of a file between two pages: encrypted, in private storage, under a random name, for a day at most."""

import contextlib
import datetime as dt
import json
import secrets
from dataclasses import asdict, dataclass, field

from cryptography.fernet import InvalidToken
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.encryption import decrypt, encrypt
from participants.importing.sheets import Sheet
from participants.models import ImportRecord
from participants.models.imports import KEPT

FOLDER = "imports"


class Gone(Exception):
    """The rows are no longer there, or cannot be opened."""


@dataclass(slots=True)
class Tray:
    """What is kept of a file: its name, headings and rows, and what was decided about single rows."""

    name: str
    headings: list[str]
    rows: list[tuple[int, list[str]]]
    left_out: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: Sheet, name: str) -> "Tray":
        """The tray of a file that was just read."""
        return cls(name, sheet.headings, sheet.rows)


def put(tray: Tray) -> str:
    """Store the rows; returns the random name under which they are found again."""
    content = encrypt(json.dumps(asdict(tray), ensure_ascii=False))
    return default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(content.encode("ascii")))


def get(name: str) -> Tray:
    """The rows stored under that name; raises Gone."""
    try:
        with default_storage.open(name) as file:
            content = json.loads(decrypt(file.read().decode("ascii")))
    except (OSError, ValueError, InvalidToken) as error:
        raise Gone from error
    content["rows"] = [(number, cells) for number, cells in content["rows"]]
    return Tray(**content)


def replace(record: ImportRecord, tray: Tray) -> None:
    """Store the changed rows under a new name, and let the earlier ones go once the record names the new."""
    earlier, record.stored_as, record.touched_at = record.stored_as, put(tray), timezone.now()
    record.save(update_fields=["stored_as", "touched_at"])
    let_go(earlier)


def let_go(name: str) -> None:
    """Delete what is stored under that name; it may be gone already."""
    if name:
        with contextlib.suppress(OSError):
            default_storage.delete(name)


def delete_strays(at: dt.datetime) -> int:
    """Delete files that no import names: of a process that died between the two."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except OSError:
        return 0  # nothing was ever stored
    named = set(ImportRecord.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    strays = [f"{FOLDER}/{name}" for name in names if f"{FOLDER}/{name}" not in named]
    old = [name for name in strays if is_old(name, at)]
    for name in old:
        let_go(name)
    return len(old)


def is_old(name: str, at: dt.datetime) -> bool:
    """True for a file of more than a day ago; one that vanished meanwhile is none."""
    try:
        return default_storage.get_modified_time(name) < at - KEPT
    except OSError:
        return False
