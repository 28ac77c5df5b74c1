"""The desk at the door in a real browser: it goes on with the network off, a reload included, and is right again afterwards."""

import datetime as dt
import re

import pytest
import segno
from django.utils import timezone

from attendance.models import CheckIn, Device, Scan
from attendance.printing.badges import Style, badges_data
from attendance.services.desk import make_device, revoke_device
from tests.browser.screen import findings, overflow
from tests.factories import BadgeFactory, MeetingFactory, ParticipantFactory
from tests.picture import png_of

PIN = "135790"
# Everything in the device's store and caches, as text.
KEPT = """async () => {
  const result = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const db = await result(indexedDB.open('desk'));
  const rows = await result(db.transaction('kept').objectStore('kept').getAll());
  const text = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
    if (value instanceof CryptoKey) return `key ${value.extractable}`;
    return value && typeof value === 'object' ? Object.values(value).map(text).join(' ') : String(value);
  };
  const pages = await Promise.all((await (await caches.open('desk')).matchAll()).map((one) => one.text()));
  return rows.map(text).join(' ') + pages.join(' ');
}"""
DESK = "/check-in/strasbourg-2026/"


@pytest.fixture
def running(committed_db):
    return MeetingFactory(slug="strasbourg-2026", running=True)


@pytest.fixture
def badge(running):
    return BadgeFactory(participant=ParticipantFactory(meeting=running, family_name="Orrin"))


@pytest.fixture
def opener(running):
    return make_device(meeting=running, name="Door A", by=None, pin=PIN)


@pytest.fixture
def picture(badge, tmp_path):
    path = tmp_path / "badge.png"
    segno.make(badge.payload if hasattr(badge, "payload") else f"PG:{badge.code}", micro=False).save(str(path), scale=8, border=4)
    return path


def open_desk(open_page, opener, *, width=375, prefix=""):
    page = open_page(f"{prefix}{DESK}open/{opener.token}/", width=width)
    page.fill("#id_pin", PIN)
    page.click("#desk-pin button[type=submit]")
    page.wait_for_selector("#desk[data-kept]", state="attached", timeout=20_000)
    return page


def answer(page, colour):
    page.wait_for_selector(f"#desk-answer .desk-{colour}", timeout=15_000)
    return re.sub(r"\n+", "\n", page.inner_text("#desk-answer"))


def test_it_goes_on_with_the_network_off(open_page, opener, badge, picture):
    page = open_desk(open_page, opener)
    assert re.search(r"With network · all sent", page.inner_text("#desk-state"))
    page.context.set_offline(True)

    page.reload()
    page.fill("#desk-pin-again", "000000")
    page.click("#desk-lock button")
    page.wait_for_selector("#desk-pin-again.is-invalid", timeout=15_000)
    page.fill("#desk-pin-again", PIN)
    page.click("#desk-lock button")
    page.wait_for_selector("#desk-ways:not([hidden])", timeout=15_000)
    page.set_input_files("#desk-picture", picture)
    first = answer(page, "green")
    page.set_input_files("#desk-picture", picture)
    second = answer(page, "amber")
    state = page.inner_text("#desk-state")
    nobody_yet = CheckIn.objects.count()

    page.context.set_offline(False)
    page.wait_for_selector("#desk-state[data-online=true]", timeout=30_000)
    page.wait_for_selector("#desk-state:has-text('all sent')", timeout=30_000)

    assert first.split("\n") == ["Welcome", "Maeve Orrin", "Ireland · Member state"]
    assert re.search(r"^Already in\nMaeve Orrin\nIreland · Member state\nAlready in at \d\d:\d\d, by Door A$", second)
    assert (state, nobody_yet) == ("Without network · 2 to send", 0)
    assert sorted(Scan.objects.values_list("answer", flat=True)) == ["amber", "green"]
    assert CheckIn.objects.get().participant == badge.participant
    current = page.input_value("#desk-slot")
    assert page.locator(f'#desk-figures tr[data-slot="{current}"] td').all_inner_texts() == ["1", "1"]
    assert page.complaints == []


def test_what_stays_on_the_device_is_not_readable(open_page, opener, badge):
    page = open_desk(open_page, opener)
    kept = page.evaluate(KEPT)

    assert "key false" in kept
    assert [word in kept for word in ("Orrin", badge.code, "key true", PIN)] == [False] * 4


def test_a_name_is_found_without_network_and_undone(open_page, opener, badge):
    page = open_desk(open_page, opener)
    page.context.set_offline(True)
    page.fill("#desk-text", "órrin")
    page.click("text=Maeve Orrin")
    answer(page, "green")
    page.click("#desk-undo button")
    page.wait_for_selector("#desk-answer:has-text('undone')")
    page.context.set_offline(False)
    page.wait_for_selector("#desk-state:has-text('all sent')", timeout=30_000)

    assert Scan.objects.get().undone_at is not None
    assert CheckIn.objects.count() == 0


def test_a_scanner_types_and_presses_enter(open_page, opener, badge):
    page = open_desk(open_page, opener)
    page.fill("#desk-text", f"PG:{badge.code}")
    with page.expect_response("**/scans/"):
        page.keyboard.press("Enter")

    assert answer(page, "green").split("\n")[1] == "Maeve Orrin"
    page.wait_for_selector("#desk-state:has-text('all sent')", timeout=15_000)
    assert CheckIn.objects.count() == 1


