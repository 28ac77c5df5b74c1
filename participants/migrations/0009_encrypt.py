"""Encrypt what was said of needs, and move days of arrival and departure into the table of journeys; both ways."""

from django.db import migrations
from django.db.models import Q

from accounts.encryption import decrypt, encrypt

COLUMNS = ("diet", "diet_details", "accessibility")
BATCH = 500


def turn_all(apps, how):
    """Every column of every row of needs, which are plain text columns at this point."""
    needs = apps.get_model("participants", "Needs")
    rows = []
    for row in needs.objects.order_by("pk").iterator(chunk_size=BATCH):
        for name in COLUMNS:
            setattr(row, name, how(getattr(row, name)))
        rows.append(row)
        if len(rows) == BATCH:
            needs.objects.bulk_update(rows, COLUMNS)
            rows = []
    needs.objects.bulk_update(rows, COLUMNS)


def encrypt_needs(apps, schema_editor):
    turn_all(apps, encrypt)


def decrypt_needs(apps, schema_editor):
    turn_all(apps, decrypt)


def move_days_out(apps, schema_editor):
    Participant, Journey = apps.get_model("participants", "Participant"), apps.get_model("participants", "Journey")
    said = Participant.objects.filter(Q(arrives_on__isnull=False) | Q(departs_on__isnull=False)).filter(journey=None)
    days = said.values_list("pk", "arrives_on", "departs_on")
    journeys = [Journey(participant_id=pk, arrives_on=arrives, departs_on=departs) for pk, arrives, departs in days]
    Journey.objects.bulk_create(journeys, batch_size=BATCH)


def move_days_back(apps, schema_editor):
    """Details and hotel have no place in the older table; they stay where they are until that table goes."""
    Participant, Journey = apps.get_model("participants", "Participant"), apps.get_model("participants", "Journey")
    for row in Journey.objects.order_by("pk").iterator(chunk_size=BATCH):
        Participant.objects.filter(pk=row.participant_id).update(arrives_on=row.arrives_on, departs_on=row.departs_on)


class Migration(migrations.Migration):
    dependencies = [("participants", "0008_sensitive_tables")]

    operations = [
        migrations.RunPython(encrypt_needs, decrypt_needs),
        migrations.RunPython(move_days_out, move_days_back),
    ]
