"""A meeting from its workshops to its certificates, walked in one go as the people who need it would."""

import datetime as dt
import re

import pytest

from attendance.models import Badge, Booking, CheckIn, Scan
from attendance.printing.badges import Style, badges_data
from meetings.models import Meeting, Session
from tests.browser.screen import findings, follow, press
from tests.factories import (
    CountryFactory,
    DeviceFactory,
    MeetingFactory,
    ParticipantFactory,
    RoomFactory,
    ScanFactory,
    SectorFactory,
    SessionFactory,
    publish,
)
from tests.pdf_text import texts_of
from tests.picture import png_of

PHONE, NARROWEST = 375, 320
SLUG = "strasbourg-2026"
WORKSHOPS = f"/my/{SLUG}/workshops/"


@pytest.fixture
def meeting(committed_db):
    """Under way since yesterday, with a workshop tomorrow at half past nine."""
    SectorFactory(code="police")
    CountryFactory(code="IE", member=True)
    meeting = MeetingFactory(slug=SLUG, code="CYB26", running=True)
    room = RoomFactory(meeting=meeting, name_en="Room 5", seats=30)
    begins = dt.datetime.combine(tomorrow(meeting), dt.time(9, 30), tzinfo=meeting.zone)
    SessionFactory(
        meeting=meeting,
        room=room,
        kind="workshop",
        booking="seats",
        title_en="Tokens",
        starts_at=begins,
        ends_at=begins + dt.timedelta(hours=1),
    )
    publish(meeting)
    return meeting


@pytest.fixture
def maeve(meeting):
    return ParticipantFactory(meeting=meeting, family_name="Orrin")


def tomorrow(meeting):
    return meeting.starts_on + dt.timedelta(days=2)


def downloaded(page, button):
    """The file that a button sends."""
    with page.expect_download() as one:
        page.get_by_role("button", name=button).first.click()
    return one.value.path().read_bytes()


def build_workshop(office, meeting):
    """Add it, let people book it, and publish the programme."""
    office.goto(f"/admin/meetings/meeting/{meeting.pk}/programme/")
    for name, text in (("title_en", "Parcels"), ("title_fr", "Colis"), ("starts", "09:00"), ("ends", "10:00")):
        office.fill(f"#id_add-{name}", text)
    office.select_option("#id_add-kind", "workshop")
    office.select_option("#id_add-day", tomorrow(meeting).isoformat())
    press(office, "Add")
    follow(office, "Parcels")
    office.select_option("#id_booking", "seats")
    office.fill("#id_seats", "2")
    with office.expect_navigation():
        office.click("input[name=_save]")
    office.goto(f"/admin/meetings/meeting/{meeting.pk}/programme/publish/")
    office.select_option("#id_stage", "final")
    press(office, "Publish")


def act(page, title, what):
    """Press a button of one workshop."""
    session = Session.objects.get(title_en=title)
    with page.expect_navigation():
        page.click(f'form[action$="/workshops/{session.pk}/"] button[value={what}]')


def open_door(office, open_page, meeting):
    """Make a device as the secretariat does, and open its link on a telephone."""
    office.goto("/admin/attendance/device/add/")
    office.select_option("#id_meeting", str(meeting.pk))
    office.fill("#id_name", "Door A")
    with office.expect_navigation():
        office.click("input[name=_save]")
    link, pin = office.locator("dd code").all_inner_texts()
    door = open_page(link, width=PHONE)
    door.fill("#id_pin", pin)
    door.click("#desk-pin button[type=submit]")
    door.wait_for_selector("#desk[data-kept]", state="attached", timeout=30_000)
    return door, pin


def reload_without_network(door, pin):
    door.context.set_offline(True)
    door.reload()
    door.fill("#desk-pin-again", pin)
    door.click("#desk-lock button")
    door.wait_for_selector("#desk-ways:not([hidden])", timeout=20_000)


def read_picture(door, path, colour):
    door.set_input_files("#desk-picture", path)
    door.wait_for_selector(f"#desk-answer .desk-{colour}", timeout=20_000)
    return re.sub(r"\n+", "\n", door.inner_text("#desk-answer")).split("\n")


