"""Migrations: none is missing, the tables they make are those of the models, and each has a way back."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import AddField
from django.db.migrations.loader import MigrationLoader

from tests.project.source import APPS


def test_no_migration_is_missing(db, capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(f"Run makemigrations:\n{capsys.readouterr().out}")


@pytest.mark.parametrize("app", APPS)
def test_tables_are_those_of_the_models(db, app):
    """The test database was made by running every migration from the first."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            columns = {column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)}
            assert columns == {field.column for field in model._meta.local_fields}, model


def test_every_migration_has_a_way_back(db):
    loader = MigrationLoader(connection)
    one_way = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in APPS
        for operation in migration.operations
        if not operation.reversible
    ]

    assert one_way == []


def test_a_column_that_is_added_leaves_the_running_version_alone(db):
    """The version before goes on writing rows without it: they may leave it empty, or the database knows what stands there."""
    loader = MigrationLoader(connection)
    demanding = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in APPS
        for operation in migration.operations
        if isinstance(operation, AddField)
        and not (operation.field.null or operation.field.many_to_many or operation.field.has_db_default())
    ]

    assert demanding == []


def test_each_app_has_one_last_migration(db):
    assert MigrationLoader(connection).detect_conflicts() == {}
