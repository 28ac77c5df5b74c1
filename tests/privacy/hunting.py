"""Hunting for a name in everything the site wrote: the database as text, every file, every line of the log."""

import base64
import binascii
import json
import logging
import quopri
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_plus

from django.db import connection

from accounts.text import fold
from pompidou.logs import Discreet, JsonLines

BASE64 = re.compile(r"[A-Za-z0-9+/_\-]{16,}={0,2}")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def readings(text: str) -> Iterator[str]:
    """The text in every way in which somebody could read it."""
    yield text
    yield unquote_plus(text)
    yield ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    yield quopri.decodestring(text.encode()).decode("utf-8", "replace")
    runs = BASE64.findall(re.sub(r"\r?\n", "", text))
    for start in range(4):
        yield "\n".join(decoded(run[start:]) for run in runs)


def decoded(run: str) -> str:
    """A run of letters as base64, or nothing."""
    try:
        return base64.urlsafe_b64decode(run.replace("+", "-").replace("/", "_").rstrip("=") + "===").decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def found_in(text: str, needles: list[str]) -> set[str]:
    """Which of the needles are in the text, whatever case, accents or encoding."""
    folded = [fold(reading) for reading in readings(text)]
    return {needle for needle in needles if any(fold(needle) in reading for reading in folded)}


def tables() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, through no model of ours: what the database holds is what counts."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  its own tables
            yield table, json.dumps(cursor.fetchall(), default=str, ensure_ascii=False)


def dump() -> str:
    """The whole database as SQL, where it can be had as that."""
    if connection.vendor != "sqlite":
        return ""
    connection.ensure_connection()
    return "\n".join(connection.connection.iterdump())


def files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, content_of(path)


def database_files() -> Iterator[tuple[str, str]]:
    """The files of an SQLite database with its log, byte by byte: freed pages too."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        yield from files_named(path.parent, f"{path.name}*")


def files_named(folder: Path, pattern: str) -> Iterator[tuple[str, str]]:
    for path in folder.glob(pattern):
        yield path.name, content_of(path)


def content_of(path: Path) -> str:
    """Read in another process: whoever closes a database's file loses the locks that its own connections hold on it, and the
    next process to leave would take the write-ahead log for nobody's (sqlite.org/howtocorrupt.html, 2.2)."""
    return subprocess.run(["cat", path], capture_output=True, check=True).stdout.decode("utf-8", "replace")


def places(folder: Path, needles: list[str]) -> dict[str, set[str]]:
    """Where any of the needles is left, and which."""
    everything = [*tables(), *files(folder)]
    found = {place: found_in(text, needles) for place, text in everything}
    # Megabytes: looked at as they are, because the tables have been read in every way.
    for place, text in [("SQL dump", dump()), *database_files()]:
        folded = fold(text)
        found[place] = {needle for needle in needles if fold(needle) in folded}
    return {place: names for place, names in found.items() if names}


class Log(logging.Handler):
    """Collects what production would write."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.addFilter(Discreet())
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))