def test_of_a_sheet_of_badges_nobody_is_let_in_by_chance(open_page, opener, badge, running, tmp_path):
    badges = [badge, *(BadgeFactory(participant=ParticipantFactory(meeting=running)) for _more in range(3))]
    sheet = tmp_path / "sheet.png"
    sheet.write_bytes(png_of("badges", badges_data(meeting=running, badges=badges, style=Style())))
    page = open_desk(open_page, opener)
    page.set_input_files("#desk-picture", sheet)

    assert answer(page, "red") == "Several badges are in this picture. Take one of a single badge."
    assert Scan.objects.count() == 0


def test_registering_somebody_without_network_says_that_it_needs_one(open_page, opener):
    page = open_desk(open_page, opener)
    page.context.set_offline(True)
    page.click("#desk-walk-in")
    refused = answer(page, "red")
    page.context.set_offline(False)
    page.click("#desk-walk-in")
    page.wait_for_url("**/walk-in/")

    assert refused.split("\n")[0] == "This needs the network"


def test_the_list_is_erased_at_the_end_without_network_too(open_page, opener, badge):
    page = open_desk(open_page, opener)
    page.clock.set_fixed_time(Device.objects.get().ends_at + dt.timedelta(minutes=1))
    page.context.set_offline(True)
    page.wait_for_selector("#desk-work:has-text('The meeting is over.')", timeout=15_000)

    assert "Orrin" not in page.inner_text("body")
    assert page.evaluate("() => indexedDB.databases().then((all) => all.length)") == 0
    assert page.evaluate("() => caches.keys()") == []


def test_a_device_sounds_when_it_was_told_to_also_after_a_reload(open_page, opener, badge):
    page = open_desk(open_page, opener)
    page.check("#desk-sound")
    page.reload()
    page.fill("#desk-pin-again", PIN)
    page.click("#desk-lock button")
    page.wait_for_selector("#desk-ways:not([hidden])", timeout=15_000)
    page.evaluate(
        "() => { const start = OscillatorNode.prototype.start; window.tones = []; "
        "OscillatorNode.prototype.start = function () { tones.push(this.frequency.value); start.call(this); }; }"
    )
    for colour in ("green", "amber"):
        page.fill("#desk-text", f"PG:{badge.code}")
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.keyboard.press("Enter")
        answer(page, colour)
        page.get_by_text("all sent").wait_for()
        page.wait_for_timeout(200)  # until the server's word on it is shown, which says nothing new
    page.uncheck("#desk-sound")
    page.fill("#desk-text", "PG:" + "0" * 32)
    page.keyboard.press("Enter")
    answer(page, "red")

    assert page.evaluate("() => tones") == [880, 520]


def test_two_doors_without_network_are_not_both_first(open_page, opener, badge, running):
    other = make_device(meeting=running, name="Door B", by=None, pin=PIN)
    doors = [open_desk(open_page, one) for one in (opener, other)]
    for page in doors:
        page.context.set_offline(True)
        page.fill("#desk-text", f"PG:{badge.code}")
        page.keyboard.press("Enter")
        answer(page, "green")
    for page in doors:
        page.context.set_offline(False)
        page.wait_for_selector("#desk-state:has-text('all sent')", timeout=30_000)

    assert sorted(Scan.objects.values_list("answer", flat=True)) == ["amber", "green"]
    shown = sorted(page.get_attribute("#desk-answer > div", "class") for page in doors)
    assert shown == ["desk-answer desk-amber", "desk-answer desk-green"]


def test_a_revoked_device_erases_itself(open_page, opener, badge):
    page = open_desk(open_page, opener)
    revoke_device(device=Device.objects.get(), by=None, at=timezone.now())
    page.fill("#desk-text", f"PG:{badge.code}")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('No access to the desk')", timeout=15_000)
    for _again in range(50):
        if not page.evaluate("() => indexedDB.databases().then((all) => all.length)"):
            break
        page.wait_for_timeout(200)

    assert page.evaluate("() => indexedDB.databases().then((all) => all.length)") == 0
    assert Scan.objects.count() == 0


def test_a_link_from_elsewhere_does_not_erase_a_desk_that_works(open_page, opener):
    page = open_desk(open_page, opener)
    page.goto("about:blank")
    page.set_content(f'<a href="{opener_url(page)}">go</a>')
    page.click("a")
    page.wait_for_selector("#desk-lock:not([hidden])", timeout=15_000)


def opener_url(page):
    from django.conf import settings

    return f"{settings.BASE_URL}{DESK}"


@pytest.mark.parametrize(("prefix", "scheme"), [("", "light"), ("/fr", "dark")])
def test_nothing_is_wrong_with_it_on_the_narrowest_phone(open_page, opener, badge, prefix, scheme):
    page = open_desk(open_page, opener, width=320, prefix=prefix)
    page.emulate_media(color_scheme=scheme)
    found = []
    for colour, text in (("green", f"PG:{badge.code}"), ("amber", f"PG:{badge.code}"), ("red", "PG:" + "0" * 32)):
        page.fill("#desk-text", text)
        page.keyboard.press("Enter")
        answer(page, colour)
        found += findings(page)
        found += [overflow(page)] if overflow(page) else []

    assert found == []
