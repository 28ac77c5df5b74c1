"""Needs, journeys and passports: apart from the participant, and nowhere in the clear."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection

from accounts.encrypted import encrypted_fields
from participants.models import Journey, Needs, Participant, Passport
from tests.factories import PassportFactory

CANARIES = {
    "diet": "gluten_free",
    "diet_details": "Canary: no sesame",
    "accessibility": "Canary: a ramp",
    "arrival_details": "Canary flight 540",
    "departure_details": "Canary train 9567",
    "hotel": "Canary Palace",
    "number": "CANARY4477",
    "birth_place": "Canaryville",
}


@pytest.fixture
def somebody(registration):
    """Maeve Orrin, of whom everything is known."""
    Needs.objects.create(participant=registration, **{name: CANARIES[name] for name in ("diet", "diet_details", "accessibility")})
    details = {name: CANARIES[name] for name in ("arrival_details", "departure_details", "hotel")}
    Journey.objects.create(participant=registration, arrives_on=dt.date(2031, 5, 17), departs_on=dt.date(2031, 5, 19), **details)
    passport = {name: CANARIES[name] for name in ("number", "birth_place")}
    PassportFactory(participant=registration, born_on=dt.date(1971, 3, 29), **passport)
    return registration


def dump():
    """Every row of every table as text, the way a backup holds it."""
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  names that the database gave
            lines += [repr(row) for row in cursor.fetchall()]
    if connection.vendor == "sqlite":  # the bytes of the file too, with what indexes and free pages keep
        lines.append(connection.connection.serialize().decode("latin-1"))
    return "\n".join(lines)


def found_in(text):
    """Which of what was said stands in ``text``."""
    secrets = [*CANARIES.values(), "2031-05-17", "2031-05-19", "1971-03-29", "datetime.date(2031, 5", "datetime.date(1971, 3"]
    return [secret for secret in secrets if secret.casefold() in text.casefold()]


def test_a_dump_of_all_tables_tells_nothing(somebody):
    assert somebody.reference in dump()
    assert found_in(dump()) == []


def test_the_search_would_find_what_is_not_encrypted(somebody):
    """So that the test above can fail."""
    Participant.objects.filter(pk=somebody.pk).update(notes="Sleeps at Canary Palace")

    assert found_in(dump()) == ["Canary Palace"]


@pytest.mark.parametrize("model", [Needs, Journey, Passport])
def test_a_row_does_not_name_itself(somebody, model):
    row = model.objects.get()

    assert str(row) == somebody.reference
    assert found_in(repr(row)) == []


@pytest.mark.parametrize("model", [Needs, Journey, Passport])
def test_there_is_no_history_of_it(model):
    names = {one._meta.model_name for one in apps.get_app_config("participants").get_models()}

    assert f"historical{model._meta.model_name}" not in names


@pytest.mark.parametrize("model", [Needs, Journey, Passport])
def test_every_column_but_the_keys_is_encrypted(model):
    names = {field.name for field in model._meta.local_concrete_fields} - {"id", "participant"}

    assert {field.name for field in encrypted_fields(model)} == names


def test_the_participant_knows_no_days():
    columns = {field.name for model in (Participant, Participant.history.model) for field in model._meta.get_fields()}

    assert columns & {"arrives_on", "departs_on", "hotel", "diet", "number"} == set()
