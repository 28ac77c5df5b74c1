"""No page shows its reader a link that is closed to them or leads nowhere."""

from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

from accounts.roles import ROLES
from tests import ledgers
from tests.conftest import member_of
from tests.factories import (
    BookingFactory,
    CampaignFactory,
    CorrespondentFactory,
    InvitationFactory,
    MessageFactory,
    NominationFactory,
    RoomFactory,
    SessionFactory,
)

ALIKE = 2  # of pages with the same name so many are looked at: the first may be a special one


class Links(HTMLParser):
    """Where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append(dict(attrs).get("href") or "")


def dead_ends(client, *starts):
    """The links met on the way from ``starts`` that are not answered with a page: where, from which page, and with what."""
    waiting, seen, found = deque((start, "") for start in starts), Counter(), []
    while waiting:
        address, origin = waiting.popleft()
        response = client.get(address)
        if response.status_code >= 400:
            found.append(f"{response.status_code} {address} on {origin}")
            continue
        for link in links_of(response):
            target = urljoin(address, link)
            if is_ours(target) and is_new(target, seen):
                waiting.append((target, address))
    return found


def links_of(response):
    if response.status_code in (301, 302):
        return [response.headers["Location"]]
    if "text/html" not in response.headers.get("Content-Type", ""):
        return []
    page = Links()
    page.feed(response.content.decode())
    return page.found


def is_ours(address):
    parts = urlsplit(address)
    return not parts.netloc and parts.path.startswith("/") and not parts.path.startswith(("/fr/", "/static/"))


def is_new(address, seen):
    name = resolve(urlsplit(address).path).view_name
    seen[name] += 1
    return seen[name] <= ALIKE


@pytest.fixture
def site(registration, protected_registration):
    """A row of everything that links lead to."""
    SessionFactory(meeting=registration.meeting, room=RoomFactory(meeting=registration.meeting))
    for factory in (BookingFactory, MessageFactory, CampaignFactory, CorrespondentFactory, NominationFactory):
        factory()
    InvitationFactory(to_person=True)
    clerk = member_of("Secretariat", email="clerk@secretariat.example")
    ledgers.write_all(clerk=clerk, person=registration, hidden=protected_registration)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_member_of_staff_is_led_to_a_closed_door(site, client_of, role):
    client = client_of(member_of(role, email="reader@secretariat.example"))

    assert dead_ends(client, "/admin/", "/meetings/", "/my/") == []


def test_no_participant_is_led_to_a_closed_door(site, registration, client_of):
    assert dead_ends(client_of(registration.user), "/", "/my/") == []
