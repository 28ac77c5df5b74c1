"""No log holds what opens a personal link."""

import logging

import pytest

from pompidou.logs import Discreet, without_tokens


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/registrations/confirm/hG7-secret_/", "/registrations/confirm/…/"),
        ("/fr/registrations/confirmed/CYB26:secret/", "/fr/registrations/confirmed/…/"),
        ("/meetings/dublin-2017/register/sent/secret/", "/meetings/dublin-2017/register/sent/…/"),
        ("/accounts/password/reset/key/1-secret-key/", "/accounts/password/reset/key/…/"),
        ("/meetings/dublin-2017/register/", "/meetings/dublin-2017/register/"),
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
