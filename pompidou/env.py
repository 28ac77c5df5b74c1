"""Readers for environment variables that stop with a message a newcomer can act on.

Every reader also accepts ``NAME_FILE``: the path of a file holding the value, as container secrets are mounted.
"""

import datetime as dt
import re
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()

HINT = "Every variable is described in docs/settings.md; `make demo` sets what the demo needs."
MAKE_A_FIELD_KEY = "openssl rand -base64 32 | tr '+/' '-_'"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def text(name: str, *, default: str = "") -> str:
    """Read a text without white space around it, such as the line break at the end of a file; empty counts as not set."""
    try:
        return str(env.str(name, default="")).strip() or default
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error}. {HINT}") from error


def required(name: str, *, why: str) -> str:
    """Return the variable ``name``; raise ImproperlyConfigured naming it, and ``why`` it is needed, when it is absent."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why} Set {name}, or {name}_FILE to the path of a file. {HINT}")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no variable; anything but the usual words for yes and no stops the start."""
    value = text(name, default=str(default)).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}, which is neither yes nor no. Use 1 or 0. {HINT}")


def number(name: str, *, default: int, least: int = 0) -> int:
    """Read a whole number, not below ``least``."""
    value = text(name, default=str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number, {least} or more. {HINT}")
    return int(value)


def words(name: str) -> list[str]:
    """Read a comma-separated list; blanks are dropped."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def field_keys(name: str) -> list[str]:
    """Read the keys of encrypted columns, newest first; each must be a Fernet key. A message never shows one."""
    required(name, why=f"it encrypts what people say of food, access, travel and passports. Make one with: {MAKE_A_FIELD_KEY}.")
    keys = words(name)
    for position, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            problem = f"{name} holds something that is no key, as number {position}."
            raise ImproperlyConfigured(f"{problem} Make one with: {MAKE_A_FIELD_KEY}. {HINT}") from error
    if not keys:
        raise ImproperlyConfigured(f"{name} holds no key. Make one with: {MAKE_A_FIELD_KEY}. {HINT}")
    return keys


def log_level(name: str, *, default: str) -> str:
    """Read how much is written to the log."""
    value = text(name, default=default).upper()
    if value not in LOG_LEVELS:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of {', '.join(LOG_LEVELS)}. {HINT}")
    return value


def sender(name: str, *, default: str) -> str:
    """Read an e-mail address, with or without a name before it."""
    value = text(name, default=default)
    if "@" not in parseaddr(value)[1] or "\n" in value:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must look like: Secretariat <meetings@example.org>. {HINT}")
    return value


def contacts(name: str) -> list[str]:
    """Read e-mail addresses and https pages, the one to be tried first in front, as the links that a program follows."""
    found = []
    for word in words(name):
        parts = urlsplit(word)
        if parts.scheme == "https" and parts.netloc:
            found.append(word)
        elif re.fullmatch(r"[^\s@:/]+@[^\s@:/]+", word):
            found.append(f"mailto:{word}")
        else:
            raise ImproperlyConfigured(
                f"{name} holds {word!r}; it must look like security@example.org or https://example.org/report. {HINT}"
            )
    return found


def day(name: str, *, why: str) -> dt.datetime:
    """Read the last day of something, as the moment it ends (UTC)."""
    value = required(name, why=why)
    try:
        last = dt.date.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a day, like 2027-06-30. {HINT}") from error
    return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)


def web_address(name: str, *, default: str = "", why: str = "") -> str:
    """Read the scheme and host under which the site is reached, without a trailing slash."""
    value = (text(name, default=default) or required(name, why=why)).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must look like https://meetings.example.org. {HINT}")
    return value


def service(name: str, parse: Callable[[str], dict[str, Any]], *, default: str, like: str) -> dict[str, Any]:
    """Read the address of a mail server or cache into Django's settings for it; ``like`` is an example for the message."""
    value = text(name, default=default)
    try:
        return parse(value)
    except Exception as error:  # the parsers raise whatever their parts raise; the value may hold a password, so it is not shown
        raise ImproperlyConfigured(f"{name} cannot be understood; it must look like {like}. {HINT}") from error


def cache(name: str, *, default: str) -> dict[str, Any]:
    """Read the address of a cache."""
    return service(name, environ.Env.cache_url_config, default=default, like="locmemcache:// or dbcache://cache")


def mail_server(name: str, *, default: str) -> dict[str, Any]:
    """Read the address of a mail server into the EMAIL_ settings."""
    return service(name, environ.Env.email_url_config, default=default, like="smtp+tls://user:password@host:587")


def database(name: str, *, default: str) -> dict[str, Any]:
    """Read a database address and add what makes SQLite and PostgreSQL behave alike under concurrent writers."""
    like = "postgres://user:password@host/name or sqlite:////path/to/file"
    config = service(name, known_database, default=default, like=like)
    if config["ENGINE"].endswith("sqlite3"):
        return sqlite(config)
    # The pool keeps its own connections alive, and Django refuses it together with persistent connections.
    config["CONN_MAX_AGE"] = 0
    config["CONN_HEALTH_CHECKS"] = True
    config.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": number("DATABASE_POOL", default=4, least=1), "timeout": 10}
    return config


def known_database(address: str) -> dict[str, Any]:
    """Parse a database address; raise ValueError for a kind of database that nobody has tried this on."""
    if address.partition(":")[0] not in {"postgres", "postgresql", "psql", "pgsql", "sqlite"}:
        raise ValueError("unknown kind of database")
    return environ.Env.db_url_config(address)


def sqlite(config: dict[str, Any]) -> dict[str, Any]:
    """Writers queue instead of failing: the write lock is taken at BEGIN, readers go on beside it, commits reach the disk.

    What is deleted is overwritten, so that a copy of the file does not hold people who were erased.
    """
    if config["NAME"] != ":memory:":
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    config["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;",
    }
    return config
