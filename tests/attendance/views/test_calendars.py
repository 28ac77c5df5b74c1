import re

import pytest
from icalendar import Calendar

from participants.models import Participant
from tests.factories import PartFactory, SessionFactory

pytestmark = pytest.mark.django_db

PAGE, FILE = "/my/strasbourg-2026/calendar/", "/my/strasbourg-2026/calendar.ics"


@pytest.fixture
def session(meeting):
    return SessionFactory(meeting=meeting, title_en="Opening", title_fr="Ouverture")


@pytest.fixture
def browser(client_of, expert):
    return client_of(expert)


def subscribed(browser, page=PAGE):
    """The path of a new private address."""
    response = browser.post(f"{page}subscribe/")
    return re.search(r'value="https?://[^/"]+(/[^"]+\.ics)"', response.text)[1]


def summaries(response):
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).events]


def test_file_holds_the_readers_own_sessions(browser, session):
    response = browser.get(FILE)

    assert (summaries(response), response.headers["Content-Type"]) == (["Opening"], "text/calendar; charset=utf-8")
    assert response.headers["Content-Disposition"] == 'attachment; filename="strasbourg-2026-my-calendar.ics"'


def test_page_lists_the_same(browser, session):
    assert re.findall(r'#session-(\d+)">([^<]+)</a>', browser.get(PAGE).text) == [(str(session.pk), "Opening")]


def test_address_is_shown_once_and_answers_without_signing_in(client, browser, session):
    address = subscribed(browser)

    assert summaries(client.get(address)) == ["Opening"]
    assert (address in browser.get(PAGE).text, "You have an address since" in browser.get(PAGE).text) == (False, True)


def test_address_made_on_the_french_page_speaks_french(client, browser, session):
    assert summaries(client.get(subscribed(browser, f"/fr{PAGE}"))) == ["Ouverture"]


def test_calendar_at_the_address_names_nobody(client, browser, registration, session):
    PartFactory(session=session, participant=registration)

    text = client.get(subscribed(browser)).text

    words = [registration.family_name, registration.given_name, registration.email, registration.reference]
    assert [word for word in words if word in text] == []


def test_ended_address_is_not_found(client, browser, session):
    address = subscribed(browser)

    response = browser.post(f"{PAGE}end/")

    assert (response.status_code, response.headers["Location"], client.get(address).status_code) == (303, PAGE, 404)


def test_whoever_loses_their_place_gets_an_empty_calendar(client, browser, registration, session):
    address = subscribed(browser)
    Participant.objects.filter(pk=registration.pk).update(state="withdrawn")

    assert (client.get(address).status_code, summaries(client.get(address))) == (200, [])


def test_asking_for_the_calendar_uses_nothing_up(client, browser, registration, session):
    address = subscribed(browser)
    before = list(registration.links.values())

    client.get(address)

    assert list(registration.links.values()) == before


def test_session_that_becomes_closed_changes_its_entry_and_keeps_its_identity(client, browser, session):
    address = subscribed(browser)
    before = Calendar.from_ical(client.get(address).content).events[0]

    session.kind = "closed"
    session.save()

    after = Calendar.from_ical(client.get(address).content).events[0]
    assert (before["UID"], before["SUMMARY"]) == (after["UID"], "Opening")
    assert (after["SUMMARY"], after["SEQUENCE"] > before["SEQUENCE"]) == ("Closed session", True)
    assert "Opening" not in client.get(address).text


@pytest.mark.parametrize("state", ["pending", "waitlisted", "withdrawn", "declined"])
def test_without_a_place_there_is_no_calendar(browser, registration, state):
    Participant.objects.filter(pk=registration.pk).update(state=state)

    assert [browser.get(PAGE).status_code, browser.get(FILE).status_code, browser.post(f"{PAGE}subscribe/").status_code] == [404] * 3


@pytest.mark.parametrize("action", ["subscribe/", "end/"])
def test_signed_out_meanwhile_leads_back_to_the_page(client, meeting, action):
    response = client.post(f"{PAGE}{action}")

    assert response.headers["Location"] == f"/accounts/login/?next={PAGE}"
