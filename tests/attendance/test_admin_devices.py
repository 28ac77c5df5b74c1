import datetime as dt
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from attendance.models import Device
from tests.factories import DeviceFactory, MeetingFactory

LIST = "/admin/attendance/device/"


@pytest.fixture
def running(db):
    return MeetingFactory(slug="strasbourg-2026", running=True)


def shown(response):
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<dd><code>(.*?)</code></dd>", response.content.decode())]


def test_link_and_pin_are_shown_once_and_open_the_desk(client_of, secretariat, running):
    made = client_of(secretariat).post(f"{LIST}add/", {"meeting": running.pk, "name": "Door A", "confirms": "on"})
    link, pin = shown(made)
    device = Device.objects.get()
    page = client_of(secretariat).get(f"{LIST}{device.pk}/change/").content.decode()

    assert (device.name, device.confirms, device.made_by) == ("Door A", True, secretariat)
    assert "<svg" in made.content.decode()
    assert [text in page for text in (link, pin)] == [False, False]
    assert Client().post(link.split("testserver")[-1].split("8000")[-1], {"pin": pin}).status_code == 303


def test_a_new_link_is_made_and_leaves_a_trace(client_of, secretariat, running):
    device = DeviceFactory(meeting=running)
    _link, pin = shown(client_of(secretariat).post(f"{LIST}{device.pk}/renew/"))

    assert (len(pin), Device.objects.get().session_key) == (6, "")
    assert LogEntry.objects.get().change_message == "Link and PIN made anew."


def test_access_is_ended_and_not_given_back(client_of, secretariat, running):
    device = DeviceFactory(meeting=running)
    browser = client_of(secretariat)
    browser.post(f"{LIST}{device.pk}/revoke/")
    again = browser.post(f"{LIST}{device.pk}/renew/")

    assert (Device.objects.get().revoked_at is not None, again.status_code) == (True, 302)


def test_stale_proof_makes_no_link(client_of, secretariat, running):
    device = DeviceFactory(meeting=running)
    browser = client_of(secretariat, minutes=20)
    answers = [
        browser.get(f"{LIST}add/"),
        browser.post(f"{LIST}add/", {"meeting": running.pk, "name": "Door Z"}),
        browser.post(f"{LIST}{device.pk}/renew/"),
    ]

    assert [answer.headers.get("Location", "")[:24] for answer in answers] == ["/accounts/reauthenticate"] * 3
    assert (Device.objects.get().token_hash, Device.objects.get().session_key) == (device.token_hash, device.session_key)


def test_stale_proof_still_ends_access(client_of, secretariat, running):
    device = DeviceFactory(meeting=running)
    client_of(secretariat, minutes=20).post(f"{LIST}{device.pk}/revoke/")

    assert Device.objects.get().revoked_at is not None


def test_a_device_stays_at_its_meeting(client_of, secretariat, running):
    device, other = DeviceFactory(meeting=running, name="Door A"), MeetingFactory()
    client_of(secretariat).post(f"{LIST}{device.pk}/change/", {"meeting": other.pk, "name": "Door Z"})

    assert (Device.objects.get().meeting, Device.objects.get().name) == (running, "Door Z")


def test_whoever_does_not_decide_lets_no_door_decide(client_of, secretariat, running):
    from django.contrib.auth.models import Permission

    lesser = DeviceFactory(meeting=running, name="Door A")
    secretariat.groups.clear()
    secretariat.user_permissions.set(Permission.objects.filter(codename__in=["view_device", "change_device", "add_device"]))
    client_of(secretariat).post(f"{LIST}{lesser.pk}/change/", {"name": "Door A", "confirms": "on"})

    assert Device.objects.get().confirms is False


def test_the_list_says_how_a_device_stands(client_of, secretariat, running):
    DeviceFactory(meeting=running, offset_ms=4 * 60_000)
    DeviceFactory(meeting=running, offset_ms=-60_000 * 3, revoked_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    page = client_of(secretariat).get(f"{LIST}?meeting__id__exact={running.pk}").content.decode()
    cells = re.findall(r'class="field-(standing|clock_error)">([^<]+)<', page)

    assert sorted(words for _column, words in cells) == ["3 min fast", "4 min slow", "access ended", "works"]
