"""Who was there, seen and corrected by somebody with a keyboard: on a desktop in English, on a telephone in French."""

import pytest

from attendance.models import CheckIn
from tests.browser.keyboard import Keyboard
from tests.browser.screen import findings
from tests.factories import CheckInFactory, CountryFactory, MeetingFactory, ParticipantFactory, SectorFactory

LOOKS = [("", 1280, "Apol"), ("/fr", 320, "Excu")]


@pytest.fixture
def meeting(committed_db):
    SectorFactory(code="police")
    CountryFactory(code="IE", member=True)
    return MeetingFactory(slug="strasbourg-2026", code="CYB26")


@pytest.fixture
def missing(meeting):
    """One of two; the other was let in at the door."""
    CheckInFactory(participant__meeting=meeting, place="Main entrance")
    return ParticipantFactory(meeting=meeting, family_name="Orrin")


@pytest.mark.parametrize(("prefix", "width", "status"), LOOKS)
def test_an_apology_is_recorded_with_its_reason_and_can_be_read_afterwards(open_page, secretariat, missing, prefix, width, status):
    address = f"{prefix}/admin/attendance/checkin/?meeting={missing.meeting_id}"
    page = open_page(address, user=secretariat, width=width, reduced_motion="reduce")
    keyboard, found = Keyboard(page), [findings(page)]

    keyboard.tick(f"#tick-{missing.pk}")
    keyboard.tab_to("#id_status")
    page.keyboard.type(status)
    keyboard.press(".pg-by-hand button")
    page.wait_for_function("document.activeElement.id == 'error-summary'")
    found.append(findings(page))
    keyboard.type("#id_reason", "Wrote on Monday.")
    keyboard.press(".pg-by-hand button")
    found.append(findings(page))
    keyboard.press("tbody th a", has_text="Orrin")
    found.append(findings(page))

    assert list(CheckIn.objects.filter(participant=missing).values_list("status", "reason")) == [("apologised", "Wrote on Monday.")]
    assert "Wrote on Monday." in page.inner_text("table")
    assert found == [{}, {}, {}, {}]
    assert keyboard.wrong == {}
