"""`manage.py erase_person`."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from participants.models import Participant
from privacy.models import Erasure
from tests.factories import SessionFactory


@pytest.fixture
def session(registration):
    return SessionFactory(meeting=registration.meeting, speakers="Orrin, Garda")


def again(participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


def test_erases_by_reference(registration, capsys):
    call_command("erase_person", registration.reference)

    assert again(registration).is_erased is True
    assert capsys.readouterr().out.splitlines()[0] == "Gone of 1 registrations:"
    assert Erasure.objects.get().made_by is None


def test_dry_run_says_what_would_go(registration, session, capsys):
    call_command("erase_person", registration.email, "--dry-run")

    lines = capsys.readouterr().out.splitlines()
    assert again(registration).is_erased is False
    assert lines[0] == "Would go of 1 registrations:"
    assert f"May be somebody else: meetings.session:{session.pk}:speakers  […], Garda" in lines


def test_words_stay_and_are_listed(registration, session, capsys):
    call_command("erase_person", registration.reference)

    session.refresh_from_db()
    assert session.speakers == "Orrin, Garda"
    assert f"May be somebody else: meetings.session:{session.pk}:speakers  […], Garda" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["one", "all"])
def test_words_go_when_told(registration, session, option):
    more = ["--all-mentions"] if option == "all" else ["--also", f"meetings.session:{session.pk}:speakers"]

    call_command("erase_person", registration.reference, *more)

    session.refresh_from_db()
    assert session.speakers == "[…], Garda"


def test_an_unknown_place_erases_nothing(registration):
    with pytest.raises(CommandError, match=r"No such place: meetings\.session:0:speakers"):
        call_command("erase_person", registration.reference, "--also", "meetings.session:0:speakers")

    assert again(registration).is_erased is False


def test_nobody_of_that_name(db):
    with pytest.raises(CommandError, match="Nobody is kept"):
        call_command("erase_person", "CYB26-NOBODY")


def test_says_why_not(secretariat):
    with pytest.raises(CommandError, match="belongs to the staff"):
        call_command("erase_person", secretariat.email)
