import datetime as dt
import json
import re

import pytest
import time_machine
from django.test import Client

from attendance.models import CheckIn, Device, Scan
from attendance.services.desk import make_device, new_opener, revoke_device
from correspondence.models import Message
from participants.models import Participant
from tests.attendance.conftest import MORNING, NOON, browser_of, scan
from tests.factories import BadgeFactory, DeviceFactory, MeetingFactory, ParticipantFactory, RoomFactory, SessionFactory

DESK = "/check-in/strasbourg-2026/"
PIN = "135790"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def opener(running, secretariat):
    return make_device(meeting=running, name="Door C", by=secretariat, pin=PIN)


def page_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def send(browser, *scans, sent_at=NOON):
    body = json.dumps({"sent_at": sent_at.isoformat(), "scans": scans})
    return browser.post(f"{DESK}scans/", body, content_type="application/json")


# --- getting in ---


def test_the_link_and_its_pin_open_the_desk(opener):
    browser = Client()
    asked = browser.get(f"{DESK}open/{opener.token}/")
    sent = browser.post(f"{DESK}open/{opener.token}/", {"pin": PIN})

    assert (asked.status_code, sent.status_code, sent.headers["Location"]) == (200, 303, DESK)
    assert browser.get(DESK).status_code == 200
    assert browser.get(f"/fr{DESK}").status_code == 200


def test_the_cookie_is_for_the_desk_alone(opener, settings):
    settings.DESK_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Secure-desk", True
    cookies = Client().post(f"{DESK}open/{opener.token}/", {"pin": PIN}).cookies
    attributes = {
        name: tuple(one[key] for key in ("path", "secure", "httponly", "samesite")) for name, one in cookies.items() if "desk" in name
    }

    assert attributes == {
        "__Secure-desk": ("/check-in/", True, True, "Strict"),
        "__Secure-desk-fr": ("/fr/check-in/", True, True, "Strict"),
    }


def test_neither_link_nor_pin_is_stored(opener):
    stored = repr(Device.objects.filter(pk=opener.device.pk).values().get())

    assert [opener.token in stored, PIN in stored] == [False, False]


def test_a_wrong_pin_opens_nothing(opener):
    browser = Client()
    sent = browser.post(f"{DESK}open/{opener.token}/", {"pin": "000000"})

    assert (sent.status_code, browser.get(DESK).status_code) == (422, 403)


def test_a_pin_is_not_guessed(opener):
    browser = Client()
    tried = [browser.post(f"{DESK}open/{opener.token}/", {"pin": f"{n:06}"}).status_code for n in range(6)]
    elsewhere = Client(REMOTE_ADDR="198.51.100.7").post(f"{DESK}open/{opener.token}/", {"pin": PIN}).status_code

    assert (tried, elsewhere) == ([422] * 5 + [429], 429)


def test_of_an_hour_ten_tries_are_left(opener):
    tried = []
    for minutes in range(0, 60, 11):
        with time_machine.travel(NOON + dt.timedelta(minutes=minutes), tick=False):
            tried += [Client().post(f"{DESK}open/{opener.token}/", {"pin": "000000"}).status_code for _n in range(5)]

    assert (tried.count(422), tried.count(429)) == (10, 20)


@pytest.mark.parametrize("days", [-3, 2])
def test_on_other_days_the_link_opens_nothing(opener, days):
    with time_machine.travel(NOON + dt.timedelta(days=days), tick=False):
        assert Client().post(f"{DESK}open/{opener.token}/", {"pin": PIN}).status_code == 404


def test_the_link_is_of_one_meeting(opener):
    MeetingFactory(slug="dublin-2017")

    assert Client().get(f"/check-in/dublin-2017/open/{opener.token}/").status_code == 404


def test_opened_elsewhere_the_first_is_out(opener):
    first, second = Client(), Client()
    for browser in (first, second):
        browser.post(f"{DESK}open/{opener.token}/", {"pin": PIN})

    assert (first.get(DESK).status_code, second.get(DESK).status_code) == (403, 200)


def test_a_revoked_device_is_out_at_once(opener, secretariat, badge):
    browser = Client()
    browser.post(f"{DESK}open/{opener.token}/", {"pin": PIN})
    revoke_device(device=opener.device, by=secretariat)

    answers = [browser.get(DESK), browser.get(f"{DESK}list.json"), send(browser, scan(badge)), browser.get(f"{DESK}open/{opener.token}/")]
    assert [one.status_code for one in answers] == [403, 403, 403, 404]
    assert (list(answers[2].json()), Scan.objects.count()) == (["gone"], 0)


