"""One's own certificate, and the public page that says whether one is valid."""

import pytest

from tests.factories import CertificateFactory, CheckInFactory, ParticipantFactory
from tests.pdf_text import texts_of

pytestmark = pytest.mark.django_db
OWN = "/my/dublin-2017/certificate/"


@pytest.fixture
def maeve(past_meeting):
    return ParticipantFactory(meeting=past_meeting, given_name="Maeve", family_name="Orrin", salutation="ms")


@pytest.fixture
def certificate(maeve):
    CheckInFactory(participant=maeve)
    return CertificateFactory(participant=maeve)


def test_the_certificate_comes_as_a_pdf_with_the_name_the_days_and_the_code(client_of, maeve):
    CheckInFactory(participant=maeve)
    CertificateFactory(participant=maeve, code="W8TCGPFM6J3TXQ8W")

    response = client_of(maeve.user).post(OWN, {"language": "en"})

    text = " ".join(texts_of(response.content))
    wanted = ("Ms Maeve ORRIN", "Tuesday 12 December 2017", "W8TC-GPFM-6J3T-XQ8W")
    assert (response.headers["Content-Type"], [part in text for part in wanted]) == ("application/pdf", [True] * 3)
    assert response.headers["Content-Disposition"] == 'attachment; filename="dublin-2017-certificate-en.pdf"'


def test_in_french_it_is_french(client_of, maeve):
    CheckInFactory(participant=maeve)

    response = client_of(maeve.user).post(OWN, {"language": "fr"})

    text = " ".join(texts_of(response.content))
    assert ("Attestation de présence" in text, "mardi 12 décembre 2017" in text) == (True, True)


def test_whoever_was_not_there_is_told_why_there_is_none(client_of, maeve):
    response = client_of(maeve.user).post(OWN, {"language": "en"})

    assert (response.status_code, response.context["problem"][:23]) == (409, "No presence is recorded")


def test_a_language_no_form_offers_is_not_found(client_of, maeve):
    CheckInFactory(participant=maeve)

    assert client_of(maeve.user).post(OWN, {"language": "de"}).status_code == 404


def test_a_protected_person_downloads_their_own_with_their_name(client_of, maeve):
    CheckInFactory(participant=maeve)
    maeve.is_protected = True
    maeve.save()

    assert "Maeve ORRIN" in " ".join(texts_of(client_of(maeve.user).post(OWN, {"language": "en"}).content))


def test_a_valid_code_names_the_meeting_and_not_the_person(client, certificate):
    page = client.get(f"/certificates/{certificate.shown_code}/")

    body = page.content.decode()
    assert (page.context["is_valid"], [label for label, _ in page.context["facts"]]) == (True, ["Meeting", "Place", "Dates"])
    assert [word in body for word in ("Maeve", "Orrin", certificate.participant.reference)] == [False] * 3


def test_a_code_taken_back_answers_as_one_that_never_was(client, certificate):
    certificate.revoked_at = certificate.issued_at
    certificate.save()

    old, unknown = (client.get(f"/certificates/{code}/") for code in (certificate.shown_code, "BCDF-GHJK-LMNP-QRTV"))

    bare = [page.content.decode().replace(page.context["code"], "") for page in (old, unknown)]
    assert ((old.status_code, bare[0]) == (unknown.status_code, bare[1])) is True


def test_a_typed_code_leads_to_its_page(client, certificate):
    response = client.get("/certificates/", {"code": f" {certificate.shown_code.lower()} "})

    assert response.headers["Location"] == f"/certificates/{certificate.shown_code}/"


def test_nothing_typed_is_asked_for_again(client):
    assert client.get("/certificates/", {"code": "--"}).context["asked"] is True


def test_words_in_the_address_are_not_repeated(client):
    assert "Call this number" not in client.get("/certificates/Call this number!/").content.decode()


def test_codes_cannot_be_tried_without_end(client):
    answers = [client.get("/certificates/BCDF-GHJK-LMNP-QRTV/").status_code for _ in range(61)]

    assert (answers[59], answers[60]) == (200, 429)
