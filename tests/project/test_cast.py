"""The cast of conftest.py is what it says it is."""

import pytest
from django.contrib.auth.models import Group

from participants.models import Participant
from tests.factories import CountryFactory, MessageFactory, ParticipantFactory, SectorFactory, SessionFactory


@pytest.mark.parametrize("state", Participant.State.values)
def test_every_state_has_a_trait(meeting, state):
    participant = ParticipantFactory(meeting=meeting, **{state: True})

    assert participant.state == state


def test_factories_find_rows_by_code(db):
    assert CountryFactory(code="PT") == CountryFactory(code="PT")
    assert SectorFactory(code="customs") == SectorFactory(code="customs")


def test_sessions_and_messages_are_valid(db):
    SessionFactory().full_clean()
    MessageFactory().full_clean()


@pytest.mark.parametrize("name", ["administrator", "secretariat", "host_liaison", "desk", "rapporteur", "auditor"])
def test_staff_may_enter_the_back_office(request, client_of, name):
    assert client_of(request.getfixturevalue(name)).get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["expert", "other_expert", "protected_expert", "stranger"])
def test_experts_may_not_enter_the_back_office(request, client_of, name):
    assert client_of(request.getfixturevalue(name)).get("/admin/").status_code == 302


def test_a_test_that_commits_empties_the_tables(committed_db):
    Group.objects.create(name="Left behind")
    Group.objects.filter(name="Auditor").delete()


@pytest.mark.parametrize("name", ["Auditor", "Secretariat"])
def test_groups_are_there_after_a_test_that_commits(committed_db, name):
    assert Group.objects.filter(name=name).exists()
    assert not Group.objects.filter(name="Left behind").exists()
