"""The link in the mail: what it shows, what it does, and what it says when it no longer works."""

import datetime as dt
import re

import pytest
import time_machine

from accounts.models import User
from correspondence.models import Message
from participants.models import Participant, PersonalLink
from tests.corpus import case_id, cases, quoted
from tests.factories import MeetingFactory, ParticipantFactory, in_days

REGISTER = "/meetings/strasbourg-2026/register/"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def link(client, meeting, typed, last_link):
    """The link mailed to Siobhán."""
    client.post(REGISTER, typed(step="send"))
    return last_link()


def test_the_page_says_who_and_what_and_has_one_button(client, link):
    page = client.get(link)

    assert page.status_code == 200
    assert "Siobhán Ní Bhriain-O&#x27;Connor" in text_of(page)
    assert "Annual meeting on drug-related cybercrime" in text_of(page)
    assert text_of(page).count("Confirm my address") == 1


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_the_link_changes_nothing(client, link, method):
    for _time in range(2):
        getattr(client, method)(link)

    assert Participant.objects.get().state == "unconfirmed"
    assert PersonalLink.objects.get().used_at is None


def test_the_button_registers_and_leads_to_an_address_without_the_token(client, link, outbox):
    response = client.post(link)

    assert response.status_code == 303
    assert link.split("/")[-2] not in response["Location"]
    participant = Participant.objects.get()
    assert participant.state == "pending"
    assert participant.user == User.objects.get(email="siobhan@garda.example")
    assert outbox() == ["registration_confirm_address", "registration_received"]
    page = client.get(response["Location"])
    assert "The secretariat is looking at your registration." in text_of(page)
    assert "Ní Bhriain" not in text_of(page)


def test_without_approval_there_is_a_place_at_once(client, link, meeting):
    meeting.needs_approval = False
    meeting.save()

    page = client.post(link, follow=True)

    assert "You have a place." in text_of(page)


def test_a_full_meeting_says_the_place_in_the_queue(client, link, meeting):
    meeting.needs_approval, meeting.capacity = False, 1
    meeting.save()
    ParticipantFactory(meeting=meeting)

    page = client.post(link, follow=True)

    assert "You are first in line." in text_of(page)


def test_pressing_twice_confirms_once(client, link, outbox):
    first = client.post(link)
    second = client.post(link)

    assert second["Location"] == first["Location"]
    assert outbox() == ["registration_confirm_address", "registration_received"]


def test_a_used_link_says_that_it_was_used(client, link):
    client.post(link)

    page = client.get(link)

    assert page.status_code == 200
    assert "Your address was confirmed already" in text_of(page)


def test_an_expired_link_is_gone_and_says_what_to_do(client, link):
    with time_machine.travel(in_days(8)):
        shown, pressed = client.get(link), client.post(link)

    assert (shown.status_code, pressed.status_code) == (410, 410)
    assert "This link has expired" in text_of(shown)
    assert Participant.objects.get().state == "unconfirmed"


def test_a_replaced_link_is_gone_and_points_to_the_newer_mail(client, link, typed, last_link):
    client.post(REGISTER, typed(step="send", function="Inspector"))

    shown, pressed = client.get(link), client.post(link)

    assert (shown.status_code, pressed.status_code) == (410, 410)
    assert "A newer link has replaced this one" in text_of(shown)
    assert client.get(last_link()).status_code == 200


@pytest.mark.parametrize("case", cases("token"), ids=case_id)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_altered_link_is_not_found(client, db, case, method):
    response = getattr(client, method)(f"/registrations/confirm/{quoted(case.payload)}/")

    assert response.status_code == 404


def test_one_letter_less_is_not_found(client, link):
    assert client.get(f"{link[:-2]}/").status_code == 404


def test_a_link_still_works_after_registration_closed(client, link, meeting):
    meeting.registration_closes_at = meeting.registration_opens_at + dt.timedelta(days=1)
    meeting.save()

    client.post(link)

    assert Participant.objects.get().state == "pending"


def test_a_protected_name_is_not_shown_to_whoever_opens_the_link(client, meeting, typed, last_link):
    client.post(REGISTER, typed(step="send", asks_protection="on"))

    page = client.get(last_link())

    assert "Bhriain" not in text_of(page)
    assert Participant.objects.get().reference in text_of(page)
    assert "Bhriain" not in Message.objects.get().body


def test_the_page_speaks_the_language_of_the_mail(client, meeting, typed, last_link):
    client.post(f"/fr{REGISTER}", typed(step="send", language="fr"))

    page = client.get(last_link())

    assert '<html lang="fr">' in page.content.decode()


@pytest.mark.parametrize("receipt", ["x", "CYB26-AAAAAAA", "CYB26-AAAAAAA:altered"])
def test_an_altered_receipt_is_not_found(client, db, receipt):
    assert client.get(f"/registrations/confirmed/{receipt}/").status_code == 404


def test_somebody_registered_under_another_address_is_not_registered_twice(client, link, meeting, outbox):
    user = User.objects.create_user("siobhan@garda.example")
    ParticipantFactory(meeting=meeting, user=user, email="siobhan.new@garda.example")

    page = client.post(link, follow=True)

    assert "You have a place." in text_of(page)
    assert Participant.objects.count() == 1
    assert outbox() == ["registration_confirm_address", "registration_known"]


def test_an_expert_who_came_before_is_no_first_timer(client, link, past_meeting):
    user = User.objects.create_user("siobhan@garda.example")
    ParticipantFactory(meeting=past_meeting, user=user, email="siobhan@garda.example")

    client.post(link)

    assert not Participant.objects.get(meeting__slug="strasbourg-2026").is_first_timer


def test_an_unfinished_form_elsewhere_is_not_touched(client, link):
    other = ParticipantFactory(meeting=MeetingFactory(), unconfirmed=True, email="siobhan@garda.example")

    client.post(link)

    other.refresh_from_db()
    assert other.state == "unconfirmed"
