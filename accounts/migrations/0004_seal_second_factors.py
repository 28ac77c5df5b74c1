"""Encrypt the secrets of apps and recovery codes that were stored as they are."""

from django.db import migrations

from accounts.encryption import decrypt, encrypt

SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def turn_all(apps, how):
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type__in=SECRETS):
        name = SECRETS[row.type]
        if name in row.data:
            row.data[name] = how(row.data[name])
            row.save(update_fields=["data"])


def seal(apps, schema_editor):
    turn_all(apps, encrypt)


def open_again(apps, schema_editor):
    turn_all(apps, decrypt)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_tally"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(seal, open_again)]
