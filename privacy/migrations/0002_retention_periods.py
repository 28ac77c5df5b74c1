"""Bring in the retention periods that the software proposes; the secretariat edits them."""

from django.db import migrations

DAYS = {
    "account": 30,
    "registration": 730,
    "needs": 30,
    "travel": 180,
    "passport": 30,
    "mail": 180,
    "trace": 365,
    "security": 90,
}


def load(apps, schema_editor):
    period = apps.get_model("privacy", "RetentionPeriod")
    for data_class, days in DAYS.items():
        period.objects.get_or_create(data_class=data_class, defaults={"days": days})


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_retention")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
