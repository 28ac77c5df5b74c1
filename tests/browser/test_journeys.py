"""Two whole journeys through the real pages: an expert's, and the secretariat's."""

import csv
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from participants.exports import EVERYTHING
from participants.models import Participant
from tests.accounts.test_second_step import SECRET, code_now
from tests.browser.screen import fill_in, findings, follow, mailed, press
from tests.factories import PASSWORD, CountryFactory, MeetingFactory, ParticipantFactory


@pytest.fixture
def strasbourg(committed_db):
    """Strasbourg 2026, whose registration is open."""
    return MeetingFactory(slug="strasbourg-2026", code="CYB26")


def test_an_expert_registers_confirms_signs_in_and_withdraws(strasbourg, open_page):
    page = open_page("/meetings/strasbourg-2026/")
    page.get_by_role("link", name="Register").first.click()
    page.get_by_label("Police").check()
    press(page, "Continue")
    fill_in(page)
    press(page, "Check your answers")
    assert "Ní Bhriain-O'Connor" in page.locator("main dd").all_inner_texts()
    press(page, "Send my registration")
    reference = Participant.objects.get().reference
    assert reference in page.inner_text(".pg-reference")

    page.goto(mailed(r"(http\S+/registrations/confirm/\S+)"))
    assert Participant.objects.get().state == "unconfirmed"
    press(page, "Confirm my address")
    assert page.inner_text("h1") == "The secretariat is looking at your registration."

    follow(page, "See my registration")
    page.fill("#id_email", "siobhan@garda.example")
    press(page, "Send me a code")
    page.fill("#id_code", mailed(r"Your code is (\S+)\."))
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/strasbourg-2026/")
    page.goto("/my/")
    assert "The secretariat is looking at your registration." in page.inner_text("main")

    page.goto("/my/strasbourg-2026/")
    follow(page, "Change my answers")
    page.fill("#id_function", "Detective Inspector")
    press(page, "Save")
    assert "Your answers are saved." in page.inner_text("main")
    follow(page, "Withdraw")
    press(page, "Withdraw")
    assert page.inner_text("h1") == "Your registration is withdrawn."
    withdrawn = Participant.objects.get()
    assert (withdrawn.state, withdrawn.function) == ("withdrawn", "Detective Inspector")
    assert findings(page) == {}


def test_the_secretariat_approves_in_bulk_and_takes_the_list(strasbourg, secretariat, open_page, tmp_path):
    arrivals = [("Siobhán", "Ní Bhriain-O'Connor", "IE"), ("민준", "김", "DE"), ("Łukasz", "Żółć", "FR")]
    for given, family, country in arrivals:
        ParticipantFactory(
            meeting=strasbourg, given_name=given, family_name=family, country=CountryFactory(code=country), function="=1+1", pending=True
        )
    ParticipantFactory(meeting=strasbourg, declined=True)

    TOTP.activate(secretariat, SECRET)
    RecoveryCodes.activate(secretariat)

    page = open_page("/admin/")
    page.fill("#id_login", secretariat.email)
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.press("#id_password", "Enter")
    page.fill("#id_code", code_now())
    press(page, "Sign in")
    follow(page, "I have saved them: go on")
    assert "Strasbourg 2026" in page.inner_text("h1")

    page.get_by_role("link", name="Participants").first.click()
    page.goto("/admin/participants/participant/?state__exact=pending")
    page.check("#action-toggle")
    press(page, "Approve")
    assert page.inner_text(".messagelist") == "3 people have a place now."
    assert set(Participant.objects.values_list("state", flat=True)) == {"confirmed", "declined"}

    page.goto("/admin/participants/participant/?state__exact=confirmed")
    follow(page, "Export CSV")
    page.get_by_label("Full list").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    saved = tmp_path / "list.csv"
    download.value.save_as(saved)
    assert Path(download.value.suggested_filename).suffix == ".csv"

    assert saved.read_bytes().startswith(b"\xef\xbb\xbf")
    headings, *rows = csv.reader(saved.read_text("utf-8-sig").splitlines())
    assert headings == [column.heading_en for column in EVERYTHING]
    where = [headings.index(name) for name in ("Given names", "Family name", "Country", "Function", "Status")]
    assert sorted([row[at] for at in where] for row in rows) == [
        ["Siobhán", "Ní Bhriain-O'Connor", "Ireland", "'=1+1", "Confirmed"],
        ["Łukasz", "Żółć", "France", "'=1+1", "Confirmed"],
        ["민준", "김", "Germany", "'=1+1", "Confirmed"],
    ]
    assert page.complaints == []
