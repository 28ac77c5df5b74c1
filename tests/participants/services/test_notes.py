"""Notes of the secretariat."""

import pytest

from accounts.models.trace import Unchangeable
from participants import errors, services
from participants.models import Note
from tests.factories import ParticipantFactory
from tests.participants.services.words import NOW

pytestmark = pytest.mark.django_db


def test_a_note_is_dated_and_signed(secretary):
    person = ParticipantFactory()

    services.add_note(participant=person, text=" Rang back. ", by=secretary, at=NOW)

    assert list(Note.objects.values_list("participant", "text", "by", "at")) == [(person.pk, "Rang back.", secretary.pk, NOW)]


def test_a_note_stays_as_it_is(secretary):
    note = services.add_note(participant=ParticipantFactory(), text="Rang back.", by=secretary)
    note.text = "Never rang."

    with pytest.raises(Unchangeable):
        note.save()


def test_an_empty_note_is_none(secretary):
    with pytest.raises(errors.NoteMissing):
        services.add_note(participant=ParticipantFactory(), text=" ", by=secretary)


def test_notes_go_with_the_person(secretary):
    person = ParticipantFactory()
    services.add_note(participant=person, text="Rang back.", by=secretary)

    services.erase_registration(participant=person)

    assert Note.objects.count() == 0
    with pytest.raises(errors.WrongState):
        services.add_note(participant=person, text="Who was it?", by=secretary)
