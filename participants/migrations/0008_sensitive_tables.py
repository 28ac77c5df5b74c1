"""Needs as plain text columns, wide enough for what is encrypted, and tables for journeys and passports."""

from django.db import migrations, models

import accounts.encrypted

ONE_PERSON = {"on_delete": models.deletion.CASCADE, "to": "participants.participant", "verbose_name": "participant"}


class Migration(migrations.Migration):
    dependencies = [("participants", "0007_nomination")]

    operations = [
        migrations.AlterField("needs", "diet", models.TextField(blank=True)),
        migrations.AlterField("needs", "diet_details", models.TextField(blank=True)),
        migrations.AlterField("needs", "accessibility", models.TextField(blank=True)),
        migrations.CreateModel(
            name="Journey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arrives_on", accounts.encrypted.EncryptedDateField(blank=True, verbose_name="arrival")),
                ("departs_on", accounts.encrypted.EncryptedDateField(blank=True, verbose_name="departure")),
                ("arrival_details", accounts.encrypted.EncryptedCharField(blank=True, max_length=200, verbose_name="how they arrive")),
                ("departure_details", accounts.encrypted.EncryptedCharField(blank=True, max_length=200, verbose_name="how they leave")),
                ("hotel", accounts.encrypted.EncryptedCharField(blank=True, max_length=200, verbose_name="hotel")),
                ("participant", models.OneToOneField(related_name="journey", **ONE_PERSON)),
            ],
            options={"verbose_name": "arrival and departure", "verbose_name_plural": "arrivals and departures"},
        ),
        migrations.CreateModel(
            name="Passport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nationality", accounts.encrypted.EncryptedCharField(max_length=2, verbose_name="nationality")),
                ("number", accounts.encrypted.EncryptedCharField(max_length=20, verbose_name="passport number")),
                ("issued_on", accounts.encrypted.EncryptedDateField(verbose_name="issued on")),
                ("expires_on", accounts.encrypted.EncryptedDateField(verbose_name="valid until")),
                ("born_on", accounts.encrypted.EncryptedDateField(verbose_name="date of birth")),
                ("birth_place", accounts.encrypted.EncryptedCharField(max_length=100, verbose_name="place of birth")),
                ("participant", models.OneToOneField(related_name="passport", **ONE_PERSON)),
            ],
            options={"verbose_name": "passport", "verbose_name_plural": "passports"},
        ),
    ]