def test_a_new_link_takes_the_place_of_the_old(opener, secretariat):
    browser = Client()
    browser.post(f"{DESK}open/{opener.token}/", {"pin": PIN})
    device = Device.objects.get(pk=opener.device.pk)
    fresh = new_opener(device=device, by=secretariat)

    assert (browser.get(DESK).status_code, Client().get(f"{DESK}open/{opener.token}/").status_code) == (403, 404)
    assert Client().post(f"{DESK}open/{fresh.token}/", {"pin": fresh.pin}).status_code == 303


def test_a_cookie_somebody_wrote_opens_nothing(door):
    browser = Client()
    browser.cookies["desk"] = browser.cookies["__Secure-desk"] = f"[{door.pk}, {door.session_key!r}]"

    assert browser.get(DESK).status_code == 403


def test_a_device_of_another_meeting_finds_the_door_shut(door):
    MeetingFactory(slug="dublin-2017")

    assert browser_of(door).get("/check-in/dublin-2017/").status_code == 403


def test_letting_go_ends_the_session_and_takes_the_cookies(door):
    browser = browser_of(door)
    left = browser.post(f"{DESK}leave/")

    assert (left.status_code, [one.value for one in left.cookies.values() if "desk" in one.key]) == (200, ["", ""])
    assert (Device.objects.get(pk=door.pk).session_key, browser.get(DESK).status_code) == ("", 403)


# --- staff ---


def test_staff_of_the_desk_make_one_of_their_browser(running, desk, client_of):
    browser = client_of(desk)
    offered = browser.get(DESK)
    made = browser.post(f"{DESK}here/", {"name": "Door S", "pin": "246802"})

    assert (offered.status_code, made.status_code, browser.get(DESK).status_code) == (200, 303, 200)
    assert (Device.objects.get().name, Device.objects.get().made_by) == ("Door S", desk)


def test_stale_proof_makes_no_desk(running, desk, client_of):
    answer = client_of(desk, minutes=20).post(f"{DESK}here/", {"name": "Door S", "pin": "246802"})

    assert (answer.status_code, Device.objects.count()) == (302, 0)
    assert answer.headers["Location"].endswith("?next=%2Fcheck-in%2Fstrasbourg-2026%2F")


def test_a_name_that_another_door_has_is_refused(door, desk, client_of):
    assert client_of(desk).post(f"{DESK}here/", {"name": "Door A", "pin": "246802"}).status_code == 422


def test_staff_without_second_factor_are_led_to_it(running, desk, client_of, settings):
    settings.SECOND_FACTOR_REQUIRED = True

    assert client_of(desk, factor=False).get(DESK).headers["Location"].startswith("/accounts/second-factor/")


@pytest.mark.parametrize("role", ["rapporteur", "auditor", "expert"])
def test_others_make_none(role, request, running, client_of):
    request.getfixturevalue("meeting") if role == "expert" and not running else None
    user = request.getfixturevalue(role) if role != "expert" else ParticipantFactory(meeting=running).user
    answer = client_of(user).post(f"{DESK}here/", {"name": "Door S", "pin": "246802"})

    assert (answer.status_code, Device.objects.count()) == (403, 0)


# --- the list ---


def test_the_list_is_the_least_that_works(door, badge, running):
    old = BadgeFactory(participant=badge.participant, void=True)
    gone = BadgeFactory(participant=ParticipantFactory(meeting=running, family_name="Brandt", withdrawn=True))
    answer = browser_of(door).get(f"{DESK}list.json")
    said = answer.json()
    [person] = said["people"]

    assert person[:1] + person[2:] == [badge.participant_id, "Maeve Orrin", "Ireland", "Member state"]
    assert [code in answer.content.decode() for code in (badge.code, old.code, gone.code, "Brandt", badge.participant.email)] == [False] * 5
    assert sorted(said["bad"].values()) == ["old_badge", "withdrawn"]


def test_two_devices_have_nothing_of_a_code_in_common(door, other_door, badge):
    tags = {browser_of(one).get(f"{DESK}list.json").json()["people"][0][1] for one in (door, other_door)}

    assert len(tags) == 2


def test_of_a_protected_person_the_desk_sees_the_alias(door, running):
    hidden = ParticipantFactory(meeting=running, given_name="Livia", family_name="Canary", organisation="Polizia", protected=True)
    browser = browser_of(door)
    badge = BadgeFactory(participant=hidden)
    texts = [
        browser.get(f"{DESK}list.json").content.decode(),
        send(browser, scan(badge)).content.decode(),
        browser.post(f"{DESK}enter/", {"text": f"PG:{badge.code}", "slot": MORNING}).content.decode(),
        browser.post(f"{DESK}enter/", {"text": "Expert", "slot": MORNING}).content.decode(),
    ]
    by_name = browser.post(f"{DESK}enter/", {"text": "Canary", "slot": MORNING})

    assert [("Canary" in text, "Expert K." in text) for text in texts] == [(False, True)] * 4
    assert "Nobody of that name is on the list." in page_of(by_name)


