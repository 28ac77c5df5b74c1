"""The test database that is kept between runs is taken up only by the very same code."""

from types import SimpleNamespace

import pytest

from tests import database


@pytest.fixture
def migration(tmp_path, monkeypatch):
    """The one migration of a project of one app."""
    for name in ("tests/settings.py", "requirements/base.txt", "app/migrations/0001_initial.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text("before")
    monkeypatch.setattr(database, "ROOT", tmp_path)
    monkeypatch.setattr(database.apps, "get_app_configs", lambda: [SimpleNamespace(path=str(tmp_path / "app"))])
    return tmp_path / "app/migrations/0001_initial.py"


def test_the_same_files_have_the_same_database(migration):
    assert database.fingerprint() == database.fingerprint()


@pytest.mark.parametrize("name", ["app/migrations/0001_initial.py", "app/migrations/0002_more.py", "app/list.csv", "tests/settings.py"])
def test_another_file_or_other_words_in_it_have_another(migration, tmp_path, name):
    before = database.fingerprint()

    (tmp_path / name).write_text("after")

    assert database.fingerprint() != before


def test_other_packages_have_another(migration, tmp_path):
    before = database.fingerprint()

    (tmp_path / "requirements/base.txt").write_text("Django==6")

    assert database.fingerprint() != before
