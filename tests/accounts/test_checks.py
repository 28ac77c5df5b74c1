"""A start without second factor is refused wherever strangers may come."""

import pytest
from django.core.checks import run_checks


@pytest.mark.parametrize(("debug", "demo", "found"), [(True, True, []), (True, False, ["accounts.E001"]), (False, True, ["accounts.E001"])])
def test_only_the_demo_in_debug_mode_may_waive_the_second_factor(settings, debug, demo, found):
    settings.SECOND_FACTOR_REQUIRED, settings.DEBUG, settings.DEMO = False, debug, demo

    assert [check.id for check in run_checks(tags=["security"]) if check.id.startswith("accounts.")] == found


def test_with_the_second_factor_nothing_is_found():
    assert run_checks(tags=["security"]) == []
