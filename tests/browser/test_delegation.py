"""A correspondent nominates, the nominee completes and is confirmed: with the mouse, and with nothing but a keyboard."""

import pytest

from correspondence.models import Message
from delegations.models import Nomination
from participants.models import Participant
from tests.browser.keyboard import Keyboard
from tests.browser.screen import findings, follow, mailed, press
from tests.factories import CorrespondentFactory, CountryFactory, InvitationFactory, MeetingFactory, SectorFactory

DESKTOP, PHONE = 1280, 320
LINK = r"(http\S+/nominations/\S+)"


@pytest.fixture
def strasbourg(committed_db):
    """Strasbourg 2026, with an invitation to Ireland for two."""
    meeting = MeetingFactory(slug="strasbourg-2026", code="CYB26")
    SectorFactory(code="police")
    InvitationFactory(meeting=meeting, country=CountryFactory(code="IE", member=True), sent=True)
    return meeting


@pytest.fixture
def speaker(strasbourg):
    return CorrespondentFactory(user__email="focal.point@justice.example").user


def test_a_correspondent_nominates_and_the_nominee_completes_and_is_confirmed(strasbourg, speaker, open_page, tmp_path):
    page = open_page("/accounts/login/")
    page.fill("#id_email", speaker.email)
    press(page, "Send me a code")
    page.fill("#id_code", mailed(r"Your code is (\S+)\."))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, "My delegation")
    follow(page, "Annual meeting on drug-related cybercrime")
    assert page.inner_text("h1") == "Delegation of Ireland"
    follow(page, "Put somebody forward")
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 a letter")
    page.fill("#id_given_name", "Aoife")
    page.fill("#id_family_name", "Brennock")
    page.fill("#id_function", "Detective Sergeant")
    page.fill("#id_organisation", "An Garda Síochána")
    page.fill("#id_email", "aoife@garda.example")
    page.select_option("#id_sector", "police")
    page.check("#id_is_head")
    page.set_input_files("#id_letter", letter)
    press(page, "Put forward")
    assert "1 of 2 places is taken." in page.inner_text("main")
    assert "Asked to complete the registration" in page.inner_text(".pg-nominees")
    with page.expect_download() as download:
        page.get_by_role("link", name="Letter of nomination").click()
    assert download.value.suggested_filename == f"nomination-{Nomination.objects.get().pk}.pdf"

    guest = open_page(mailed(LINK))
    assert guest.input_value("#id_family_name") == "Brennock"
    guest.check("#id_visibility_0")
    guest.check("#id_privacy_accepted")
    press(guest, "Check your answers")
    press(guest, "Send my registration")
    assert guest.inner_text("h1") == "You have a place."
    assert Participant.objects.get().state == "confirmed"

    assert "Number 1 on your list" in Message.objects.get(kind="nominee_news").body
    page.reload()
    assert "Has a place" in page.inner_text(".pg-nominees")
    assert findings(page) == findings(guest) == {}


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_nominating_and_completing_by_keyboard(strasbourg, speaker, open_page, width):
    page = open_page("/delegation/strasbourg-2026/", user=speaker, width=width, reduced_motion="reduce")
    keyboard = Keyboard(page)

    keyboard.press("main a", has_text="Put somebody forward")
    keyboard.press("main form button", has_text="Put forward")  # nothing answered: the errors come first
    page.wait_for_function("document.activeElement.id == 'error-summary'")
    keyboard.type("#id_family_name", "Brennock")
    keyboard.type("#id_function", "Detective Sergeant")
    keyboard.tab_to("#id_sector")
    page.keyboard.type("Pol")
    keyboard.type("#id_email", "aoife@garda.example")
    keyboard.press("main form button", has_text="Put forward")
    keyboard.press("main a", has_text="Take back")
    keyboard.press("main form button", has_text="Take back")

    assert list(Nomination.objects.values_list("family_name", "state")) == [("Brennock", "withdrawn")]
    assert keyboard.wrong == {}
    assert page.complaints == []
