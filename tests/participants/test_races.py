"""Several processes at the same places at once, on SQLite and on PostgreSQL: nobody gets what somebody else has."""

import datetime as dt

import pytest
from django.utils import timezone

from correspondence.models import Message
from participants.models import Participant, PersonalLink
from tests.factories import MeetingFactory, ParticipantFactory, UserFactory

pytestmark = pytest.mark.usefixtures("committed_db")

PROCESSES = 6  # as many as the herd has
ROUNDS = 4


def unconfirmed(meeting, count):
    """So many forms whose address is not proven, and the tokens that prove them."""
    people = ParticipantFactory.create_batch(count, meeting=meeting, unconfirmed=True)
    until = timezone.now() + dt.timedelta(days=1)
    return [PersonalLink.issue(person, purpose=PersonalLink.Purpose.PROVE_ADDRESS, expires_at=until) for person in people]


def states(meeting):
    """How many participants are in each state."""
    rows = list(Participant.objects.filter(meeting=meeting).values_list("state", flat=True))
    return {state: rows.count(state) for state in set(rows)}


def mails(meeting):
    """How many mails of each kind tell about this meeting."""
    references = Participant.objects.filter(meeting=meeting).values("reference")
    rows = list(Message.objects.filter(reference__in=references).values_list("kind", flat=True))
    return {kind.removeprefix("registration_"): rows.count(kind) for kind in set(rows)}


def test_as_many_get_a_place_as_there_are_places(herd):
    meetings = [MeetingFactory(capacity=2, needs_approval=False) for _ in range(ROUNDS)]
    rounds = [[{"token": token} for token in unconfirmed(meeting, PROCESSES)] for meeting in meetings]

    outcomes = [herd.run("tests.participants.acts:confirm", entries) for entries in rounds]

    assert [sorted(outcome) for outcome in outcomes] == [["confirmed"] * 2 + ["waitlisted"] * 4] * ROUNDS
    assert [states(meeting) for meeting in meetings] == [{"confirmed": 2, "waitlisted": 4}] * ROUNDS
    assert [mails(meeting) for meeting in meetings] == [{"confirmed": 2, "waitlisted": 4}] * ROUNDS


def test_without_the_lock_places_are_sold_twice(herd):
    """The control: were this to fail, the test above would prove nothing."""
    meeting = MeetingFactory(capacity=2, needs_approval=False)

    herd.run("tests.participants.acts:confirm_without_lock", [{"token": token} for token in unconfirmed(meeting, PROCESSES)])

    assert states(meeting)["confirmed"] > 2


def test_one_link_opened_in_many_tabs_makes_one_registration(herd):
    meeting = MeetingFactory(needs_approval=False)
    tokens = unconfirmed(meeting, ROUNDS)

    outcomes = [herd.run("tests.participants.acts:confirm", [{"token": token}] * PROCESSES) for token in tokens]

    assert outcomes == [["confirmed"] * PROCESSES] * ROUNDS
    assert mails(meeting) == {"confirmed": ROUNDS}


def test_one_form_sent_by_many_processes_is_one_registration(herd):
    meeting = MeetingFactory()
    rounds = [[{"meeting": meeting.pk, "email": f"{n}@police.example", "key": f"key-{n}"}] * PROCESSES for n in range(ROUNDS)]

    outcomes = [herd.run("tests.participants.acts:submit", entries) for entries in rounds]

    assert [len(set(outcome)) for outcome in outcomes] == [1] * ROUNDS
    assert states(meeting) == {"unconfirmed": ROUNDS}
    assert mails(meeting) == {"confirm_address": ROUNDS}


def test_one_address_in_many_different_forms_is_one_registration(herd):
    meeting = MeetingFactory()
    entries = [{"meeting": meeting.pk, "email": "maeve@police.example", "key": "key", "function": f"{n}"} for n in range(PROCESSES)]

    outcomes = herd.run("tests.participants.acts:submit", entries)

    assert all(reference.startswith(meeting.code) for reference in outcomes)
    assert states(meeting) == {"unconfirmed": 1}
    assert PersonalLink.objects.filter(participant__meeting=meeting, revoked_at=None).count() == 1


def test_a_registration_approved_by_two_people_at_once_is_approved_once(herd):
    meeting = MeetingFactory()
    colleagues = UserFactory.create_batch(2, staff=True)
    pending = ParticipantFactory.create_batch(ROUNDS, meeting=meeting, pending=True)
    rounds = [[{"participant": person.pk, "by": colleague.pk} for colleague in colleagues] for person in pending]

    outcomes = [herd.run("tests.participants.acts:approve", entries) for entries in rounds]

    assert [sorted(outcome) for outcome in outcomes] == [["WrongState", "confirmed"]] * ROUNDS
    assert mails(meeting) == {"confirmed": ROUNDS}


def test_places_given_back_while_others_are_given_are_all_used_and_none_twice(herd):
    secretary = UserFactory(staff=True)
    meetings = [MeetingFactory(capacity=3) for _ in range(ROUNDS)]
    rounds = []
    for meeting in meetings:
        leaving = ParticipantFactory.create_batch(3, meeting=meeting)
        ParticipantFactory.create_batch(2, meeting=meeting, waitlisted=True)
        coming = ParticipantFactory.create_batch(3, meeting=meeting, pending=True)
        rounds.append(
            [{"name": "withdraw", "participant": person.pk} for person in leaving]
            + [{"name": "approve", "participant": person.pk, "by": secretary.pk} for person in coming]
        )

    for entries in rounds:
        herd.run("tests.participants.acts:act", entries)

    assert [states(meeting) for meeting in meetings] == [{"confirmed": 3, "waitlisted": 2, "withdrawn": 3}] * ROUNDS


def test_a_form_confirmed_while_stale_ones_are_deleted_is_deleted_or_confirmed_but_not_lost(herd):
    """A link is good for exactly as long as the form is kept, but two processes do not look at their clocks together."""
    meeting = MeetingFactory(needs_approval=False)
    outcomes = []

    for _ in range(ROUNDS):
        token = unconfirmed(meeting, 1)[0]
        entries = [{"name": "confirm", "token": token}, {"name": "clean_up_slowly", "days": 8}]
        outcomes.append(herd.run("tests.participants.acts:act", entries)[0])

    assert set(outcomes) <= {"confirmed", "LinkUnusable"}
    assert states(meeting).get("confirmed", 0) == outcomes.count("confirmed")


def test_a_link_replaced_while_it_is_opened_confirms_nothing_that_its_owner_did_not_see(herd):
    meeting = MeetingFactory(needs_approval=False)
    outcomes = []

    for n in range(ROUNDS):
        token = unconfirmed(meeting, 1)[0]
        person = Participant.objects.filter(meeting=meeting).latest("pk")
        newer = {"name": "submit", "meeting": meeting.pk, "email": person.email, "key": f"newer-{n}", "function": "Newer"}
        outcomes.append(herd.run("tests.participants.acts:act", [{"name": "confirm", "token": token}, newer])[0])

    assert set(outcomes) <= {"confirmed", "LinkReplaced"}
    assert not Participant.objects.filter(meeting=meeting, state="confirmed", function="Newer").exists()
    assert states(meeting).get("confirmed", 0) == outcomes.count("confirmed")
