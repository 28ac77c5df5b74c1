"""Certificates in the back office: who can have one, making one for somebody, and taking one back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Look
from attendance.models import Certificate
from participants.models import ExportRecord
from tests.factories import CertificateFactory, CheckInFactory, ParticipantFactory
from tests.pdf_text import texts_of

pytestmark = pytest.mark.django_db
LIST = "/admin/attendance/certificate/"


@pytest.fixture
def maeve(past_meeting):
    """She was there on the first day."""
    maeve = ParticipantFactory(meeting=past_meeting, given_name="Maeve", family_name="Orrin")
    CheckInFactory(participant=maeve)
    return maeve


@pytest.fixture
def hidden(past_meeting):
    """Was there; the name is protected."""
    hidden = ParticipantFactory(meeting=past_meeting, protected=True, family_name="Canary")
    CheckInFactory(participant=hidden)
    return hidden


def page_of(person):
    return f"{LIST}person/{person.pk}/"


def test_the_list_shows_who_was_there_and_who_has_one(office, maeve, hidden):
    ParticipantFactory(meeting=maeve.meeting, family_name="Zeller")
    CertificateFactory(participant=maeve)
    CertificateFactory(participant=hidden, language="fr", days=["2017-12-14"])

    table = office.get(LIST, {"meeting": maeve.meeting_id}).context["table"]

    found = {line.person.family_name: (line.days, line.certificates) for line in table.lines}
    assert found == {"Orrin": (1, ["valid", None]), "Canary": (1, [None, "outdated"]), "Zeller": (0, [None, None])}
    assert (table.entitled, table.certified) == (2, 1)


def test_the_list_names_nobody_who_is_protected(office, hidden):
    assert "Canary" not in office.get(LIST, {"meeting": hidden.meeting_id}).content.decode()


def test_the_list_takes_as_many_queries_for_three_as_for_one(office, maeve, django_assert_num_queries):
    office.get(LIST, {"meeting": maeve.meeting_id})
    with CaptureQueriesContext(connection) as for_one:
        office.get(LIST, {"meeting": maeve.meeting_id})
    for _ in range(2):
        CertificateFactory(participant=CheckInFactory(participant__meeting=maeve.meeting).participant)

    with django_assert_num_queries(len(for_one)):
        office.get(LIST, {"meeting": maeve.meeting_id})


def test_the_page_of_a_person_says_what_each_is_worth_and_leaves_a_trace(office, maeve):
    CertificateFactory(participant=maeve)
    CertificateFactory(participant=maeve, language="fr", days=["2017-12-14"])

    response = office.get(page_of(maeve))

    assert {row.language: worth for row, worth, _days in response.context["certificates"]} == {"en": "valid", "fr": "outdated"}
    assert response.context["ways"] == [("en", True), ("fr", False)]
    assert Look.objects.get().reference == maeve.reference


@pytest.mark.parametrize(("language", "title"), [("en", "Certificate of attendance"), ("fr", "Attestation de présence")])
def test_it_is_made_and_sent_with_a_row_in_the_ledger(office, maeve, language, title):
    response = office.post(page_of(maeve), {"language": language})

    text = " ".join(texts_of(response.content))
    assert (title in text, "ORRIN" in text, Certificate.objects.get().shown_code in text) == (True, True, True)
    record = ExportRecord.objects.get()
    assert (record.purpose, record.rows, record.options["language"]) == ("certificate", 1, language)


def test_downloaded_again_it_is_the_same(office, maeve):
    for _ in range(2):
        office.post(page_of(maeve), {"language": "en"})

    assert (Certificate.objects.count(), ExportRecord.objects.count()) == (1, 2)


def test_looking_makes_none(office, maeve):
    office.get(page_of(maeve), {"language": "en"})

    assert Certificate.objects.count() == 0


def test_that_of_a_protected_person_is_not_offered_and_not_made(office, hidden):
    page = office.get(page_of(hidden))

    refused = office.post(page_of(hidden), {"language": "en"})

    assert (page.context["ways"], page.context["problem"][:21]) == ([], "The name is protected")
    assert (refused.status_code, Certificate.objects.count(), "Canary" in refused.content.decode()) == (409, 0, False)


def test_whoever_was_not_there_gets_none(office, past_meeting):
    person = ParticipantFactory(meeting=past_meeting)

    assert (office.post(page_of(person), {"language": "en"}).status_code, Certificate.objects.count()) == (409, 0)


def test_a_language_that_is_none_makes_nothing(office, maeve):
    office.post(page_of(maeve), {"language": "de"})

    assert Certificate.objects.count() == 0


def test_a_reader_makes_none_and_takes_none_back(client_of, auditor, maeve):
    certificate = CertificateFactory(participant=maeve)
    reader = client_of(auditor)

    answers = [reader.post(page_of(maeve), {"language": "en"}), reader.post(f"{LIST}{certificate.pk}/take-back/", {"reason": "No."})]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_asking_to_take_one_back_changes_nothing(office, maeve):
    certificate = CertificateFactory(participant=maeve)

    page = office.get(f"{LIST}{certificate.pk}/take-back/")

    certificate.refresh_from_db()
    assert (page.status_code, certificate.revoked_at) == (200, None)


def test_taken_back_its_code_is_not_valid_and_the_page_says_why(office, client, maeve):
    certificate = CertificateFactory(participant=maeve)

    page = office.post(f"{LIST}{certificate.pk}/take-back/", {"reason": "The name was misspelt."}, follow=True)

    assert "The name was misspelt." in page.content.decode()
    assert client.get(certificate.get_absolute_url()).context["is_valid"] is False


def test_without_a_reason_it_stands(office, maeve):
    certificate = CertificateFactory(participant=maeve)

    response = office.post(f"{LIST}{certificate.pk}/take-back/", {"reason": " "})

    certificate.refresh_from_db()
    assert (response.status_code, certificate.revoked_at) == (422, None)


def test_one_taken_back_already_is_not_asked_about(office, maeve, said):
    certificate = CertificateFactory(participant=maeve, revoked_at=maeve.created_at)

    response = office.get(f"{LIST}{certificate.pk}/take-back/", follow=True)

    assert said(response) == ["This certificate is not valid any more."]
