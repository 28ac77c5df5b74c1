"""Notes on a person's page: who reads them, and that nobody changes them."""

import pytest

from participants import services
from participants.models import Note
from tests.participants.admin.conftest import LIST

pytestmark = pytest.mark.django_db


def test_a_note_is_added_and_read(office, person, secretariat, said):
    one = person("Brandt")

    page = office.post(f"{LIST}{one.pk}/note/", {"text": "Rang back."}, follow=True)

    assert said(page) == ["The note is kept."]
    assert [(note.text, note.by) for note in page.context["notes"].rows] == [("Rang back.", secretariat)]


def test_an_empty_note_is_refused(office, person, said):
    page = office.post(f"{LIST}{person('Brandt').pk}/note/", {"text": " "}, follow=True)

    assert said(page) == ["Nothing was saved. Please write the note."]


def test_a_host_neither_reads_nor_writes_notes(client_of, host_liaison, person, secretariat):
    one = person("Brandt")
    services.add_note(participant=one, text="Rang back.", by=secretariat)
    browser = client_of(host_liaison)

    page = browser.get(f"{LIST}{one.pk}/change/")
    answer = browser.post(f"{LIST}{one.pk}/note/", {"text": "x"})

    assert (page.context["notes"], "Rang back." in page.content.decode()) == (None, False)
    assert (answer.status_code, Note.objects.count()) == (403, 1)


def test_notes_about_a_protected_person_show_with_the_name(office, person, secretariat):
    one = person("Canary", protected=True)
    services.add_note(participant=one, text="Canary rang.", by=secretariat)

    page = office.get(f"{LIST}{one.pk}/change/")

    assert (page.context["notes"].rows, page.context["notes"].hidden) == ([], 1)
    assert "Canary rang." not in page.content.decode()
