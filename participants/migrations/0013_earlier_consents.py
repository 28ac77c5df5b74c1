"""Write down what those who registered before there was a log agree to, as far as their answers say."""

from django.db import migrations

IMPORT = "import"


def agreed(row, with_needs):
    yield "notice", bool(row.privacy_notice)
    yield "entry", row.visibility != "hidden"
    yield "name", row.visibility == "full"
    yield "photographs", row.may_be_photographed
    yield "needs", row.pk in with_needs


def write(apps, schema_editor):
    Participant, Consent = apps.get_model("participants", "Participant"), apps.get_model("participants", "Consent")
    with_needs = set(apps.get_model("participants", "Needs").objects.values_list("participant_id", flat=True))
    rows = Participant.objects.exclude(family_name="").iterator(chunk_size=1000)
    Consent.objects.bulk_create(
        (
            Consent(participant=row, what=what, is_given=True, at=row.created_at, how=IMPORT, notice=row.privacy_notice)
            for row in rows
            for what, is_given in agreed(row, with_needs)
            if is_given
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("participants", "0012_consents")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
