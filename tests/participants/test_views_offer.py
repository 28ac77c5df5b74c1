"""The page of an offer, opened by the link in the mail, and the button on one's own page."""

import re

import pytest
from django.utils import timezone

from correspondence.models import Message
from participants import services
from participants.models import Offer
from tests.conftest import signed_in
from tests.factories import MeetingFactory, ParticipantFactory, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(slug="strasbourg-2026", capacity=1, offer_hours=24)


@pytest.fixture
def offered(meeting):
    """Somebody to whom a place is offered by mail."""
    leaving = ParticipantFactory(meeting=meeting)
    person = ParticipantFactory(meeting=meeting, waitlisted=True)
    services.withdraw(participant=leaving, by=leaving.user)
    return person


def link(person):
    body = Message.objects.filter(kind="registration_offer", to=person.email).latest("pk").body
    return re.search(r"/(?:fr/)?registrations/offer/[^/\s]+/", body)[0]


def test_opening_the_link_changes_nothing(client, offered):
    page = client.get(link(offered))

    assert (page.status_code, page.context["is_running"]) == (200, True)
    assert Offer.objects.get().answer == ""


def test_one_click_takes_the_place_and_leads_to_an_address_without_the_token(client, offered):
    address = link(offered)

    answer = client.post(address, {"answer": "accept"})
    page = client.get(answer["Location"])

    assert (answer.status_code, page.context["sentence"]) == (303, "You have a place.")
    assert address.split("/")[-2] not in answer["Location"]


def test_one_click_says_no(client, offered):
    answer = client.post(link(offered), {"answer": "refuse"})

    assert client.get(answer["Location"]).context["sentence"] == "Your registration is withdrawn."


def test_anything_else_that_is_posted_shows_the_page(client, offered):
    assert client.post(link(offered), {"answer": "perhaps"}).status_code == 200
    assert Offer.objects.get().answer == ""


def test_a_late_answer_is_told_so_and_where_the_person_stands(client, meeting, offered):
    ParticipantFactory(meeting=meeting, waitlisted=True)
    Offer.objects.update(offered_at=in_days(-2), lapses_at=in_days(-1))

    page = client.post(link(offered), {"answer": "accept"})

    assert (page.status_code, page.context["is_running"]) == (409, False)
    assert page.context["problem"] == "The time to answer has passed, and the place was offered to the next in line."
    assert page.context["sentence"] == "You are second in line."


def test_a_link_that_a_newer_offer_replaced_says_so(client, offered):
    old = link(offered)
    Offer.objects.update(offered_at=in_days(-2), lapses_at=in_days(-1))
    services.settle_offers(timezone.now())  # alone in line, so the next offer goes to the same person

    page = client.get(old)

    assert (page.status_code, page.templates[0].name) == (410, "participants/link_unusable.html")
    assert client.post(link(offered), {"answer": "accept"}).status_code == 303


def test_the_own_page_says_until_when_and_takes_the_answer(offered):
    browser = signed_in(offered.user)
    page = browser.get("/my/strasbourg-2026/")

    assert page.context["sentence"].startswith("A place is held for you until ")
    assert page.context["options"].accept
    after = browser.post("/my/strasbourg-2026/offer/", follow=True)
    assert [str(message) for message in after.context["messages"]] == ["The place is yours."]
    assert after.context["sentence"] == "You have a place."


def test_the_own_page_takes_no_answer_without_an_offer(meeting):
    person = ParticipantFactory(meeting=meeting, waitlisted=True)

    after = signed_in(person.user).post("/my/strasbourg-2026/offer/", follow=True)

    assert [str(message) for message in after.context["messages"]] == ["No place is offered to you at the moment."]


def test_the_timeline_tells_of_offers(meeting, offered):
    Offer.objects.update(offered_at=in_days(-2), lapses_at=in_days(-1))
    services.settle_offers(timezone.now())

    titles = [event.title for event in signed_in(offered.user).get("/my/strasbourg-2026/").context["timeline"]]

    assert titles.count("A place was offered to you") == 2
    assert titles.count("The offer was not answered in time") == 1
