"""Bring in the countries and international organisations shipped with the project."""

from django.db import migrations

from delegations.reference import load_bodies, load_countries


def load(apps, schema_editor):
    load_countries(apps)
    load_bodies(apps)


class Migration(migrations.Migration):
    dependencies = [("delegations", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
