"""Bring in the sectors shipped with the project."""

from django.db import migrations

from participants.reference import load_sectors


def load(apps, schema_editor):
    load_sectors(apps)


class Migration(migrations.Migration):
    dependencies = [("participants", "0002_name_order")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
