"""The link in the mail: what it shows, what it does, and what it says when it no longer works."""

import base64
import datetime as dt
import re

import pytest
import time_machine
from django.apps import apps

from accounts.models import User
from correspondence.delivery import deliver
from correspondence.models import Message
from participants.models import Participant, PersonalLink
from participants.services import revoke_links
from participants.views.confirm import RESULTS
from participants.views.register import RECEIPTS
from tests.corpus import case_id, cases, quoted
from tests.factories import MeetingFactory, ParticipantFactory, in_days

REGISTER = "/meetings/strasbourg-2026/register/"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def see_receipt(response):
    """The reference number in the address that a form leads to."""
    return RESULTS.unsign(response["Location"].split("/")[-2])


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

    assert [see_receipt(response) for response in (first, second)] == [Participant.objects.get().reference] * 2
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


# --- links that came into other hands ---


def test_a_used_link_shows_nothing_any_more_once_its_time_is_over(client, link):
    client.post(link)

    with time_machine.travel(in_days(8)):
        page = client.get(link)

    assert page.status_code == 410
    assert Participant.objects.get().reference not in text_of(page)


@pytest.mark.parametrize("is_used", [False, True])
def test_a_link_that_was_taken_back_opens_nothing(client, link, secretariat, is_used):
    if is_used:
        client.post(link)
    before = Participant.objects.get().state
    revoke_links(participant=Participant.objects.get(), by=secretariat)

    shown, pressed = client.get(link), client.post(link)

    assert (shown.status_code, pressed.status_code) == (410, 410)
    assert "This link was taken back" in text_of(shown)
    assert Participant.objects.get().reference not in text_of(shown)
    assert Participant.objects.get().state == before


def test_a_third_person_with_the_link_sees_little(client, link):
    """The name as typed, the meeting and the number; no address, no work, no answers."""
    page = text_of(client.get(link))

    typed_answers = ["siobhan@garda.example", "Cyber Crime Bureau", "Detective Sergeant", "An Garda Síochána", "Ireland"]
    assert [answer for answer in typed_answers if answer in page] == []


def test_after_the_button_a_third_person_sees_no_name(client, link):
    client.post(link)

    assert "Bhriain" not in text_of(client.get(link))


def test_a_link_for_another_purpose_confirms_nothing(client, link):
    PersonalLink.objects.update(purpose="something_else")

    assert (client.get(link).status_code, client.post(link).status_code) == (404, 404)
    assert Participant.objects.get().state == "unconfirmed"


def test_a_link_confirms_its_own_person_and_meeting_only(client, link, typed, last_link):
    other_meeting = MeetingFactory(slug="vienna-2025", code="CYB25", year=2025)
    client.post(f"/meetings/{other_meeting.slug}/register/", typed(step="send"))

    client.post(last_link())

    assert sorted(Participant.objects.values_list("meeting__slug", "state")) == [
        ("strasbourg-2026", "unconfirmed"),
        ("vienna-2025", "pending"),
    ]


def test_the_token_is_long_random_and_not_stored(client, link):
    token = link.split("/")[-2]

    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    rows = [row for model in apps.get_models() if model is not Message for row in model._base_manager.values()]
    assert [row for row in rows if token in str(row)] == []


def test_the_token_is_gone_from_the_outbox_once_the_mail_has_left(client, link):
    deliver(Message.objects.get().pk)

    assert link.split("/")[-2] not in str(Message.objects.values().get())


# --- receipts ---


@pytest.fixture
def receipts(client, link):
    """The two addresses without token: after sending and after confirming."""
    reference = Participant.objects.get().reference
    client.post(link)
    sent = RECEIPTS.sign_object([reference, "2026-12-01"])
    return {"sent": f"{REGISTER}sent/{sent}/", "confirmed": f"/registrations/confirmed/{RESULTS.sign(reference)}/"}


@pytest.mark.parametrize("which", ["sent", "confirmed"])
def test_a_receipt_can_be_opened_for_seven_days(client, receipts, which):
    now = client.get(receipts[which]).status_code
    with time_machine.travel(in_days(6)):
        later = client.get(receipts[which]).status_code
    with time_machine.travel(in_days(8)):
        too_late = client.get(receipts[which]).status_code

    assert (now, later, too_late) == (200, 200, 404)


@pytest.mark.parametrize("which", ["sent", "confirmed"])
def test_no_letter_of_a_receipt_can_be_changed(client, receipts, which):
    start = receipts[which].index("sent/" if which == "sent" else "confirmed/") + len(which) + 1
    altered = [
        receipts[which][:at] + ("A" if letter != "A" else "B") + receipts[which][at + 1 :]
        for at, letter in enumerate(receipts[which])
        if at >= start and letter not in "/:"
    ]

    # The last letter of each part holds two bits that say nothing.
    answers = [client.get(address).status_code for address in altered[:-1]]

    assert set(answers) == {404}


def test_a_receipt_of_one_page_does_not_open_the_other(client, receipts):
    sent, confirmed = (address.rstrip("/").rpartition("/")[2] for address in (receipts["sent"], receipts["confirmed"]))

    assert client.get(f"{REGISTER}sent/{confirmed}/").status_code == 404
    assert client.get(f"/registrations/confirmed/{sent}/").status_code == 404
