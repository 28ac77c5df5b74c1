"""What stays of deleted rows in the files of a database."""

from django.db import connection


def overwrite() -> None:
    """On SQLite: bring every page up to date and empty the log beside the file, which still has the pages as they were.

    Freed parts of a page are overwritten by SQLite itself (``secure_delete``, pompidou.env). PostgreSQL frees rows by its
    own autovacuum; docs/retention.md says what that means for its files and backups.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
