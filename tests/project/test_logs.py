"""No log holds what opens a personal link."""

import json
import logging
import os
import subprocess
import sys

import pytest

from pompidou.logs import Discreet, without_tokens
from tests.project import source


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/registrations/confirm/hG7-secret_/", "/registrations/confirm/…/"),
        ("/fr/registrations/confirmed/CYB26:secret/", "/fr/registrations/confirmed/…/"),
        ("/meetings/dublin-2017/register/sent/secret/", "/meetings/dublin-2017/register/sent/…/"),
        ("/accounts/password/reset/key/1-secret-key/", "/accounts/password/reset/key/…/"),
        ("/calendars/secret.ics", "/calendars/…"),
        ("/registrations/take-over/secret/", "/registrations/take-over/…/"),
        ("/registrations/offer/secret/", "/registrations/offer/…/"),
        ("/registrations/offer-answered/secret/", "/registrations/offer-answered/…/"),
        ("/nominations/secret/decline/", "/nominations/…/decline/"),
        ("/nominations/declined/secret/", "/nominations/declined/…/"),
        ("/meetings/dublin-2017/register/", "/meetings/dublin-2017/register/"),
        ("Not Found: /admin/participants/?q=Canary", "Not Found: /admin/participants/?…"),
        ("https://example.org/a?next=/b?c=d failed", "https://example.org/a?… failed"),
        ("Really? Yes, really?", "Really? Yes, really?"),
        ("550 livia.canary@polizia.example: unknown", "550 …@…: unknown"),
        ("<livia.canary@polizia.example>, o'neill+x@garda.example", "<…@…>, o'…@…"),
        ("/admin/livia%40polizia.example/", "/admin/…@…/"),
    ],
)
def test_the_secret_part_of_an_address_is_not_written(path, written):
    assert without_tokens(path) == written


def test_a_log_line_is_cleaned_after_its_values_are_filled_in():
    record = logging.LogRecord(
        "django.request", logging.WARNING, __file__, 1, "Not Found: %s (%s)", ("/registrations/confirm/abc/", 404), None
    )

    assert Discreet().filter(record)
    assert record.getMessage() == "Not Found: /registrations/confirm/…/ (404)"


def test_the_console_has_the_filter(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["discreet"]


@pytest.mark.parametrize("name", ["django.request", "django.server", "django.security.csrf", "participants"])
@pytest.mark.parametrize("debug", ["0", "1"])
def test_each_line_comes_once(tmp_path, name, debug):
    program = f"import django, logging; django.setup(); logging.getLogger({name!r}).error('Broken: %s', '/register/sent/abc/')"
    variables = {"DJANGO_SETTINGS_MODULE": "pompidou.settings", "DEBUG": debug, "SECRET_KEY": "x" * 50, "VAR_DIR": str(tmp_path)}
    environment = {"PATH": os.environ["PATH"], "FIELD_KEYS": os.environ["FIELD_KEYS"], "BASE_URL": "http://127.0.0.1:8000", **variables}

    run = subprocess.run([sys.executable, "-c", program], cwd=source.ROOT, env=environment, capture_output=True, text=True, check=True)

    [line] = run.stderr.splitlines()
    if debug == "1":
        assert line.endswith(f" ERROR {name} Broken: /register/sent/…/")
    else:
        said = json.loads(line)
        assert (said["level"], said["logger"], said["message"]) == ("ERROR", name, "Broken: /register/sent/…/")
