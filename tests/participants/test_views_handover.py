"""The pages on which a place changes hands."""

import re

import pytest
from django.utils import timezone

from correspondence.models import Message
from participants.models import HandOver, Participant
from tests.conftest import signed_in
from tests.factories import MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.django_db

MINE = "/my/strasbourg-2026/hand-over/"
NUALA = {"family_name": "Fallon", "email": "nuala@police.example", "function": "Inspector", "language": "en"}


@pytest.fixture
def holder():
    return ParticipantFactory(meeting=MeetingFactory(slug="strasbourg-2026", capacity=1))


@pytest.fixture
def browser(holder):
    return signed_in(holder.user)


def link():
    return re.search(r"/registrations/take-over/[^/\s]+/", Message.objects.get(kind="registration_take_over").body)[0]


def said_on(page):
    return [str(message) for message in page.context["messages"]]


def test_a_place_is_handed_over_from_the_first_page_to_the_last(browser, holder, client):
    page = browser.post(MINE, NUALA, follow=True)
    assert said_on(page) == ["We have written to your colleague. You keep your place until they confirm."]
    assert page.context["running"].email == "nuala@police.example"

    form = client.get(link())
    fields = {
        name: form.context["form"][name].value() for name in ("family_name", "function", "language", "submission_key", "privacy_version")
    }
    assert "country" not in form.context["form"].fields
    said = {name: value for name, value in fields.items() if value} | {
        "listening_language": "en",
        "visibility": "full",
        "privacy_accepted": "on",
    }
    answer = client.post(link(), said)

    assert answer.status_code == 303
    assert client.get(answer["Location"]).context["sentence"] == "You have a place."
    assert Participant.objects.confirmed().get().email == "nuala@police.example"
    assert browser.get("/my/strasbourg-2026/").context["sentence"] == "Your registration is withdrawn."


def test_opening_the_link_changes_nothing(browser, client):
    browser.post(MINE, NUALA)

    assert client.get(link()).status_code == 200
    assert HandOver.objects.get().ending == ""


def test_a_form_with_mistakes_is_shown_again(browser, client):
    browser.post(MINE, NUALA)

    assert client.post(link(), {"family_name": ""}).status_code == 422


def test_a_hand_over_that_was_taken_back_leads_nowhere(browser, client):
    browser.post(MINE, NUALA)
    address = link()

    page = browser.post(MINE, {"take_back": "yes"}, follow=True)

    assert said_on(page)[-1:] == ["You keep your place. The link your colleague got no longer works."]
    assert client.get(address).status_code == 404


def test_whoever_takes_back_too_late_is_told_that_the_place_is_taken(browser, holder):
    browser.post(MINE, NUALA)
    HandOver.objects.update(ending="taken", ended_at=timezone.now())
    Participant.objects.filter(pk=holder.pk).update(state="withdrawn")

    page = browser.post(MINE, {"take_back": "yes"}, follow=True)

    assert said_on(page)[-1:] == ["Your colleague had taken the place already. Write to the secretariat if you both want to come."]


def test_a_place_that_was_lost_says_so(browser, holder, client):
    browser.post(MINE, NUALA)
    browser.post("/my/strasbourg-2026/withdraw/")

    assert client.get(link()).status_code == 410


def test_ones_own_address_is_a_mistake_of_the_form(browser, holder):
    page = browser.post(MINE, {**NUALA, "email": holder.email})

    assert (page.status_code, page.context["form"].errors["email"]) == (422, ["This is your own address. Enter that of your colleague."])


def test_whoever_has_no_place_finds_no_page(holder):
    waiting = ParticipantFactory(meeting=holder.meeting, waitlisted=True)

    assert signed_in(waiting.user).get(MINE).status_code == 404
    assert not signed_in(waiting.user).get("/my/strasbourg-2026/").context["options"].hand_over


def test_the_own_page_leads_there(browser):
    page = browser.get("/my/strasbourg-2026/")

    assert page.context["options"].hand_over
    assert MINE in page.content.decode()
