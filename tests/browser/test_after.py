"""After the meeting: certificates, their check, the evaluation and its results, by keyboard, in French and on a small phone."""

import re

import pytest

from attendance.models import Certificate, EvaluationAnswer
from attendance.services.evaluation import answer
from tests.browser.screen import findings, focused, press
from tests.conftest import member_of
from tests.factories import CertificateFactory, CheckInFactory, MeetingFactory, ParticipantFactory

LONG = "Wolfeschlegelsteinhausenbergerdorff"
SCREENS = pytest.mark.parametrize(("prefix", "width"), [("", 1280), ("/fr", 320)])


@pytest.fixture
def meeting(committed_db):
    return MeetingFactory(slug="held", over=True)


@pytest.fixture
def person(meeting):
    """Was there on the first day."""
    person = ParticipantFactory(meeting=meeting, family_name=LONG)
    CheckInFactory(participant=person)
    return person


@pytest.fixture
def clerk(committed_db):
    return member_of("Secretariat", email="clerk@secretariat.example")


@SCREENS
def test_a_certificate_is_downloaded_and_its_code_checked(open_page, person, prefix, width):
    page = open_page(f"{prefix}/my/held/certificate/", user=person.user, width=width)
    assert findings(page) == {}

    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("English|anglais")).press("Enter")
    assert download.value.suggested_filename == "held-certificate-en.pdf"

    page.goto(f"{prefix}/certificates/")
    assert findings(page) == {}
    page.get_by_role("textbox").fill(Certificate.objects.get().code.lower())
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == ("Cette attestation est valable" if prefix else "This certificate is valid")
    assert findings(page) == {}


@SCREENS
def test_an_evaluation_is_given_with_the_keyboard_alone(open_page, person, prefix, width):
    page = open_page(f"{prefix}/my/held/evaluation/", user=person.user, width=width)
    press(page, "Envoyer" if prefix else "Send")
    assert (focused(page), findings(page)) == ("error-summary", {})  # nothing was answered

    page.focus("#id_content_0")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    page.focus("#id_comment")
    page.keyboard.type("More cases.")
    press(page, "Envoyer" if prefix else "Send")

    assert EvaluationAnswer.objects.values_list("content", "comment").get() == (4, "More cases.")
    assert (page.locator("form[method=post] [type=radio]").count(), findings(page)) == (0, {})


@SCREENS
def test_the_secretariat_reads_the_results(open_page, meeting, clerk, prefix, width):
    address = f"{prefix}/admin/attendance/evaluationanswer/?meeting={meeting.pk}"
    page = open_page(address, user=clerk, width=width)
    assert (page.locator(".pg-result").count(), findings(page)) == (0, {})

    for _ in range(6):
        answer(participant=ParticipantFactory(meeting=meeting), said={"content": 5, "speakers": 2, "comment": f"{LONG} " * 20})
    page.goto(address)

    assert (page.locator(".pg-result").count(), page.locator(".pg-results-words li").count(), findings(page)) == (5, 5, {})


@SCREENS
def test_the_secretariat_takes_a_certificate_back(open_page, person, clerk, prefix, width):
    old = CertificateFactory(participant=person, days=["2001-01-01"])
    page = open_page(f"{prefix}/admin/attendance/certificate/?meeting={person.meeting_id}", user=clerk, width=width)
    assert findings(page) == {}
    page.locator("table a").first.click()
    assert findings(page) == {}
    with page.expect_navigation():
        page.locator("table a", has_text="…").press("Enter")
    press(page, "Retirer" if prefix else "Take the certificate back")
    assert (focused(page), findings(page)) == ("error-summary", {})  # no reason was given

    page.fill("#id_reason", "Lost " + "x" * 200)
    press(page, "Retirer" if prefix else "Take the certificate back")

    old.refresh_from_db()
    assert (old.reason[:4], findings(page)) == ("Lost", {})
