"""Encrypted columns: what the database holds, what can be asked of it, and what keys open."""

import datetime as dt

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.models import F, Value
from django.test.utils import isolate_apps

from accounts.encrypted import EncryptedCharField, EncryptedDateField
from accounts.encryption import Unreadable
from participants.models import Journey, Needs

OLD, NEW = "b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xkLW9sZC0=", "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldy0="
COLUMNS = "arrives_on, departs_on, arrival_details, departure_details, hotel"


def stored(table, columns):
    """The only row of a table as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608  both are written in this file
        return cursor.fetchone()


def test_a_value_comes_back_as_it_was(registration):
    Journey.objects.create(participant=registration, arrives_on=dt.date(2026, 11, 23), hotel="Hôtel des Orangers")

    journey = Journey.objects.get()

    assert (journey.arrives_on, journey.departs_on) == (dt.date(2026, 11, 23), None)
    assert (journey.hotel, journey.arrival_details) == ("Hôtel des Orangers", "")


def test_every_column_is_a_token_whether_something_was_said_or_not(registration, settings):
    Journey.objects.create(participant=registration, arrives_on=dt.date(2026, 11, 23), hotel="Orangers")

    tokens = stored("participants_journey", COLUMNS)

    key = Fernet(settings.FIELD_KEYS[0])
    assert [key.decrypt(token).decode() for token in tokens] == ["2026-11-23", "", "", "", "Orangers"]


def test_two_of_the_same_differ(registration):
    Journey.objects.create(participant=registration, arrival_details="By car", departure_details="By car")

    assert len(set(stored("participants_journey", COLUMNS))) == 5


def test_what_was_chosen_does_not_show_in_the_length(registration):
    lengths = set()
    for diet in ["", *Needs.Diet.values]:
        Needs.objects.update_or_create(participant=registration, defaults={"diet": diet})
        lengths.add(len(stored("participants_needs", "diet")[0]))

    assert len(lengths) == 1


def test_rows_written_together_are_encrypted_too(registration):
    journey = Journey.objects.bulk_create([Journey(participant=registration, hotel="Orangers")])[0]
    journey.hotel, journey.departs_on = "Pont Couvert", dt.date(2026, 11, 27)
    Journey.objects.bulk_update([journey], ["hotel", "departs_on"])
    Journey.objects.update(arrival_details="By car")

    assert [token[:4] for token in stored("participants_journey", COLUMNS)] == ["gAAA"] * 5
    assert Journey.objects.values_list("hotel", "departs_on", "arrival_details").get() == ("Pont Couvert", dt.date(2026, 11, 27), "By car")


@pytest.mark.parametrize("value", [Value("Orangers"), F("participant__reference")])
def test_the_database_makes_no_value(registration, value):
    Journey.objects.create(participant=registration, hotel="Orangers")

    with pytest.raises(FieldError):
        Journey.objects.update(hotel=value)


@pytest.mark.parametrize("lookup", ["hotel", "hotel__contains", "hotel__in", "hotel__gt", "hotel__regex", "arrives_on", "arrives_on__year"])
def test_the_database_finds_nothing(db, lookup):
    value = [""] if lookup.endswith("in") and lookup != "hotel__contains" else 2026

    with pytest.raises(FieldError):
        list(Journey.objects.filter(**{lookup: value}))


def test_the_refusal_says_why(db):
    with pytest.raises(FieldError, match=r"participants\.Journey\.hotel is encrypted, so the database cannot look for what is in it\."):
        list(Journey.objects.filter(hotel="Orangers"))


def test_where_there_is_no_row_a_join_says_so(registration):
    Needs.objects.create(participant=registration, diet="vegan")

    assert Needs.objects.filter(participant__journey__hotel__isnull=True).count() == 1
    assert Needs.objects.values_list("participant__journey__hotel", flat=True).get() is None


def test_hostile_text_is_refused_before_it_is_hidden(registration):
    with pytest.raises(ValidationError) as refused:
        Journey(participant=registration, hotel="Orang\u202eers").full_clean()

    assert list(refused.value.message_dict) == ["hotel"]


def test_what_is_too_long_is_counted_as_typed(registration):
    Journey(participant=registration, hotel="x" * 200).full_clean()

    with pytest.raises(ValidationError) as refused:
        Journey(participant=registration, hotel="x" * 201).full_clean()

    assert list(refused.value.message_dict) == ["hotel"]


@pytest.mark.parametrize(("arrives", "departs", "is_true"), [(23, 23, True), (23, 22, False), (23, None, True), (None, 22, True)])
def test_nobody_leaves_before_they_come(registration, arrives, departs, is_true):
    day = {number: number and dt.date(2026, 11, number) for number in (arrives, departs)}
    journey = Journey(participant=registration, arrives_on=day[arrives], departs_on=day[departs])

    assert journey.is_backwards() is not is_true


# --- keys ---


def test_what_an_older_key_wrote_is_read(registration, settings):
    settings.FIELD_KEYS = [OLD]
    Journey.objects.create(participant=registration, hotel="Orangers")

    settings.FIELD_KEYS = [NEW, OLD]

    assert Journey.objects.get().hotel == "Orangers"


def test_without_its_key_a_row_is_refused_and_the_column_named(registration, settings):
    Journey.objects.create(participant=registration, hotel="Orangers")
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(Unreadable, match=r"^None of FIELD_KEYS opens what is stored in participants\.Journey\.arrives_on\.$"):
        Journey.objects.get()


def test_an_altered_token_is_refused(registration):
    Journey.objects.create(participant=registration, hotel="Orangers")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participants_journey SET hotel = replace(hotel, 'gAAAAA', 'gAAAAB')")

    with pytest.raises(Unreadable):
        Journey.objects.get()


# --- what cannot be built on them ---


@isolate_apps("accounts")
@pytest.mark.parametrize("options", [{"unique": True}, {"db_index": True}])
def test_an_index_over_tokens_is_an_error(options):
    class Secret(models.Model):  # noqa: DJ008  it lives for one test
        word = EncryptedCharField(max_length=10, **options)

        class Meta:
            app_label = "accounts"

    assert [error.id for error in Secret._meta.get_field("word").check()] == ["accounts.E001"]


@isolate_apps("accounts")
def test_a_constraint_over_tokens_is_an_error():
    class Secret(models.Model):  # noqa: DJ008  it lives for one test
        day = EncryptedDateField()

        class Meta:
            app_label = "accounts"
            constraints = [models.UniqueConstraint(fields=["day"], name="once_a_day")]

    assert [error.id for error in Secret._meta.get_field("day").check()] == ["accounts.E001"]


def test_our_own_models_pass():
    assert [error for model in (Needs, Journey) for error in model.check()] == []
