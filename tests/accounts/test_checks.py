"""A start without second factor is refused wherever strangers may come."""

import pytest
from django.core.checks import run_checks

from tests.project.test_settings import start


@pytest.mark.parametrize(("debug", "demo", "found"), [(True, True, []), (True, False, ["accounts.E001"]), (False, True, ["accounts.E001"])])
def test_only_the_demo_in_debug_mode_may_waive_the_second_factor(settings, debug, demo, found):
    settings.SECOND_FACTOR_REQUIRED, settings.DEBUG, settings.DEMO = False, debug, demo

    assert [check.id for check in run_checks(tags=["security"]) if check.id.startswith("accounts.")] == found


@pytest.mark.parametrize(
    ("environment", "required"),
    [
        ({}, True),
        ({"DEBUG": "1"}, True),
        ({"DEMO": "1"}, True),
        ({"DEBUG": "1", "DEMO": "1"}, False),
        ({"DEBUG": "1", "DEMO": "1", "DEMO_SECOND_FACTOR": "1"}, True),
        ({"DEMO_SECOND_FACTOR": "0"}, True),
    ],
)
def test_where_the_environment_demands_it(monkeypatch, environment, required):
    assert start(monkeypatch, **environment)["SECOND_FACTOR_REQUIRED"] is required


def test_with_the_second_factor_nothing_is_found():
    assert run_checks(tags=["security"]) == []
