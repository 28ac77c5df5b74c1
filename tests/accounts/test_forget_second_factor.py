"""The command for the administrator whom nobody else can let in again."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command


@pytest.fixture
def locked_out(administrator):
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=administrator, type=kind, data={})
    return administrator


def forget(*arguments):
    out = StringIO()
    call_command("forget_second_factor", *arguments, stdout=out)
    return out.getvalue().strip()


def test_everything_is_forgotten_and_the_sessions_end(locked_out, client_of):
    browser = client_of(locked_out)
    session = browser.session
    session["session_seen"] = 0
    session.save()
    browser.get("/accounts/second-factor/")

    assert forget("Administrator@Secretariat.example") == "Forgotten: recovery_codes, totp."
    assert not Authenticator.objects.exists()
    assert browser.get("/my/").headers["Location"] == "/accounts/login/?next=/my/"


def test_a_dry_run_changes_nothing(locked_out):
    assert forget(locked_out.email, "--dry-run") == "Would be forgotten: recovery_codes, totp."
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize(
    ("address", "problem"),
    [("nobody@secretariat.example", "No account has this address."), ("stranger@elsewhere.example", "This account has no second factor.")],
)
def test_it_says_what_is_wrong(stranger, address, problem):
    with pytest.raises(CommandError, match=problem):
        forget(address)
