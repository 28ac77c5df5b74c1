"""Collecting the texts: the tools find every one, and the same words make the same file."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.project import source
from tests.project.catalogue import PO, Text, asked_for, entry_of

pytestmark = pytest.mark.skipif(shutil.which("xgettext") is None, reason="no GNU gettext: install Debian's package gettext")

NEW = 'from django.utils.translation import gettext_lazy as _lazy\n\nTEXT = _lazy("Back to the lists")\n'
GONE = "We did not understand that"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The sources, so that the real catalogue stays as it is; one module says something new, one page says something else."""
    folder = tmp_path_factory.mktemp("sources")
    for path in [found for kind in ("*.py", "*.csv", "templates/**", "locale/**") for found in source.files(kind)]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source.ROOT / path, folder / path)
    (folder / "meetings" / "new.py").write_text(NEW)
    page = folder / "templates" / "400.html"
    page.write_text(page.read_text().replace(GONE, "What was that"))
    return folder


@pytest.fixture(scope="module")
def collected(copy):
    """What collecting makes of them. It starts a process that reads every file, so once for all."""
    return collect(copy)


def collect(folder):
    """What the command writes there."""
    command = [sys.executable, "manage.py", "makemessages", "--locale", "fr"]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)
    return (folder / PO).read_text(encoding="utf-8")


def test_every_text_is_collected(collected):
    known = {entry_of(block).text for block in re.split(r"\n\n+", collected)[1:]}

    assert known - set(asked_for()) == {Text("Back to the lists"), Text("What was that")}
    assert set(asked_for()) - known == {Text(GONE)}


def test_a_new_text_is_collected_without_a_guess_and_an_old_one_goes(collected):
    assert '\n#: meetings/new.py\nmsgid "Back to the lists"\nmsgstr ""\n' in collected
    assert [words for words in (GONE, "fuzzy", "POT-Creation-Date") if words in collected] == []


def test_collecting_again_changes_nothing(copy, collected):
    assert collect(copy) == collected
