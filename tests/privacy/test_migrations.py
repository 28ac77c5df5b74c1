"""What was read before versions were rows is kept where a registration names it."""

from importlib import import_module

from django.apps import apps

from privacy.models import NoticeVersion
from tests.factories import ParticipantFactory

keep = import_module("privacy.migrations.0006_earlier_notice").keep


def test_the_notice_that_registrations_name_is_kept_word_for_word(meeting):
    NoticeVersion.objects.all().let_go()
    ParticipantFactory(meeting=meeting, privacy_notice="2026-1")

    keep(apps, None)

    version = NoticeVersion.objects.get()
    assert (version.version, f"{version.published_at:%Y-%m-%d}", version.published_by) == ("2026-1", "2026-11-02", None)
    assert version.text_en.startswith("<h2>Who is responsible</h2>\n<p>Council of Europe – Pompidou Group is the controller")
    assert version.text_fr.count("<h2>") == 7


def test_where_nobody_read_it_there_is_none(db):
    NoticeVersion.objects.all().let_go()

    keep(apps, None)

    assert not NoticeVersion.objects.exists()
