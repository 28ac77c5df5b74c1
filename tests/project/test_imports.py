"""Imports run upward in one list: privacy → reports → attendance → participants → delegations → meetings → correspondence → accounts."""

import pytest

from tests.project import source

ARROW = ["accounts", "correspondence", "meetings", "delegations", "participants", "attendance", "reports", "privacy"]


def forbidden(app: str) -> set[str]:
    """What modules of ``app`` may not import: the apps above it, the wiring and the tests."""
    return {*ARROW[ARROW.index(app) + 1 :], "pompidou", "tests", "bench"}


@pytest.mark.parametrize("app", ARROW)
def test_no_import_runs_against_the_arrow(app):
    found = [
        f"{path}:{line} imports {name}"
        for path in source.modules()
        if path.startswith(f"{app}/")
        for line, name in source.imports(path)
        if name.split(".")[0] in forbidden(app)
    ]

    assert found == []


@pytest.mark.parametrize("app", ARROW)
def test_no_migration_stands_on_an_app_above_it(app):
    found = [
        f"{path}:{line} imports {name}"
        for path in source.files(f"{app}/migrations/*.py")
        for line, name in source.imports(path)
        if name.split(".")[0] in forbidden(app)
    ]

    assert found == []


def test_nothing_imports_relatively():
    relative = [path for path in source.modules() for node in source.ast.walk(source.tree(path)) if getattr(node, "level", 0)]

    assert relative == []


def test_settings_are_read_through_django():
    found = [f"{path}:{line}" for path in source.modules() for line, name in source.imports(path) if name.startswith("pompidou.settings")]

    assert found == []


def test_every_app_is_in_the_arrow(settings):
    ours = [app for app in settings.INSTALLED_APPS if (source.ROOT / app / "apps.py").is_file()]

    assert sorted(ours) == sorted(ARROW)
