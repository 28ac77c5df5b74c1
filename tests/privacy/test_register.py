"""The register says of every column whether it tells something of a person, and why it is kept."""

import pytest
from django.utils.translation import override

from accounts.models import User
from accounts.personal_data import DataClass, Reader
from participants.models import Participant
from privacy import register
from tests.project import source

TABLES = register.every_table()


def names_of(model):
    return {field.name for field in register.fields_of(model)}


@pytest.mark.parametrize("model", TABLES, ids=[model._meta.label for model in TABLES])
def test_every_field_has_an_entry(model):
    silent = names_of(model) - set(register.personal_fields(model)) - register.other_fields(model)

    assert sorted(silent) == []  # add it to PERSONAL or NOT_PERSONAL in the app's personal_data


@pytest.mark.parametrize("model", TABLES, ids=[model._meta.label for model in TABLES])
def test_every_entry_has_a_field(model):
    said = set(register.personal_fields(model)) | register.other_fields(model)

    assert sorted(said - names_of(model)) == []


@pytest.mark.parametrize("model", TABLES, ids=[model._meta.label for model in TABLES])
def test_no_field_is_both(model):
    assert sorted(set(register.personal_fields(model)) & register.other_fields(model)) == []


def test_every_table_that_is_named_exists():
    personal, others = register.said()

    assert sorted({*personal, *others} - {model._meta.label_lower for model in TABLES}) == []


def test_every_app_has_its_say(settings):
    ours = [app for app in settings.INSTALLED_APPS if (source.ROOT / app / "apps.py").is_file()]

    assert sorted(register.APPS) == sorted(ours)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_field_is_called_as_programmers_call_it(language):
    with override(language):
        assert [entry.key for entry in register.entries() if "_" in entry.label or entry.label == entry.field.name] == []


def test_the_history_of_a_table_holds_what_the_table_holds():
    participant, past = register.personal_fields(Participant), register.personal_fields(Participant.history.model)

    assert {name for name in participant if name not in past} == {"search_key", "submission_key"}  # no history is kept of these
    assert past["family_name"] == participant["family_name"]


def test_who_changed_a_registration_is_kept_as_long_as_the_registration():
    assert register.personal_fields(Participant.history.model)["history_user"].data_class == DataClass.REGISTRATION


def test_a_row_linked_to_several_others_has_an_entry_for_that():
    assert "groups" in register.personal_fields(User)


@pytest.mark.parametrize("entry", register.entries(), ids=lambda entry: entry.key)
def test_every_entry_says_why_and_who(entry):
    personal = entry.personal

    assert all(map(str, (personal.purpose, personal.what, *personal.readers)))
    assert len(personal.readers) == len(set(personal.readers)) > 0


def test_nobody_stands_alone():
    mixed = [entry.key for entry in register.entries() if Reader.NOBODY in entry.personal.readers and len(entry.personal.readers) > 1]

    assert mixed == []


def test_what_the_notice_calls_alike_is_kept_for_one_reason():
    reasons = {}
    for entry in register.entries():
        reasons.setdefault((entry.personal.data_class, str(entry.personal.what)), set()).add(entry.personal)

    assert [what for what, personal in reasons.items() if len(personal) > 1] == []


def test_a_field_without_a_name_for_people_gets_one_for_reports(db):
    labels = {entry.key: entry.label for entry in register.entries()}

    assert labels["participants.participant.search_key"] == "Name as the search compares it"
    assert labels["participants.participant.reference"] == "Reference"


def test_a_reader_sees_who_else_reads():
    assert register.seen_by([Reader.SELF, Reader.SECRETARIAT]) == "You, the secretariat"
