"""Needs are encrypted columns; days of arrival and departure leave the participant and everything kept of older versions."""

import accounts.encrypted
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0009_encrypt'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='participant',
            name='participant_departs_after_arrival',
        ),
        migrations.RemoveField(
            model_name='historicalparticipant',
            name='arrives_on',
        ),
        migrations.RemoveField(
            model_name='historicalparticipant',
            name='departs_on',
        ),
        migrations.RemoveField(
            model_name='participant',
            name='arrives_on',
        ),
        migrations.RemoveField(
            model_name='participant',
            name='departs_on',
        ),
        migrations.AlterField(
            model_name='needs',
            name='accessibility',
            field=accounts.encrypted.EncryptedTextField(blank=True, max_length=1000, verbose_name='accessibility'),
        ),
        migrations.AlterField(
            model_name='needs',
            name='diet',
            field=accounts.encrypted.EncryptedCharField(blank=True, choices=[('vegetarian', 'Vegetarian'), ('vegan', 'Vegan'), ('no_pork', 'No pork'), ('halal', 'Halal'), ('kosher', 'Kosher'), ('gluten_free', 'Gluten-free'), ('lactose_free', 'Lactose-free'), ('other', 'Something else')], max_length=20, verbose_name='food'),
        ),
        migrations.AlterField(
            model_name='needs',
            name='diet_details',
            field=accounts.encrypted.EncryptedTextField(blank=True, max_length=500, verbose_name='food, in your words'),
        ),
    ]
