"""SQL statements, counted in this process."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def statements_of(act: Callable[[Client], Any], client: Client | None = None) -> list[str]:
    """The statements that ``act`` causes, without those that only begin and end transactions."""
    browser = client or Client(HTTP_HOST="127.0.0.1")
    with CaptureQueriesContext(connection) as captured:
        act(browser)
    return [query["sql"] for query in captured if not query["sql"].startswith(CONTROL)]
