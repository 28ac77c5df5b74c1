"""Settings: every variable is documented, a wrong one stops the start with its name, and production's are clean."""

import datetime as dt
import os
import re
import runpy
import subprocess
import sys
import warnings

import pytest
from django.core.exceptions import ImproperlyConfigured

from pompidou import env
from tests.project import source

PRODUCTION = {
    "SECRET_KEY": "a-long-key-of-many-characters-" * 2,
    "FIELD_KEYS": "YS1rZXktb2YtdGhpcnR5LXR3by1ieXRlcy1pbi1hbGw=",
    "BASE_URL": "https://meetings.example.org",
    "DATABASE_URL": "postgres://pompidou:secret@database/pompidou",
    "CACHE_URL": "dbcache://cache",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "TRUSTED_PROXY_COUNT": "1",
}
READERS = "text|required|flag|number|words|field_keys|log_level|sender|contacts|day|web_address|cache|mail_server|database"
NAMED = re.compile(rf"env\.(?:{READERS})\(\s*\"([A-Z_]+)\"")


def variables() -> set[str]:
    """Every variable the program reads."""
    read = NAMED.findall(source.text("pompidou/settings.py"))
    read += re.findall(r"\bnumber\(\"([A-Z_]+)\"", source.text("pompidou/env.py"))
    read += re.findall(r"os\.environ\.get\([\"']([A-Z_]+)[\"']", source.text("gunicorn.conf.py"))
    return set(read)


def start(monkeypatch, **changes: str | None) -> dict[str, object]:
    """Read the settings as a fresh process would, in production's environment with some changes."""
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    for name, value in {**PRODUCTION, **changes}.items():
        if value is not None:
            monkeypatch.setenv(name, value)
    monkeypatch.setattr(env.env.ENVIRON, "files_cache", {})
    return runpy.run_path(str(source.ROOT / "pompidou" / "settings.py"))


def test_every_variable_is_documented_and_no_other():
    documented = re.findall(r"^\| `([A-Z_]+)` \|", source.text("docs/settings.md"), flags=re.MULTILINE)

    assert sorted(documented) == sorted(variables())


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BASE_URL"])
@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_a_missing_variable_stops_the_start_and_says_which(monkeypatch, name, value):
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is not set: .* Set {name}, or {name}_FILE"):
        start(monkeypatch, **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FIELD_KEYS", "secret"),
        ("FIELD_KEYS", "secret-of-thirty-two-bytes-in-all"),
        ("FIELD_KEYS", f"{PRODUCTION['FIELD_KEYS']},secret"),
        ("FIELD_KEYS", " , "),
        ("BASE_URL", "meetings.example.org"),
        ("BASE_URL", "ftp://meetings.example.org"),
        ("BASE_URL", "https://meetings.example.org/site"),
        ("BASE_URL", "https://meetings.example.org?x=1"),
        ("DEBUG", "maybe"),
        ("DEMO", "2"),
        ("HSTS_PRELOAD", "of course"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user:secret@host/name"),
        ("DATABASE_URL", "postgres://user:secret@host:port/name"),
        ("DATABASE_POOL", "0"),
        ("DATABASE_POOL", "4.5"),
        ("CACHE_URL", "nonsense"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "pigeon://mail.example.org"),
        ("DEFAULT_FROM_EMAIL", "Secretariat"),
        ("CONTACT_EMAIL", "nobody at example.org"),
        ("LOG_LEVEL", "LOUD"),
        ("SECURITY_CONTACT", "http://example.org/report"),
        ("SECURITY_CONTACT", "security@example.org, nobody"),
        ("SECURITY_CONTACT", "mailto:security@example.org"),
    ],
)
def test_an_odd_value_stops_the_start_and_says_which(monkeypatch, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} ") as stopped:
        start(monkeypatch, **{name: value})

    assert "docs/settings.md" in str(stopped.value)
    assert "secret" not in str(stopped.value)


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "EMAIL_URL", "LOG_LEVEL"])
def test_a_secret_file_that_is_not_there_stops_the_start_and_says_which(monkeypatch, tmp_path, name):
    with pytest.raises(ImproperlyConfigured, match=f"^{name}_FILE names a file that cannot be read"):
        start(monkeypatch, **{name: None, f"{name}_FILE": str(tmp_path / "missing")})


def test_a_secret_may_come_from_a_file_with_a_line_break_at_its_end(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")

    settings = start(monkeypatch, SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key"))

    assert settings["SECRET_KEY"] == "from-a-file"


def test_a_variable_without_value_takes_its_default(monkeypatch):
    settings = start(monkeypatch, LOG_LEVEL="", DATABASE_POOL=" ", DEBUG="")

    assert settings["LOGGING"]["root"]["level"] == "INFO"
    assert settings["DATABASES"]["default"]["OPTIONS"]["pool"]["max_size"] == 4
    assert settings["DEBUG"] is False


def test_production_sends_mail_and_keeps_cookies_off_plain_http(monkeypatch):
    settings = start(monkeypatch)

    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (settings["SESSION_COOKIE_SECURE"], settings["CSRF_COOKIE_SECURE"], settings["SECURE_SSL_REDIRECT"]) == (True, True, True)
    assert settings["ALLOWED_HOSTS"] == ["meetings.example.org"]


def test_a_contact_for_holes_is_a_link_and_has_a_last_day(monkeypatch):
    settings = start(monkeypatch, SECURITY_CONTACT="security@example.org, https://example.org/report", SECURITY_EXPIRES="2027-06-30")

    assert settings["SECURITY_CONTACT"] == ["mailto:security@example.org", "https://example.org/report"]
    assert settings["SECURITY_EXPIRES"] == dt.datetime(2027, 7, 1, tzinfo=dt.UTC)


def test_a_contact_for_holes_without_a_last_day_stops_the_start(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match=r"^SECURITY_EXPIRES is not set: a contact in SECURITY_CONTACT"):
        start(monkeypatch, SECURITY_CONTACT="security@example.org")


def test_a_last_day_that_is_none_stops_the_start(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match=r"^SECURITY_EXPIRES is '30\.6\.2027'; it must be a day"):
        start(monkeypatch, SECURITY_CONTACT="security@example.org", SECURITY_EXPIRES="30.6.2027")


def test_the_demo_sends_no_mail(monkeypatch):
    assert start(monkeypatch, DEMO="1")["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"


def test_the_nights_of_a_demo_empty_nobody_of_its_old_meetings(monkeypatch):
    nightly = "privacy.services.purging.nightly"

    assert [start(monkeypatch, DEMO=value)["SWEEPS"].count(nightly) for value in ("0", "1")] == [1, 0]


def test_sqlite_takes_its_write_lock_first_and_waits(monkeypatch, tmp_path):
    options = start(monkeypatch, DATABASE_URL=f"sqlite:///{tmp_path}/new/folder/x.sqlite3")["DATABASES"]["default"]["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-W", "error", "manage.py", *arguments]
    return subprocess.run(
        command, cwd=source.ROOT, env={**environment, **variables}, capture_output=True, text=True, check=False, timeout=60
    )


def test_production_passes_the_deployment_check(tmp_path):
    run = manage("check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), **PRODUCTION)

    assert (run.returncode, run.stdout.strip()) == (0, "System check identified no issues (1 silenced)."), run.stderr


def test_a_missing_variable_ends_the_process(tmp_path):
    run = manage("check", VAR_DIR=str(tmp_path))

    [line] = run.stderr.splitlines()
    assert run.returncode == 1
    assert line.startswith("SECRET_KEY is not set: ")


def test_reading_the_settings_warns_of_nothing(monkeypatch):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        start(monkeypatch)
