"""The process dies between any two statements: nothing is half done, lost or doubled, and doing it again completes it."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from correspondence.models import Message
from participants.importing import applying, planning, storing
from participants.models import ImportRecord, Needs, Participant, PersonalLink
from tests.deaths import Mortals
from tests.factories import CountryFactory, MeetingFactory, ParticipantFactory, SectorFactory

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(scope="module")
def mortals(django_db_setup, django_db_blocker) -> Iterator[Mortals]:
    with django_db_blocker.unblock():
        mortals = Mortals()
    yield mortals
    mortals.stop()


@pytest.fixture(autouse=True)
def reference_rows(committed_db):
    """What a form points at is there before anybody dies."""
    SectorFactory(code="police")
    CountryFactory(code="IE")


def everything():
    """All that registrations consist of, so that anything half done shows."""
    tasks = {task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()}
    return {
        "people": sorted(Participant.objects.values_list("state", flat=True)),
        "history": sorted(Participant.history.values_list("state", flat=True)),
        "needs": Needs.objects.count(),
        "links": PersonalLink.objects.count(),
        "used links": PersonalLink.objects.exclude(used_at=None).count(),
        "accounts": User.objects.count(),
        "mails": sorted(kind.removeprefix("registration_") for kind in Message.objects.values_list("kind", flat=True)),
        "mails without task": Message.objects.exclude(pk__in=tasks).count(),
    }


def changed(before, after):
    return {name: after[name] for name in after if after[name] != before[name]}


def test_a_form_is_taken_in_whole_or_not_at_all(mortals):
    meeting, before = MeetingFactory(), everything()
    form = {"meeting": meeting.pk, "email": "maeve@police.example", "key": "key"}

    for statements in mortals.deaths("tests.participants.acts:submit", form):
        assert everything() == before, f"died after {statements} statements"

    assert changed(before, everything()) == {
        "people": ["unconfirmed"],
        "history": ["unconfirmed"],
        "needs": 1,
        "links": 1,
        "mails": ["confirm_address"],
    }


def test_an_address_is_confirmed_and_a_place_given_whole_or_not_at_all(mortals):
    person = ParticipantFactory(unconfirmed=True, meeting__needs_approval=False, meeting__capacity=1)
    token = PersonalLink.issue(person, purpose="prove_address", expires_at=timezone.now() + dt.timedelta(days=1))
    before = everything()

    for statements in mortals.deaths("tests.participants.acts:confirm", {"token": token}):
        assert everything() == before, f"died after {statements} statements"

    assert changed(before, everything()) == {
        "people": ["confirmed"],
        "history": ["confirmed", "pending", "unconfirmed"],
        "used links": 1,
        "accounts": 1,
        "mails": ["confirmed"],
    }


def test_a_place_is_given_back_and_handed_on_whole_or_not_at_all(mortals):
    meeting = MeetingFactory(capacity=1)
    leaving = ParticipantFactory(meeting=meeting)
    ParticipantFactory(meeting=meeting, waitlisted=True)
    before = everything()

    for statements in mortals.deaths("tests.participants.acts:withdraw", {"participant": leaving.pk}):
        assert everything() == before, f"died after {statements} statements"

    assert changed(before, everything()) == {
        "people": ["confirmed", "withdrawn"],
        "history": ["confirmed", "confirmed", "waitlisted", "withdrawn"],
        "mails": ["confirmed", "withdrawn"],
    }


def test_an_approval_is_given_whole_or_not_at_all(mortals):
    pending = ParticipantFactory(pending=True)
    before = everything()

    for statements in mortals.deaths("tests.participants.acts:approve", {"participant": pending.pk, "by": pending.user_id}):
        assert everything() == before, f"died after {statements} statements"

    assert changed(before, everything()) == {
        "people": ["confirmed"],
        "history": ["confirmed", "pending"],
        "mails": ["confirmed"],
    }


def test_a_list_is_written_whole_or_not_at_all(mortals):
    known = ParticipantFactory(meeting__capacity=2, email="known@police.example")
    rows = [(2, ["Maeve", "maeve@police.example"]), (3, ["Jonas", "jonas@police.example"]), (4, ["Changed", "known@police.example"])]
    fields = ["family_name", "email", "country", "sector"]
    tray = storing.Tray("list.csv", fields, [(number, [*cells, "IE", "police"]) for number, cells in rows])
    chosen = {"new_state": "confirmed", "with_mails": True, "fields": fields, "stored_as": storing.put(tray)}
    record = ImportRecord.objects.create(meeting=known.meeting, kind="csv", digest="0" * 64, **chosen)
    applying.queue(record=record, plan=planning.plan(tray.rows, applying.order_of(record, tray), known.meeting))
    before = everything()

    for statements in mortals.deaths("tests.participants.acts:write_import", {"record": record.pk, "files": default_storage.location}):
        if ImportRecord.objects.get().stage == "done":
            break  # it died after the end
        assert everything() == before, f"died after {statements} statements"
        ImportRecord.objects.update(stage="queued", stored_as=record.stored_as)  # as the sweep does when the lease is over

    after = everything()
    assert after["people"] == ["confirmed", "confirmed", "waitlisted"]
    assert Participant.objects.get(pk=known.pk).family_name == "Changed"
    assert (after["mails"], after["mails without task"]) == (["confirmed", "waitlisted"], 0)
    assert after["accounts"] == before["accounts"] + 2
