"""Secrets of second factors are no use to whoever reads the database."""

import json
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps

from tests.accounts.test_second_step import SECRET, code_now

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
migration = import_module("accounts.migrations.0004_seal_second_factors")


@pytest.fixture
def stored(secretariat):
    """What the database holds of an app and of recovery codes."""
    TOTP.activate(secretariat, SECRET)
    RecoveryCodes.activate(secretariat)
    return lambda: json.dumps(list(Authenticator.objects.order_by("type").values_list("data", flat=True)))


def app():
    return Authenticator.objects.get(type="totp").wrap()


def test_the_secret_is_not_in_the_database(stored):
    assert SECRET not in stored()


def test_nor_are_the_recovery_codes(stored):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()

    assert len(codes) == 10
    assert [code for code in codes if code in stored()] == []


def test_codes_are_checked_all_the_same(stored):
    assert app().validate_code(code_now())


def test_what_was_stored_openly_is_encrypted_by_migration(stored):
    Authenticator.objects.filter(type="totp").update(data={"secret": SECRET})
    Authenticator.objects.filter(type="recovery_codes").update(data={"seed": "ab" * 40, "used_mask": 1})

    migration.seal(apps, None)

    assert SECRET not in stored()
    assert app().validate_code(code_now())
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 9


def test_the_migration_can_be_taken_back(stored):
    migration.open_again(apps, None)

    assert SECRET in stored()


def test_without_its_key_nothing_opens(settings, stored):
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(InvalidToken):
        app().validate_code(code_now())
