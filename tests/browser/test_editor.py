"""The programme as the secretariat makes it: a workshop from nothing with a keyboard, a clash explained, a version published."""

import pytest

from meetings.models import ProgrammeVersion, Session
from tests.browser.keyboard import Keyboard
from tests.browser.screen import clipped, findings
from tests.factories import BookingFactory, MeetingFactory, PartFactory, ParticipantFactory, RoomFactory, SessionFactory, publish

LONG = "Wolfeschlegelsteinhausenbergerdorff"
LOOKS = [("", 1280), ("/fr", 320)]


@pytest.fixture
def meeting(committed_db):
    """A day ahead with a published opening, a talk that was moved onto it in the same room since, and what was cancelled."""
    meeting = MeetingFactory(slug="ahead")
    hall = RoomFactory(meeting=meeting, name_en="Main hall", name_fr="Grande salle", seats=120)
    opening = SessionFactory(meeting=meeting, room=hall, title_en="Opening", title_fr="Ouverture")
    talk = SessionFactory(meeting=meeting, room=hall, title_en=f"Talk {LONG}", title_fr="", starts_at=opening.ends_at, booking="seats")
    SessionFactory(meeting=meeting, room=hall, title_en="Cancelled talk", title_fr="", is_cancelled=True)
    publish(meeting)
    person = ParticipantFactory(meeting=meeting, withdrawn=True, given_name="Maeve", family_name="Orrin")
    PartFactory(session=opening, participant=person)
    BookingFactory(session=talk)
    talk.starts_at = opening.starts_at
    talk.save()
    return meeting


def wrong(page):
    return {**findings(page), **({"cut off": clipped(page)} if clipped(page) else {})}


@pytest.mark.parametrize(("prefix", "width"), LOOKS)
def test_pages_of_the_programme_have_no_fault(open_page, meeting, secretariat, prefix, width):
    base = f"{prefix}/admin/meetings/meeting/{meeting.pk}/programme/"
    page = open_page(base, user=secretariat, width=width)
    found = [wrong(page)]
    source = MeetingFactory(slug="before", year=2020)
    SessionFactory(meeting=source, title_en=f"Old talk {LONG}", title_fr="")

    for address in (
        f"{base}publish/",
        f"{base}copy/?source={source.pk}",
        f"{prefix}/admin/meetings/session/{meeting.sessions.first().pk}/change/",
    ):
        page.goto(address)
        found.append(wrong(page))

    assert found == [{}] * 4


def test_workshop_is_built_from_nothing_and_published_by_keyboard(open_page, meeting, secretariat):
    page = open_page(f"/admin/meetings/meeting/{meeting.pk}/programme/", user=secretariat)
    hands = Keyboard(page)

    hands.type("#id_add-title_en", "Parcels")
    hands.tab_to("#id_add-kind")
    page.keyboard.type("Wo")
    hands.type("#id_add-starts", "0930AM")
    hands.type("#id_add-ends", "1045AM")
    hands.tab_to("#id_add-room")
    page.keyboard.type("Main")
    hands.press("button", has_text="Add")
    workshop = Session.objects.get(title_en="Parcels")
    row = page.locator(f"#session-{workshop.pk}")
    told = row.locator(".pg-plan-clashes li").all_inner_texts()

    hands.tab_to(f"#id_s{workshop.pk}-starts")
    page.keyboard.type("1100AM")
    hands.tab_to(f"#id_s{workshop.pk}-ends")
    page.keyboard.type("1200PM")
    hands.press("button", has_text="Save hours and rooms")
    later = row.locator(".pg-plan-clashes").count()

    hands.press("a.button", has_text="Publish")
    hands.press("button", has_text="Publish")

    assert (workshop.kind, workshop.room.name_en, told[0]) == (
        "workshop",
        "Main hall",
        "Main hall is taken at that time by “Opening”, 09:00–10:00.",
    )
    assert (later, hands.wrong, page.complaints) == (0, {}, [])
    kept = ProgrammeVersion.objects.first()
    assert [session["title_en"] for session in kept.snapshot if not session["is_cancelled"]][-1] == "Parcels"
    assert "Provisional, revision 2 is kept; 1 person is told by mail." in page.inner_text(".messagelist")