def test_the_desk_sees_name_country_category_and_nothing_else(door, badge):
    person = badge.participant
    answer = send(browser_of(door), scan(badge)).json()["answers"][0]

    assert {name: value for name, value in answer.items() if name not in {"id", "at"}} == {
        "answer": "green",
        "reason": "",
        "person": person.pk,
        "name": "Maeve Orrin",
        "where": "Ireland",
        "category": "Member state",
    }


def test_of_somebody_who_may_not_come_in_no_name_is_told(door, running):
    badge = BadgeFactory(participant=ParticipantFactory(meeting=running, family_name="Brandt", withdrawn=True))
    answer = send(browser_of(door), scan(badge))

    assert (answer.json()["answers"][0]["reason"], "Brandt" in answer.content.decode()) == ("withdrawn", False)


def test_a_closed_session_is_not_named_at_the_door(door, running):
    SessionFactory(
        meeting=running,
        room=RoomFactory(meeting=running, name_en="Room 5"),
        kind="closed",
        title_en="AlphaBay",
        starts_at=NOON,
        ends_at=NOON + dt.timedelta(hours=1),
    )
    browser = browser_of(door)
    texts = [browser.get(path).content.decode() for path in (DESK, f"{DESK}list.json")]

    assert ["AlphaBay" in text for text in texts] == [False, False]
    # Two at once are told apart by hours and room.
    assert json.loads(texts[1])["slots"][-1]["label"] == "12:02 · Closed session · Room 5"
    assert ">12:02 · Closed session · Room 5</option>" in texts[0]


def test_the_list_asks_as_often_for_one_as_for_many(door, running, django_assert_max_num_queries):
    browser = browser_of(door)

    def queries(number):
        for _n in range(number):
            BadgeFactory(participant=ParticipantFactory(meeting=running))
        with django_assert_max_num_queries(12) as asked:
            browser.get(f"{DESK}list.json")
        return len(asked)

    queries(1)  # the last contact is written
    assert queries(1) == queries(4)


# --- what is sent ---


def test_scans_are_answered_in_their_order(door, badge):
    answer = send(browser_of(door), scan(badge), {"no": "scan"}, scan(badge), scan(code="PG:" + "A" * 20_000))

    assert answer.status_code == 200
    assert [one["answer"] for one in answer.json()["answers"]] == ["green", "refused", "amber", "refused"]


def test_how_wrong_the_clock_is_is_measured_and_kept(door, badge):
    sent = NOON - dt.timedelta(minutes=7)
    send(browser_of(door), scan(badge, at=sent, offset=None), sent_at=sent)

    assert Device.objects.get(pk=door.pk).offset_ms == 7 * 60_000
    assert (Scan.objects.get().offset_ms, Scan.objects.get().at) == (7 * 60_000, NOON)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"scans": 7}',
        b"\xff\xfe",
        b'{"sent_at": "2026-09-02T10:00:00Z", "scans": [' + b"1," * 200 + b"1]}",
        b'"' + b"x" * 130_000 + b'"',
        b"[" * 50_000,
    ],
)
def test_what_is_no_batch_is_refused(door, body):
    answer = browser_of(door).post(f"{DESK}scans/", body, content_type="application/json")

    assert (answer.status_code, Scan.objects.count()) == (400, 0)


def test_a_batch_needs_the_token_of_the_site(door, badge):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = browser_of(door).cookies

    assert send(browser, scan(badge)).status_code == 403
    token = browser.get(f"{DESK}list.json").json()["token"]
    body = json.dumps({"sent_at": NOON.isoformat(), "scans": [scan(badge)]})
    assert browser.post(f"{DESK}scans/", body, content_type="application/json", headers={"X-CSRFToken": token}).status_code == 200


# --- without a program on the device ---


def test_a_code_is_answered_by_the_server(door, badge):
    answer = browser_of(door).post(f"{DESK}enter/", {"text": f"PG:{badge.code}", "slot": MORNING})

    assert "Welcome Maeve Orrin Ireland · Member state" in page_of(answer)
    assert CheckIn.objects.count() == 1


def test_somebody_is_found_by_name_without_accents_and_checked_in(door, running):
    person = ParticipantFactory(meeting=running, given_name="Łukasz", family_name="Żółć")
    browser = browser_of(door)
    found = browser.post(f"{DESK}enter/", {"text": "lukasz zolc", "slot": MORNING})
    chosen = browser.post(f"{DESK}enter/", {"person": person.pk, "slot": MORNING, "text": ""})

    assert f'name="person" value="{person.pk}"' in found.content.decode()
    assert "Welcome Łukasz Żółć" in page_of(chosen)


