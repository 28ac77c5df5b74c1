"""Readers for environment variables that stop with a message a newcomer can act on.

Every reader also accepts ``NAME_FILE``: the path of a file holding the value, as container secrets are mounted.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()

HINT = "Every variable is described in docs/settings.md; `make demo` sets what the demo needs."


def required(name: str, *, why: str) -> str:
    """Return the variable ``name``; raise ImproperlyConfigured naming it, and ``why`` it is needed, when it is absent."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why} Set {name}, or {name}_FILE to the path of a file. {HINT}")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no variable; anything but the usual words for yes and no stops the start."""
    value = str(env.str(name, default=str(default))).strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}, which is neither yes nor no. Use 1 or 0. {HINT}")


def number(name: str, *, default: int) -> int:
    """Read a whole number."""
    value = env.str(name, default=str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}, which is not a whole number. {HINT}") from error


def words(name: str, *, default: str = "") -> list[str]:
    """Read a comma-separated list; blanks are dropped."""
    return [word.strip() for word in env.str(name, default=default).split(",") if word.strip()]


def web_address(name: str, *, default: str = "", why: str = "") -> str:
    """Read the scheme and host under which the site is reached, without a trailing slash."""
    value = (env.str(name, default=default) or required(name, why=why)).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must look like https://meetings.example.org. {HINT}")
    return value


def database(name: str, *, default: str) -> dict[str, Any]:
    """Read a database address and add what makes SQLite and PostgreSQL behave alike under concurrent writers."""
    try:
        config = env.db_url(name, default=default)
    except Exception as error:
        raise ImproperlyConfigured(f"{name} is not a database address such as postgres://user:password@host/name. {HINT}") from error
    if config["ENGINE"].endswith("sqlite3"):
        return sqlite(config)
    # The pool keeps its own connections alive, and Django refuses it together with persistent connections.
    config["CONN_MAX_AGE"] = 0
    config["CONN_HEALTH_CHECKS"] = True
    config.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": number("DATABASE_POOL", default=4), "timeout": 10}
    return config


def sqlite(config: dict[str, Any]) -> dict[str, Any]:
    """Writers queue instead of failing: the write lock is taken at BEGIN, readers go on beside it, commits reach the disk."""
    if config["NAME"] != ":memory:":
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    config["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
    }
    return config
