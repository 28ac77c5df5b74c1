"""Keep the notice that was read before versions were rows, where a registration names it."""

import datetime as dt
import hashlib
from pathlib import Path

from django.conf import settings
from django.db import migrations
from django.template import Context, Engine

VERSION = "2026-1"
SINCE = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
FOLDER = Path(__file__).resolve().parent.parent / "published"


def text_in(language, organiser):
    words = Engine().from_string((FOLDER / f"{VERSION}.{language}.html").read_text(encoding="utf-8"))
    return words.render(Context({"organiser": organiser, "contact_email": settings.CONTACT_EMAIL}))


def keep(apps, schema_editor):
    if not apps.get_model("participants", "Participant").objects.filter(privacy_notice=VERSION).exists():
        return
    texts = {"text_en": text_in("en", settings.ORGANISER_EN), "text_fr": text_in("fr", settings.ORGANISER_FR)}
    digest = hashlib.sha256("\0".join(texts.values()).encode()).hexdigest()
    apps.get_model("privacy", "NoticeVersion").objects.create(version=VERSION, digest=digest, published_at=SINCE, **texts)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0005_notice"), ("participants", "0006_exported_people")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
