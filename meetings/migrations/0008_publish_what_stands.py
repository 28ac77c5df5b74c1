"""Programmes that the public read so far stay public: what stands becomes their first version."""

import datetime as dt

from django.db import migrations

COPIED = (
    'kind', 'title_en', 'title_fr', 'abstract_en', 'abstract_fr', 'families', 'categories', 'languages', 'is_interpreted',
    'label', 'seats', 'booking', 'is_chatham_house', 'is_cancelled',
)


def frozen(session):
    room = session.room and {name: getattr(session.room, name) for name in ('name_en', 'name_fr', 'seats', 'has_interpretation')}
    times = {name: getattr(session, name).astimezone(dt.UTC).isoformat() for name in ('starts_at', 'ends_at')}
    return {'pk': session.pk, 'room': room, **times, **{name: getattr(session, name) for name in COPIED}}


def publish(apps, schema_editor):
    Meeting, Version = apps.get_model('meetings', 'Meeting'), apps.get_model('meetings', 'ProgrammeVersion')
    for meeting in Meeting.objects.filter(is_published=True, sessions__isnull=False).distinct():
        sessions = meeting.sessions.select_related('room').order_by('starts_at', 'ends_at', 'room__name_en', 'pk')
        Version.objects.create(meeting=meeting, stage='provisional', number=1, snapshot=[frozen(session) for session in sessions])


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0007_versions'),
    ]

    operations = [
        migrations.RunPython(publish, migrations.RunPython.noop, elidable=True),
    ]
