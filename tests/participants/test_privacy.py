"""The privacy notice: in both languages, and never changed under a version that people agreed to."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from participants import privacy

# Words that change need a new version with files of its own; then add a line here.
AS_AGREED = {
    "2026-1.en": "1a5c0c1bb1b88152a3fd67c9436153826b62162a980a06a496c277a2f950e7ea",
    "2026-1.fr": "0927ca437f6fdf3ec976e702aa8fb4e2d6a76db426cbdc69834b87b36474adbf",
}
FOLDER = Path(settings.BASE_DIR) / "templates" / "participants" / "privacy"


@pytest.mark.parametrize("name", AS_AGREED)
def test_what_people_agreed_to_is_kept_word_for_word(name):
    assert hashlib.sha256((FOLDER / f"{name}.html").read_bytes()).hexdigest() == AS_AGREED[name]


def test_every_version_is_written_down_here():
    assert sorted(path.stem for path in FOLDER.glob("*.html")) == sorted(AS_AGREED)


@pytest.mark.parametrize(("address", "title"), [("/privacy/", "Who is responsible"), ("/fr/privacy/", "Qui est responsable")])
def test_the_notice_is_there_in_both_languages(client, db, address, title):
    page = client.get(address).content.decode()

    assert title in page
    assert privacy.NOTICE_VERSION in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_notice_says_what_it_must(language):
    """Controller, purposes, data, recipients, retention, rights, complaint: one heading each."""
    assert (FOLDER / f"{privacy.NOTICE_VERSION}.{language}.html").read_text(encoding="utf-8").count("<h2>") == 7
