"""Who speaks is said in one way: lines that were typed about speakers become guests, unless the session names them already."""

from django.db import migrations

LONGEST = 200


def cut(text):
    return text if len(text) <= LONGEST else f'{text[:LONGEST - 1]}…'


def plain(*words):
    return ' '.join(' '.join(words).split()).casefold()


def named_in(session):
    for part in session.parts.select_related('participant'):
        yield plain(part.participant.given_name, part.participant.family_name) if part.participant else plain(part.guest_name)


def hand_over(apps, schema_editor):
    Session, Part = apps.get_model('meetings', 'Session'), apps.get_model('attendance', 'Part')
    for session in Session.objects.exclude(speakers=''):
        known = set(named_in(session))
        for order, line in enumerate(filter(None, map(str.strip, session.speakers.splitlines())), start=session.parts.count() + 1):
            name, _comma, words = line.partition(',')
            name, words = (name.strip(), words.strip()) if name.strip() else (line, '')
            if plain(name) not in known:
                Part.objects.create(session=session, guest_name=cut(name), guest_words=cut(words), order=order)
                known.add(plain(name))
        Session.objects.filter(pk=session.pk).update(speakers='')


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0003_certificates_and_evaluation'),
        ('meetings', '0009_who_is_told'),
    ]

    operations = [
        migrations.RunPython(hand_over, migrations.RunPython.noop, elidable=True),
    ]