def test_amber_says_when_and_where(door, other_door, badge):
    send(browser_of(other_door), scan(badge, at=NOON - dt.timedelta(hours=3)))
    answer = browser_of(door).post(f"{DESK}enter/", {"text": f"PG:{badge.code}", "slot": MORNING})

    assert "Already in at 09:02, by Door B" in page_of(answer)


def test_the_last_is_undone(door, badge):
    browser = browser_of(door)
    send(browser, scan(badge))
    undone = browser.post(f"{DESK}undo/", follow=True)
    again = browser.post(f"{DESK}undo/")

    assert ("The last check-in is undone." in page_of(undone), again.status_code, CheckIn.objects.count()) == (True, 422, 0)


def test_the_half_day_of_the_venue_is_chosen(door):
    with time_machine.travel(NOON + dt.timedelta(hours=1), tick=False):
        page = browser_of(door).get(DESK).content.decode()

    assert re.findall(r'<option value="([^"]+)" selected>', page) == ["2026-09-02/pm"]


def test_the_counts_stand_on_the_page(door, badge, running):
    ParticipantFactory(meeting=running)
    room = RoomFactory(meeting=running, seats=40)
    session = SessionFactory(meeting=running, room=room, seats=30, starts_at=NOON, ends_at=NOON + dt.timedelta(hours=1))
    browser = browser_of(door)
    send(browser, scan(badge), scan(badge, slot=f"s{session.pk}"))
    found = re.findall(r'data-slot="([^"]+)">.*?data-inside>(\d+)<.*?data-of>(\d+)<', browser.get(DESK).content.decode(), flags=re.S)

    assert found == [(MORNING, "1", "2"), ("2026-09-02/pm", "0", "2"), (f"s{session.pk}", "1", "30")]


def test_the_camera_is_allowed_on_this_page_alone(door):
    browser = browser_of(door)
    allowed = {
        path: "camera=(self)" in browser.get(path).headers["Permissions-Policy"]
        for path in (DESK, f"{DESK}walk-in/", "/", f"{DESK}list.json")
    }

    assert allowed == {DESK: True, f"{DESK}walk-in/": False, "/": False, f"{DESK}list.json": False}


# --- somebody without a registration ---


@pytest.fixture
def answers(running):
    person = ParticipantFactory.build()
    known = ParticipantFactory(meeting=running)
    return {
        "given_name": "Nuala",
        "family_name": "Fallon",
        "sector": known.sector_id,
        "country": known.country_id,
        "organisation": person.organisation,
        "email": "",
    }


def walk_in(device, answers):
    return browser_of(device).post(f"{DESK}walk-in/", answers)


def test_a_device_that_gives_places_lets_a_walk_in_in(running, answers):
    device = DeviceFactory(meeting=running, confirms=True, made_at=NOON)
    page = walk_in(device, answers)
    person = Participant.objects.get(family_name="Fallon")

    assert (person.state, person.category, person.visibility) == ("confirmed", "member_state", "hidden")
    assert (Scan.objects.get().how, CheckIn.objects.get().participant) == ("walk_in", person)
    assert "Welcome Nuala Fallon" in page_of(page)


def test_a_device_that_gives_none_leaves_it_to_the_secretariat(door, answers):
    page = walk_in(door, answers)

    assert (Participant.objects.get(family_name="Fallon").state, CheckIn.objects.count()) == ("pending", 0)
    assert "This device gives no places, so the secretariat decides." in page_of(page)


def test_a_full_meeting_leaves_it_to_the_secretariat(running, answers):
    running.capacity = 1
    running.save()
    page = walk_in(DeviceFactory(meeting=running, confirms=True, made_at=NOON), answers)

    assert Participant.objects.get(family_name="Fallon").state == "pending"
    assert "No place is free. The secretariat decides." in page_of(page)


def test_where_two_officers_decide_the_door_does_not(running, answers):
    running.decides_twice = True
    running.save()
    walk_in(DeviceFactory(meeting=running, confirms=True, made_at=NOON), answers)

    assert Participant.objects.get(family_name="Fallon").state == "pending"


def test_whoever_gives_an_address_is_written_to(running, answers):
    walk_in(DeviceFactory(meeting=running, confirms=True, made_at=NOON), {**answers, "email": "Nuala@garda.example"})

    assert list(Message.objects.values_list("to", "template__kind" if hasattr(Message, "template") else "kind")) == [
        ("nuala@garda.example", "registration_confirmed")
    ]


def test_an_address_that_is_known_is_refused(door, answers, badge):
    page = walk_in(door, {**answers, "email": badge.participant.email})

    assert (page.status_code, Participant.objects.filter(family_name="Fallon").count()) == (422, 0)


def test_without_a_country_an_authority_is_asked_for_it(door, answers):
    assert walk_in(door, {**answers, "country": ""}).status_code == 422
