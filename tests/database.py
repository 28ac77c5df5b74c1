"""The migrated test database, kept between runs: making it anew takes longer than most runs of a single file."""

import hashlib
import shutil
import sqlite3
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def fingerprint() -> str:
    """Of everything that may have a say in what migrations make: all files of our apps, and what is installed."""
    folders = [Path(app.path) for app in apps.get_app_configs() if ROOT in Path(app.path).parents and "site-packages" not in app.path]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted({*paths, *(ROOT / "pompidou").glob("*.py"), ROOT / "tests/settings.py", *(ROOT / "requirements").glob("*.txt")}):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def copy_in(folder: Path) -> None:
    """Put the database of the same files where the test database will be looked for."""
    kept = folder / f"{fingerprint()}.sqlite3"
    if kept.exists():
        shutil.copyfile(kept, connection.creation._get_test_db_name())


def keep(folder: Path) -> None:
    """Keep what migrations made just now, for the next run with the same files, in the place of what was kept before."""
    kept = folder / f"{fingerprint()}.sqlite3"
    if kept.exists():
        return
    for other in folder.glob("*.sqlite3"):
        other.unlink(missing_ok=True)
    half = folder / f"{kept.name}.{Path(settings.VAR_DIR).name}"  # two workers keep theirs at once, and neither may be read half written
    connection.ensure_connection()
    copy = sqlite3.connect(half)
    connection.connection.backup(copy)
    copy.close()
    half.replace(kept)
