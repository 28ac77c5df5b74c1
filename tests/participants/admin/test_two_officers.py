"""Two officers in the back office: one proposes, another confirms or sends back, for one or for many."""

import pytest

from participants import services
from participants.models import Participant, Step
from tests.conftest import member_of
from tests.participants.admin.conftest import LIST

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(client_of):
    """The browser of a colleague."""
    return client_of(member_of("Secretariat", email="second@secretariat.example", name="Second officer"))


@pytest.fixture(autouse=True)
def twice(meeting):
    meeting.decides_twice = True
    meeting.save()


def decide(browser, key, *people, **more):
    return browser.post(f"{LIST}decide/{key}/", {"people": [one.pk for one in people], **more}, follow=True)


def states(*people):
    return [Participant.objects.get(pk=one.pk).state for one in people]


def test_approving_proposes_and_a_colleague_confirms_many(office, second, person, said):
    people = [person("A", pending=True), person("B", pending=True)]

    proposed = decide(office, "approve", *people)
    before = states(*people)
    asked = decide(second, "agree", *people)
    done = decide(second, "agree", *people, asked=1)

    assert said(proposed) == ["2 proposals wait for another officer."]
    assert before == ["pending", "pending"]
    assert asked.context["title"] == "Confirm 2 proposals?"
    assert said(done) == ["2 proposals are carried out."]
    assert states(*people) == ["confirmed", "confirmed"]


def test_ones_own_proposal_is_not_confirmed(office, person, said):
    one = person("A", pending=True)
    decide(office, "approve", one)

    page = decide(office, "agree", one, asked=1)

    assert said(page) == [
        f"1 proposal could not be confirmed. You proposed this yourself; another officer confirms it. A ({one.reference})."
    ]
    assert states(one) == ["pending"]


def test_a_refusal_is_proposed_with_its_reason_and_sent_back_with_another(office, second, person, said):
    one = person("A", pending=True)

    decide(office, "decline", one, asked=1, reason="No place.")
    page = decide(second, "send_back", one, asked=1, reason="They speak on Tuesday.")

    assert said(page) == ["1 proposal was sent back."]
    assert list(Step.objects.values_list("kind", "reason", "outcome", "answer")) == [
        ("decline", "No place.", "sent_back", "They speak on Tuesday.")
    ]


def test_the_page_offers_each_what_they_may_do(office, second, person, secretariat):
    one = person("A", pending=True)
    services.propose(participant=one, kind="approve", by=secretariat)

    own, other = (browser.get(f"{LIST}{one.pk}/change/").context["buttons"] for browser in (office, second))

    assert [str(button.label) for button in own if button.key in {"agree", "send_back"}] == ["Take back the proposal"]
    assert [str(button.label) for button in other if button.key in {"agree", "send_back"}] == ["Confirm the proposal", "Send back"]


def test_the_dashboard_counts_what_is_to_confirm_and_what_is_on_hold(office, person, secretariat):
    person("To decide", pending=True)
    services.propose(participant=person("Proposed", pending=True), kind="approve", by=secretariat)
    services.hold(participant=person("Held", pending=True), by=secretariat, reason="Asked.")

    page = office.get("/admin/")

    counts = {str(one.text): one.count for one in page.context["board"].decisions}
    wanted = ("registration awaits your approval", "proposal to confirm", "registration is on hold")
    assert [counts[text] for text in wanted] == [1, 1, 1]


def test_the_list_filters_by_what_is_under_way(shown, person, secretariat):
    person("To decide", pending=True)
    services.propose(participant=person("Proposed", pending=True), kind="approve", by=secretariat)
    services.hold(participant=person("Held", pending=True), by=secretariat, reason="Asked.")

    assert [shown(f"state__exact=pending&mark={mark}") for mark in ("none", "proposed", "hold")] == [["To decide"], ["Proposed"], ["Held"]]
