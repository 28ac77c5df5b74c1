"""Decisions about one or many: what changes, what is said, who may."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from correspondence.models import Message
from participants.admin import decisions
from participants.models import Participant
from tests.participants.admin.conftest import LIST

ORDER = list(decisions.DECISIONS)


@pytest.fixture
def press(office):
    """Press a button above the list with these people ticked; returns the page that follows."""

    def act(key, *people, query="", **more):
        ticked = {"index": ORDER.index(key), "action": ORDER, "select_across": 0, "_selected_action": [p.pk for p in people]}
        return office.post(f"{LIST}?{query}", {**ticked, **more}, follow=True)

    return act


@pytest.fixture
def answer(office):
    """Send the page that asks before a decision."""

    def act(key, *people, reason="", query="", back="list"):
        data = {"asked": 1, "people": [p.pk for p in people], "reason": reason, "back": back}
        return office.post(f"{LIST}decide/{key}/?{query}", data, follow=True)

    return act


def states(*people):
    return [Participant.objects.get(pk=one.pk).state for one in people]


def test_approve_gives_places_and_says_how_many(press, person, said):
    people = person("A", pending=True), person("B", waitlisted=True)

    page = press("approve", *people)

    assert states(*people) == ["confirmed", "confirmed"]
    assert said(page) == ["2 people have a place now."]
    assert sorted(Message.objects.values_list("reference", flat=True)) == sorted(one.reference for one in people)


def test_approve_says_who_could_not_be_and_why(press, person, said):
    new, here, gone = person("New", pending=True), person("Here"), person("Gone", withdrawn=True)

    page = press("approve", new, here, gone)

    assert states(new, here, gone) == ["confirmed", "confirmed", "withdrawn"]
    assert said(page) == [
        "1 person has a place now.",
        f"1 person could not be approved. Not possible in the status “Confirmed”. Here ({here.reference}).",
        f"1 person could not be approved. Not possible in the status “Withdrawn”. Gone ({gone.reference}).",
    ]


def test_somebody_on_hold_is_not_swept_along(press, person, said):
    people = person("A", pending=True), person("B", pending=True, mark=Participant.Mark.HOLD)

    page = press("approve", *people)

    assert states(*people) == ["confirmed", "pending"]
    assert said(page) == [
        "1 person has a place now.",
        f"1 person could not be approved. On hold: decide it on its own page, or take it off hold first. B ({people[1].reference}).",
    ]


def test_somebody_on_hold_is_decided_alone(press, person):
    alone = person("B", pending=True, mark=Participant.Mark.HOLD)

    press("approve", alone)

    assert states(alone) == ["confirmed"]


def test_approve_when_full_queues_those_who_were_pending(press, meeting, person, said):
    meeting.capacity = 1
    meeting.save()
    person("Here")
    late = person("Late", pending=True)

    page = press("approve", late)

    assert states(late) == ["waitlisted"]
    assert said(page) == [f"1 person was put on the waiting list, because no place is free: Late ({late.reference})."]


def test_approve_when_full_leaves_those_who_waited(press, meeting, person, said):
    meeting.capacity = 1
    meeting.save()
    person("Here")
    waiting = person("Waiting", waitlisted=True)

    page = press("approve", waiting)

    assert states(waiting) == ["waitlisted"]
    assert said(page) == [f"1 person could not be approved. No place is free. Waiting ({waiting.reference})."]


def test_last_place_goes_to_who_is_first_in_line(press, meeting, person):
    meeting.capacity = 1
    meeting.save()
    merchant = person("Merchant", pending=True, category="private_sector")
    officer = person("Officer", pending=True)

    press("approve", merchant, officer)

    assert states(merchant, officer) == ["waitlisted", "confirmed"]


def test_put_on_the_waiting_list(press, person, said):
    one = person("A", pending=True)

    page = press("waitlist", one)

    assert states(one) == ["waitlisted"]
    assert said(page) == ["1 person is on the waiting list now."]


def test_reopen(press, person, said):
    people = person("A", declined=True), person("B", withdrawn=True)

    page = press("reopen", *people)

    assert states(*people) == ["pending", "pending"]
    assert said(page) == ["2 registrations are open again."]


@pytest.mark.parametrize("key", ["decline", "withdraw"])
def test_what_cannot_be_undone_is_asked_first(press, person, key):
    one, other = person("A", pending=True), person("B")

    page = press(key, one, other)

    assert states(one, other) == ["pending", "confirmed"]
    assert [person.family_name for person in page.context["possible"]] == ["A", "B"]


def test_page_that_asks_names_those_it_will_not_touch(press, person):
    page = press("decline", person("A", pending=True), person("B", withdrawn=True))

    assert page.context["title"] == "Decline this registration?"
    assert [one.family_name for one in page.context["impossible"]] == ["B"]


def test_nothing_is_asked_when_nobody_can_be_declined(press, person, said):
    gone = person("Gone", withdrawn=True)

    page = press("decline", gone)

    assert said(page) == [f"1 registration could not be declined. Not possible in the status “Withdrawn”. Gone ({gone.reference})."]


def test_decline_needs_a_reason(answer, person):
    one = person("A", pending=True)

    page = answer("decline", one, reason=" ")

    assert states(one) == ["pending"]
    assert page.context["form"].errors == {"reason": ["Please give a reason."]}
    assert "<title>Error: Decline this registration?" in page.text


def test_decline_sends_the_reason(answer, person, said):
    people = person("A", pending=True), person("B")

    page = answer("decline", *people, reason="Places for this category are limited.")

    assert states(*people) == ["declined", "declined"]
    assert said(page) == ["2 registrations were declined."]
    assert ["Places for this category are limited." in message.body for message in Message.objects.all()] == [True, True]


def test_hostile_reason_is_an_error_beside_the_field(answer, person):
    one = person("A", pending=True)

    page = answer("decline", one, reason="No\x1b[31m place")

    assert states(one) == ["pending"]
    assert page.context["form"]["reason"].value() == "No\x1b[31m place"


def test_withdraw_on_somebodys_behalf_needs_no_reason(answer, person, said):
    one = person("A")

    page = answer("withdraw", one)

    assert states(one) == ["withdrawn"]
    assert said(page) == ["1 registration was withdrawn."]


def test_place_that_comes_free_goes_to_the_next_in_line(answer, meeting, person):
    meeting.capacity = 1
    meeting.save()
    leaving, waiting = person("Leaving"), person("Waiting", waitlisted=True)

    answer("withdraw", leaving)

    assert states(leaving, waiting) == ["withdrawn", "confirmed"]


def test_list_comes_back_as_it_was_filtered(answer, press, person):
    one = person("A", pending=True)

    asking = press("decline", one, query="state__exact=pending")
    after = answer("decline", one, reason="No place.", query="state__exact=pending")

    assert asking.context["cancel_address"] == f"{LIST}?state__exact=pending"
    assert after.redirect_chain == [(f"{LIST}?state__exact=pending", 302)]


def test_everybody_on_all_pages_can_be_chosen(press, person, monkeypatch):
    monkeypatch.setattr("participants.admin.participants.ParticipantAdmin.list_per_page", 1)
    people = person("A", pending=True), person("B", pending=True), person("C", waitlisted=True)

    press("approve", people[0], query="state__exact=pending", select_across=1)

    assert states(*people) == ["confirmed", "confirmed", "waitlisted"]


def test_too_many_at_once_change_nothing(press, person, said, monkeypatch):
    monkeypatch.setattr(decisions, "MOST_AT_ONCE", 1)
    people = person("A", pending=True), person("B", pending=True)

    page = press("approve", *people)

    assert states(*people) == ["pending", "pending"]
    assert said(page) == ["Choose at most 1 people at a time. Nothing was changed."]


def test_first_few_are_named_and_the_rest_counted(press, person, said, monkeypatch):
    monkeypatch.setattr(decisions, "MOST_NAMED", 1)
    first = person("A", withdrawn=True)
    second = person("B", withdrawn=True, registered_at=first.registered_at + dt.timedelta(hours=1))

    page = press("approve", second, first)

    assert said(page) == [f"2 people could not be approved. Not possible in the status “Withdrawn”. A ({first.reference}), 1 more."]


def test_protected_people_are_told_of_by_what_all_may_see(press, protected_registration, said):
    page = press("approve", protected_registration)

    assert said(page) == [
        f"1 person could not be approved. Not possible in the status “Confirmed”. Expert K. ({protected_registration.reference})."
    ]


def test_history_records_who_decided(press, person, secretariat):
    one = person("A", pending=True)

    press("approve", one)

    assert one.history.first().history_user == secretariat


def test_decisions_leave_no_line_in_the_admins_own_trail(press, person):
    press("approve", person("A", pending=True))

    assert LogEntry.objects.count() == 0


def test_button_on_the_page_decides_and_comes_back(office, person, said):
    one = person("A", pending=True)

    page = office.post(f"{LIST}decide/approve/", {"people": one.pk, "back": "page"}, follow=True)

    assert page.redirect_chain == [(f"{LIST}{one.pk}/change/", 302)]
    assert (states(one), said(page)) == (["confirmed"], ["1 person has a place now."])


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        ("unconfirmed", []),
        ("pending", ["approve", "waitlist", "decline", "withdraw", "hold"]),
        ("confirmed", ["decline", "withdraw"]),
        ("waitlisted", ["approve", "decline", "withdraw"]),
        ("declined", ["withdraw", "reopen"]),
        ("withdrawn", ["reopen"]),
    ],
)
def test_page_offers_what_is_possible(office, person, state, buttons):
    one = person("A", **{state: True})

    assert [decision.key for decision in office.get(f"{LIST}{one.pk}/change/").context["buttons"]] == buttons


@pytest.mark.parametrize("role", ["host_liaison", "desk", "rapporteur", "auditor", "expert"])
@pytest.mark.parametrize("key", ORDER)
def test_others_cannot_decide(request, client_of, person, role, key):
    one = person("A", pending=True)
    browser = client_of(request.getfixturevalue(role))

    response = browser.post(f"{LIST}decide/{key}/", {"people": one.pk, "asked": 1, "reason": "No."}, follow=True)

    assert (response.status_code, states(one)) == (403, ["pending"])


def test_list_shows_no_buttons_to_those_who_cannot_decide(client_of, auditor, person):
    person("A", pending=True)

    assert 'name="_selected_action"' not in client_of(auditor).get(LIST).text


def test_decisions_are_never_taken_by_following_a_link(office, person):
    one = person("A", pending=True)

    response = office.get(f"{LIST}decide/approve/?people={one.pk}")

    assert (response.status_code, states(one)) == (302, ["pending"])


@pytest.mark.parametrize("people", ["x", "9" * 40, "", "-1", "٣"])
def test_people_who_do_not_exist_are_left_out(office, meeting, people):
    response = office.post(f"{LIST}decide/approve/", {"people": people})

    assert (response.status_code, response["Location"]) == (302, LIST)


def test_decision_that_does_not_exist(office, meeting):
    assert office.post(f"{LIST}decide/promote/", {"people": 1}).status_code == 404