def three_days_pass():
    """The meeting and what was recorded of it move into the past."""
    meeting, presence, ago = Meeting.objects.get(), CheckIn.objects.get(), dt.timedelta(days=3)
    Meeting.objects.update(starts_on=meeting.starts_on - ago, ends_on=meeting.ends_on - ago)
    CheckIn.objects.update(day=presence.day - ago)


def test_from_the_workshop_to_the_certificate(open_page, meeting, maeve, secretariat, tmp_path):
    office = open_page("/livez", user=secretariat)
    build_workshop(office, meeting)

    own, stale = (open_page(WORKSHOPS, user=maeve.user, width=PHONE) for _window in range(2))
    act(own, "Parcels", "take")
    act(stale, "Tokens", "take")
    assert "You have a seat in “Parcels” (09:00–10:00) at that time." in stale.inner_text("main")
    assert [booking.session.title_en for booking in Booking.objects.filter(participant=maeve).seated()] == ["Parcels"]

    office.goto(f"/admin/attendance/badge/meeting/{meeting.pk}/")
    follow(office, "Badges for all…")
    badges = downloaded(office, "Download the badges")
    assert (badges[:5], "Orrin" in " ".join(texts_of(badges))) == (b"%PDF-", True)
    picture = tmp_path / "badge.png"
    picture.write_bytes(png_of("badges", badges_data(meeting=meeting, badges=Badge.objects.all(), style=Style())))

    door, pin = open_door(office, open_page, meeting)
    reload_without_network(door, pin)
    first = read_picture(door, picture, "green")
    assert first == ["Welcome", "Maeve Orrin", "Ireland · Member state"]
    assert door.inner_text("#desk-state") == "Without network · 1 to send"
    assert CheckIn.objects.count() == 0

    door.context.set_offline(False)
    door.wait_for_selector("#desk-state:has-text('all sent')", timeout=30_000)
    chosen = door.input_value("#desk-slot")
    assert door.locator(f'#desk-figures tr[data-slot="{chosen}"] td').all_inner_texts() == ["1", "1"]
    office.goto("/admin/attendance/scan/")
    assert (office.locator("td.field-answered").all_inner_texts(), Scan.objects.get().participant) == (["Welcome"], maeve)

    office.goto(f"/admin/attendance/badge/meeting/{meeting.pk}/")
    sheet = downloaded(office, "Download the PDF")
    assert (sheet[:5], "ORRIN" in " ".join(texts_of(sheet)).upper()) == (b"%PDF-", True)

    three_days_pass()
    own.goto(f"/my/{SLUG}/certificate/")
    certificate = downloaded(own, "Certificate in English (PDF)")
    [code] = re.findall(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", " ".join(texts_of(certificate)))[:1]
    anybody = open_page("/certificates/")
    anybody.fill("input[name=code]", code)
    press(anybody, "Check")
    assert anybody.inner_text("h1") == "This certificate is valid"
    assert ("Orrin" in anybody.inner_text("main"), [one.complaints for one in (office, own, door, anybody)]) == (False, [[]] * 4)


def test_what_the_secretariat_reads_and_prints_has_no_fault(open_page, meeting, maeve, secretariat):
    badge = Badge.objects.create(participant=maeve)
    device = DeviceFactory(meeting=meeting, name="Door A")
    scan = ScanFactory(device=device, participant=maeve, badge=badge)
    ScanFactory(device=device, participant=None, answer="red", reason="unknown")
    page = open_page("/livez", user=secretariat, width=NARROWEST, color_scheme="dark")
    found = {}
    for path in (
        f"attendance/badge/print/?meeting__id__exact={meeting.pk}",
        f"attendance/badge/person/{maeve.pk}/",
        f"attendance/badge/person/{maeve.pk}/again/",
        f"attendance/badge/meeting/{meeting.pk}/",
        "attendance/scan/",
        f"attendance/scan/{scan.pk}/change/",
        f"attendance/device/{device.pk}/change/",
    ):
        page.goto(f"/fr/admin/{path}")
        if wrong := findings(page):
            found[path] = wrong
    with page.expect_navigation():
        page.get_by_role("button", name="Nouveau lien").click()
    found |= {"opener": wrong} if (wrong := findings(page)) else {}

    assert found == {}
