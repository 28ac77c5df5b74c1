"""Names put forward, as the secretariat sees and enters them."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Look
from correspondence.models import Message
from delegations.models import Nomination
from tests.factories import InvitationFactory, NominationFactory, ParticipantFactory, in_days
from tests.filled import filled

pytestmark = pytest.mark.django_db

LIST = "/admin/delegations/nomination/"
PDF = b"%PDF-1.7 a letter"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


@pytest.fixture
def nomination(meeting):
    return NominationFactory(invitation=InvitationFactory(meeting=meeting, sent=True), family_name="Brennock", sector="police")


def page_of(nomination):
    return f"{LIST}{nomination.pk}/change/"


def test_the_list_says_who_for_whom_and_where_it_stands(office, nomination):
    ParticipantFactory(meeting=nomination.invitation.meeting, nomination=nomination, given_name="Aoife", family_name="Brennock")

    text = text_of(office.get(LIST))

    assert [word in text for word in ("Aoife Brennock", "Ireland", "Has a place")] == [True] * 3


@pytest.mark.parametrize(
    ("query", "found"), [("?stands=asked", 1), ("?stands=registered", 0), ("?q=brennock", 1), ("?q=ireland", 1), ("?q=zyz", 0)]
)
def test_the_list_is_filtered_and_searched(office, nomination, query, found):
    assert office.get(LIST + query).context["cl"].result_count == found


def test_the_page_of_who_completed_has_the_name_of_the_sector(office, nomination):
    ParticipantFactory(meeting=nomination.invitation.meeting, nomination=nomination, family_name="Brennock")

    assert "Sector: Police E-mail address:" in text_of(office.get(page_of(nomination)))


def test_a_protected_nominee_is_masked_and_not_found_by_name(office, nomination):
    nomination.letter.save("letter.pdf", ContentFile(PDF))
    ParticipantFactory(meeting=nomination.invitation.meeting, nomination=nomination, family_name="Brennock", protected=True)

    pages = [office.get(LIST), office.get(page_of(nomination))]

    assert ["Brennock" in page.content.decode() for page in pages] == [False, False]
    assert office.get(f"{LIST}?q=brennock").context["cl"].result_count == 0
    assert [office.get(f"{LIST}{nomination.pk}/{more}/").status_code for more in ("letter", "history")] == [403, 403]


def test_a_name_is_entered_on_behalf_after_the_deadline(office, meeting, secretariat):
    invitation = InvitationFactory(meeting=meeting, sent=True, deadline=in_days(-2).date())
    form = filled(office.get(f"{LIST}add/"), "nomination_form")
    said = {"invitation": invitation.pk, "family_name": "Brennock", "email": "aoife@garda.example", "sector": "police"}

    response = office.post(f"{LIST}add/", {**form, **said, "letter": SimpleUploadedFile("letter.pdf", PDF)})

    made = Nomination.objects.get()
    assert (response.status_code, made.put_forward_by, bool(made.letter)) == (302, secretariat, True)
    assert list(Message.objects.values_list("kind", "to")) == [("nomination", "aoife@garda.example")]


def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(office, nomination):
    NominationFactory(invitation=nomination.invitation)
    form = filled(office.get(f"{LIST}add/"), "nomination_form")
    said = {"invitation": nomination.invitation_id, "family_name": "Keane", "email": "orla@garda.example"}

    response = office.post(f"{LIST}add/", {**form, **said, "letter": SimpleUploadedFile("letter.pdf", PDF)})

    assert "Nothing was saved. All places of your delegation are taken." in text_of(response)
    assert response.context["adminform"].form["family_name"].value() == "Keane"
    assert (Nomination.objects.count(), Message.objects.count()) == (2, 0)


def test_a_name_is_corrected_and_its_letter_changed(office, nomination):
    form = filled(office.get(page_of(nomination)), "nomination_form")

    response = office.post(page_of(nomination), {**form, "function": "Judge", "letter": SimpleUploadedFile("letter.pdf", PDF)})

    after = Nomination.objects.get()
    assert (response.status_code, after.function, bool(after.letter), after.email) == (302, "Judge", True, nomination.email)


@pytest.mark.parametrize("about", [{}, {"protected": True}])
def test_of_who_completed_only_the_delegations_own_is_changed(office, nomination, about):
    ParticipantFactory(meeting=nomination.invitation.meeting, nomination=nomination, **about)
    form = filled(office.get(page_of(nomination)), "nomination_form")

    response = office.post(page_of(nomination), {**form, "is_head": "on", "function": "Judge"})

    after = Nomination.objects.get()
    assert (response.status_code, after.is_head, after.function) == (302, True, "Detective Sergeant")


def test_a_name_is_taken_back_and_then_only_read(office, nomination):
    office.post(f"{LIST}{nomination.pk}/take-back/")

    assert Nomination.objects.get().state == "withdrawn"
    assert "Take this name back" not in text_of(office.get(page_of(nomination)))


def test_each_look_leaves_a_trace(office, nomination):
    nomination.letter.save("letter.pdf", ContentFile(PDF))

    letter = office.get(f"{LIST}{nomination.pk}/letter/")

    assert (letter.content, letter["Content-Security-Policy"]) == (PDF, "sandbox; default-src 'none'")
    assert list(Look.objects.values_list("what", "key")) == [("invitation", f"delegations.nomination:{nomination.pk}")]


def test_the_auditor_reads_names_and_no_letter(client_of, auditor, nomination):
    nomination.letter.save("letter.pdf", ContentFile(PDF))
    browser = client_of(auditor)

    assert [browser.get(page_of(nomination)).status_code, browser.get(f"{LIST}{nomination.pk}/letter/").status_code] == [200, 403]
    assert nomination.letter.name not in browser.get(page_of(nomination)).content.decode()
