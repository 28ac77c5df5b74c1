"""What was said before columns were encrypted is encrypted by the migration, and comes back when it is taken back."""

import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import ParticipantFactory

BEFORE, AFTER = [("participants", "0007_nomination")], [("participants", "0010_days_leave_participant")]
ARRIVES, DEPARTS = dt.date(2026, 11, 23), dt.date(2026, 11, 27)


def migrate(target):
    """Bring the tables there and return the models as they were then."""
    MigrationExecutor(connection).migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def people(committed_db):
    """One who said everything and one who said nothing; afterwards the tables are as they should be."""
    yield [ParticipantFactory(), ParticipantFactory()]
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def say_it_all(models, participant):
    models.get_model("participants", "Needs").objects.create(participant_id=participant.pk, diet="halal", accessibility="A ramp")
    rows = models.get_model("participants", "Participant").objects.filter(pk=participant.pk)
    rows.update(arrives_on=ARRIVES, departs_on=DEPARTS)


def stored(columns, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608  both are written in this file
        return cursor.fetchall()


def test_there_and_back(people):
    somebody, nobody = people
    say_it_all(migrate(BEFORE), somebody)

    after = migrate(AFTER)

    assert [token[:4] for token in stored("diet, diet_details, accessibility", "participants_needs")[0]] == ["gAAA"] * 3
    needs, journey = after.get_model("participants", "Needs"), after.get_model("participants", "Journey")
    assert list(needs.objects.values_list("participant", "diet", "diet_details", "accessibility")) == [(somebody.pk, "halal", "", "A ramp")]
    assert list(journey.objects.values_list("participant", "arrives_on", "departs_on")) == [(somebody.pk, ARRIVES, DEPARTS)]

    migrate(BEFORE)

    assert stored("diet, diet_details, accessibility", "participants_needs") == [("halal", "", "A ramp")]
    people_then = MigrationExecutor(connection).loader.project_state(BEFORE).apps.get_model("participants", "Participant")
    days = people_then.objects.order_by("pk").values_list("pk", "arrives_on", "departs_on")
    assert list(days) == [(somebody.pk, ARRIVES, DEPARTS), (nobody.pk, None, None)]
