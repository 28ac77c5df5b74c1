"""Whole journeys with nothing but a keyboard; every stop on the way is seen, uncovered and large enough."""

import pytest

from participants.models import ExportRecord, Participant
from tests.browser.keyboard import Keyboard
from tests.browser.screen import mailed
from tests.factories import CountryFactory, MeetingFactory, ParticipantFactory

DESKTOP, PHONE = 1280, 320


@pytest.fixture
def strasbourg(committed_db):
    """Strasbourg 2026, whose registration is open."""
    return MeetingFactory(slug="strasbourg-2026", code="CYB26")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_registering(strasbourg, open_page, width):
    page = open_page("/meetings/strasbourg-2026/", width=width, reduced_motion="reduce")
    keyboard = Keyboard(page)

    keyboard.press("main a", has_text="Register")
    keyboard.tab_to("input[name=sector]")
    page.keyboard.press("Space")
    keyboard.press("main form button", has_text="Continue")
    keyboard.press("main form button", has_text="Check your answers")  # nothing answered: the errors come first
    page.wait_for_function("document.activeElement.id == 'error-summary'")
    keyboard.tab_to("#error-summary a", has_text="family name")
    page.keyboard.press("Enter")
    page.keyboard.type("Ní Bhriain-O'Connor")
    keyboard.type("#id_email", "siobhan@garda.example")
    keyboard.tick("#id_language_0")
    keyboard.tab_to("#id_country")
    page.keyboard.type("Irel")
    keyboard.type("#id_organisation", "An Garda Síochána")
    keyboard.type("#id_function", "Detective Sergeant")
    keyboard.tick("#id_visibility_0")
    keyboard.tick("#id_privacy_accepted")
    keyboard.press("main form button", has_text="Check your answers")
    keyboard.press("main form button", has_text="Send my registration")
    page.goto(mailed(r"(http\S+/registrations/confirm/\S+)"))
    keyboard.press("main form button", has_text="Confirm my address")

    assert list(Participant.objects.values_list("family_name", "country__code", "state")) == [("Ní Bhriain-O'Connor", "IE", "pending")]
    assert keyboard.wrong == {}
    assert page.complaints == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_looking_after_ones_own_registration(registration, open_page, width):
    page = open_page("/", width=width, reduced_motion="reduce")
    keyboard = Keyboard(page)

    keyboard.press("a", has_text="Sign in")
    keyboard.type("#id_email", registration.email)
    keyboard.press("main form button", has_text="Send me a code")
    keyboard.type("#id_code", mailed(r"Your code is (\S+)\."))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url("**/my/**")
    keyboard.press("main a", has_text=registration.meeting.title.text)
    keyboard.press("main a", has_text="Change my answers")
    keyboard.type("#id_function", "Detective Inspector")
    keyboard.press("main form button", has_text="Save")
    keyboard.press("main a", has_text="Withdraw")
    keyboard.press("main form button", has_text="Withdraw")
    keyboard.press("header button, header a", has_text="Sign out")

    registration.refresh_from_db()
    assert (registration.function, registration.state) == ("Detective Inspector", "withdrawn")
    assert keyboard.wrong == {}
    assert page.complaints == []


def test_approving_in_bulk(strasbourg, secretariat, open_page):
    for country in ("IE", "DE", "FR"):
        ParticipantFactory(meeting=strasbourg, country=CountryFactory(code=country), pending=True)
    page = open_page("/admin/", user=secretariat, reduced_motion="reduce")
    keyboard = Keyboard(page)

    keyboard.press("main a, #content a", has_text="Awaiting approval")
    keyboard.tick("#action-toggle")
    keyboard.press(".pg-actions-bar button", has_text="Approve")

    assert set(Participant.objects.values_list("state", flat=True)) == {"confirmed"}
    assert page.locator(".messagelist").inner_text() == "3 people have a place now."
    assert keyboard.wrong == {}
    assert page.complaints == []


def test_taking_the_list(strasbourg, secretariat, open_page):
    ParticipantFactory(meeting=strasbourg)
    page = open_page("/admin/participants/participant/", user=secretariat, reduced_motion="reduce")
    keyboard = Keyboard(page)

    keyboard.press("a", has_text="Export CSV")
    keyboard.tab_to("input[name=purpose]")
    page.keyboard.press("Space")
    keyboard.tab_to("main [type=submit], #content [type=submit]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.path()

    assert list(ExportRecord.objects.values_list("purpose", "rows")) == [("host_security", 1)]
    assert keyboard.wrong == {}
    assert page.complaints == []
