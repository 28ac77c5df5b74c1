"""Erasing a person in the back office: asked twice, proven fresh, and written down without a name."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from accounts.models import Look, User
from participants.models import Participant
from privacy.models import Erasure, ErasureRequest
from privacy.services.asking import ask_for_erasure
from tests.conftest import signed_in
from tests.factories import ParticipantFactory, SessionFactory


def page_of(participant) -> str:
    return f"/admin/privacy/erasure/registration/{participant.pk}/"


@pytest.fixture
def office(client_of, secretariat):
    return client_of(secretariat)


def erase(browser, participant, **more):
    return browser.post(page_of(participant), {"reference": participant.reference, **more})


def test_the_person_is_erased_and_the_ledger_is_shown(office, registration, secretariat):
    response = erase(office, registration)

    erasure = Erasure.objects.get()
    assert response.headers["Location"] == f"/admin/privacy/erasure/{erasure.pk}/change/"
    assert Participant.objects.get(pk=registration.pk).is_erased is True
    assert (erasure.made_by, erasure.purpose, erasure.registrations) == (secretariat, "request", [registration.pk])


def test_the_reference_may_be_typed_in_small_letters(office, registration):
    office.post(page_of(registration), {"reference": f" {registration.reference.lower()} "})

    assert Erasure.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "CYB26-NOTHING", "Orrin"])
def test_without_the_reference_nothing_happens(office, registration, typed):
    response = office.post(page_of(registration), {"reference": typed})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reference"])
    assert not Erasure.objects.exists()
    assert Participant.objects.get(pk=registration.pk).is_erased is False


@pytest.mark.parametrize("member", ["host_liaison", "desk", "auditor", "rapporteur"])
def test_others_may_not(request, client_of, registration, member):
    response = erase(client_of(request.getfixturevalue(member)), registration)

    assert response.status_code == 403
    assert not Erasure.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_after_a_fresh_proof(secretariat, registration, method):
    browser = signed_in(secretariat, minutes=30)

    response = getattr(browser, method)(page_of(registration), {"reference": registration.reference})

    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Erasure.objects.exists()


def test_page_says_what_goes_and_changes_nothing(office, registration):
    before = Participant.objects.filter(pk=registration.pk).values().get()

    page = office.get(page_of(registration))

    assert page.status_code == 200
    assert dict(page.context["lines"])["Registrations"] == 1
    assert dict(page.context["lines"])["Users"] == 1
    assert Participant.objects.filter(pk=registration.pk).values().get() == before
    assert User.objects.filter(pk=registration.user_id).exists()


def test_page_counts_what_then_goes(office, registration):
    lines = dict(office.get(page_of(registration)).context["lines"])

    erase(office, registration)

    page = office.get(f"/admin/privacy/erasure/{Erasure.objects.get().pk}/change/").text
    # The page itself was a look, which goes on under the new reference.
    assert [name for name, number in lines.items() if f"<li>{name}: {number}</li>" not in page] == []


def test_page_is_a_look(office, registration, secretariat):
    office.get(page_of(registration))

    assert list(Look.objects.values_list("by", "what", "reference")) == [(secretariat.pk, "participant_page", registration.reference)]


def test_page_masks_a_protected_person(office, protected_registration):
    SessionFactory(meeting=protected_registration.meeting, speakers="Ms Canary")

    page = office.get(page_of(protected_registration)).text

    assert [word for word in ("Livia", "Canary", "livia.canary@polizia.example") if word in page] == []
    assert "Expert K." in page


def test_words_of_somebody_else_stay_unless_ticked(office, registration):
    session = SessionFactory(meeting=registration.meeting, speakers="Orrin")
    other = SessionFactory(meeting=registration.meeting, speakers="Brian Orrin, Interpol")

    erase(office, registration, also=[f"meetings.session:{session.pk}:speakers"])

    session.refresh_from_db()
    other.refresh_from_db()
    assert (session.speakers, other.speakers) == ("", "Brian Orrin, Interpol")


def test_trail_names_nobody(office, registration):
    erase(office, registration)

    erasure = Erasure.objects.get()
    assert list(LogEntry.objects.values_list("object_id", "object_repr", "change_message")) == [(str(erasure.pk), str(erasure), "erased")]


def test_the_ledger_is_written_for_readers_in_french_too(office, registration):
    erase(office, registration)
    erasure = Erasure.objects.get()

    page = office.get(f"/fr/admin/privacy/erasure/{erasure.pk}/change/").text

    assert f'<div class="readonly">{erasure.references[0]}</div>' in page
    assert "<li>Inscriptions\u202f: 1</li>" in page


def test_whoever_is_erased_already_is_told(office, registration):
    erase(office, registration)

    response = office.get(page_of(registration), follow=True)

    assert [str(message) for message in response.context["messages"]][-1] == "This person is erased already."


def test_accounts_of_the_staff_are_not_erased(office, secretariat):
    response = office.get(f"/admin/privacy/erasure/account/{secretariat.pk}/", follow=True)

    text = "This account belongs to the staff. Take its rights away first, then erase it."
    assert [str(message) for message in response.context["messages"]] == [text]


def test_an_account_without_registrations(office, stranger):
    office.post(f"/admin/privacy/erasure/account/{stranger.pk}/", {"reference": "stranger@elsewhere.example"})

    assert not User.objects.filter(pk=stranger.pk).exists()
    assert Erasure.objects.get().account == stranger.pk


def test_buttons_are_for_those_who_may(client_of, secretariat, auditor, administrator, registration):
    link = f'href="{page_of(registration)}"'

    shown = [
        link in client_of(one).get(f"/admin/participants/participant/{registration.pk}/change/").text for one in (secretariat, auditor)
    ]
    account = client_of(administrator).get(f"/admin/accounts/user/{registration.user_id}/change/").text

    assert shown == [True, False]
    assert f'href="/admin/privacy/erasure/account/{registration.user_id}/"' in account


def test_requests_lead_to_the_page(office, registration):
    ask_for_erasure(by=registration.user)

    board, page = office.get("/admin/").text, office.get("/admin/privacy/erasurerequest/").text

    assert "person asks to be erased" in board
    assert registration.reference in page
    assert f'href="/admin/privacy/erasure/account/{registration.user_id}/"' in page


def test_request_goes_with_the_erasure(office, registration):
    ask_for_erasure(by=registration.user, at=timezone.now())

    erase(office, registration)

    assert not ErasureRequest.objects.exists()


def test_a_registration_without_an_account(office, meeting):
    guest = ParticipantFactory(meeting=meeting, user=None, email="")

    erase(office, guest)

    assert Participant.objects.get(pk=guest.pk).is_erased is True
