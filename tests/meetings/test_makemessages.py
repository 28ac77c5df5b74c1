"""Collecting the texts: the tools find every one, and the same words make the same file."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.project import source
from tests.project.catalogue import PO, asked_for, entry_of

pytestmark = pytest.mark.skipif(shutil.which("xgettext") is None, reason="no GNU gettext: install Debian's package gettext")

NEW = 'from django.utils.translation import gettext_lazy as _lazy\n\nTEXT = _lazy("Back to the lists")\n'


@pytest.fixture
def copy(tmp_path):
    """The sources, so that the real catalogue stays as it is."""
    for path in [*source.files("*.py"), *source.files("templates/**"), *source.files("locale/**")]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source.ROOT / path, tmp_path / path)
    return tmp_path


def collect(folder):
    """What the command writes there."""
    command = [sys.executable, "manage.py", "makemessages", "--locale", "fr"]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)
    return (folder / PO).read_text(encoding="utf-8")


def test_every_text_is_collected_and_collecting_again_changes_nothing(copy):
    collected = collect(copy)

    assert {entry_of(block).text for block in re.split(r"\n\n+", collected)[1:]} == set(asked_for())
    assert collect(copy) == collected


def test_a_new_text_is_collected_without_a_guess_and_an_old_one_goes(copy):
    (copy / "meetings" / "new.py").write_text(NEW)
    page = copy / "templates" / "400.html"
    page.write_text(page.read_text().replace("We did not understand that", "What was that"))

    collected = collect(copy)

    assert '\n#: meetings/new.py\nmsgid "Back to the lists"\nmsgstr ""\n' in collected
    assert [words for words in ("We did not understand that", "fuzzy", "POT-Creation-Date") if words in collected] == []
