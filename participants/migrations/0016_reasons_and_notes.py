"""The shipped reasons for decisions, and each note of the secretariat as a row of its own."""

from django.db import migrations

from participants.reference import load_reasons


def fill(apps, schema_editor):
    load_reasons(apps)
    Participant, Note = apps.get_model("participants", "Participant"), apps.get_model("participants", "Note")
    rows = Participant.objects.exclude(notes="")
    Note.objects.bulk_create(
        (Note(participant=row, text=row.notes, at=row.decided_at or row.created_at) for row in rows.iterator(chunk_size=1000)),
        batch_size=1000,
    )
    rows.update(notes="")


class Migration(migrations.Migration):
    dependencies = [("participants", "0015_steps")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
