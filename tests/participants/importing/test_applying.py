"""What was planned is written whole, once, or not at all."""

import datetime as dt

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from correspondence.models import Message
from participants.importing import applying, storing
from participants.importing.errors import NotReady
from participants.models import ImportRecord, Participant
from participants.services import lists
from tests.factories import MeetingFactory, ParticipantFactory, UserFactory
from tests.participants.importing.conftest import plan_of

MAEVE = ["Maeve", "Orrin", "maeve.orrin@garda.example", "IE", "Police", "National Police"]
JONAS = ["Jonas", "Brandt", "jonas.brandt@zoll.example", "DE", "Customs", "Zoll"]


def states():
    return list(Participant.objects.order_by("pk").values_list("family_name", "state"))


def test_new_people_await_approval_with_account_reference_and_history(brought, written, secretariat):
    record = written(brought([MAEVE]))

    person = Participant.objects.get()
    assert (person.state, person.user.email, person.category) == ("pending", "maeve.orrin@garda.example", "member_state")
    assert person.reference.startswith("CYB26-")
    assert person.search_key.startswith("orrin maeve")
    assert list(person.history.values_list("history_user", "history_change_reason", "history_type")) == [
        (secretariat.pk, record.change_reason, "+")
    ]
    assert (record.stage, record.counts, record.stored_as) == ("done", {"new": 1}, "")


def test_somebody_with_an_account_is_linked_to_it(brought, written, past_meeting):
    known = ParticipantFactory(meeting=past_meeting, email=MAEVE[2])

    written(brought([MAEVE, JONAS]))

    people = Participant.objects.filter(meeting__slug="strasbourg-2026").order_by("pk")
    assert list(people.values_list("user__email", "is_first_timer")) == [
        (MAEVE[2], False),
        (JONAS[2], True),
    ]
    assert Participant.objects.get(family_name="Orrin").user == known.user


def test_what_was_changed_is_written_and_nothing_else(brought, written, registration, other_expert):
    registration.function = "Inspector"
    registration.save()

    written(brought([[*MAEVE[:5], "Garda"], ["", "", other_expert.email, "", "", "Zollamt"], ["A", "New", "", "IE", "police", ""]]))

    registration.refresh_from_db()
    assert (registration.organisation, registration.function, registration.state) == ("Garda", "Inspector", "confirmed")
    assert "garda" in registration.search_key
    assert [line.organisation for line in registration.history.all()][:2] == ["Garda", "National Police"]
    assert states() == [("Orrin", "confirmed"), ("Brandt", "confirmed"), ("New", "pending")]


def test_another_address_brings_its_account(brought, written, registration):
    written(brought([[registration.reference, "New@Private.example"]], headings=("Reference", "E-mail")))

    registration.refresh_from_db()
    assert (registration.email, registration.user.email) == ("new@private.example", "new@private.example")


def test_places_are_never_sold_twice(brought, written, meeting):
    meeting.capacity = 2
    meeting.save()
    ParticipantFactory(meeting=meeting, family_name="Here")

    written(brought([MAEVE, JONAS, ["S", "Staff", "", "FR", "police", ""]], new_state="confirmed"))

    assert states() == [("Here", "confirmed"), ("Orrin", "confirmed"), ("Brandt", "waitlisted"), ("Staff", "waitlisted")]


def test_history_is_confirmed_whatever_the_places(brought, written, past_meeting):
    past_meeting.capacity = 1
    past_meeting.save()

    written(brought([MAEVE, JONAS], meeting=past_meeting, new_state="confirmed"))

    people = Participant.objects.order_by("pk")
    assert [person.state for person in people] == ["confirmed", "confirmed"]
    assert {person.registered_at.date() for person in people} == {dt.date(2017, 12, 12)}


def test_the_list_says_when_somebody_registered(brought, written):
    headings = ("Family name", "Country", "Sector", "Registration date")

    written(brought([["Orrin", "IE", "police", "2026-01-05"], ["Later", "IE", "police", "2999-01-01"]], headings=headings))

    first, second = Participant.objects.order_by("pk")
    assert first.registered_at.date() == dt.date(2026, 1, 5)
    assert second.registered_at <= timezone.now()


def test_a_place_that_a_correction_frees_goes_to_the_next_in_line(brought, written, meeting):
    meeting.capacity = 1
    meeting.save()
    leaves = ParticipantFactory(meeting=meeting, family_name="Leaves")
    ParticipantFactory(meeting=meeting, family_name="Waits", waitlisted=True)

    written(brought([[leaves.reference, "Interpreter"]], headings=("Reference", "Category")))

    assert states() == [("Leaves", "confirmed"), ("Waits", "confirmed")]
    assert list(Message.objects.values_list("kind", flat=True)) == ["registration_confirmed"]


# --- mails ---


def test_nobody_is_written_to_unless_told_to(brought, written):
    written(brought([MAEVE]))

    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("new_state", "capacity", "kinds"),
    [
        ("pending", 5, ["registration_received"] * 2),
        ("confirmed", 5, ["registration_confirmed"] * 2),
        ("confirmed", 1, ["registration_confirmed", "registration_waitlisted"]),
    ],
)
def test_mails_say_what_became_of_each(brought, written, meeting, new_state, capacity, kinds):
    meeting.capacity = capacity
    meeting.save()

    written(brought([MAEVE, JONAS, ["No", "Address", "", "IE", "Interpreters", ""]][:2], new_state=new_state, with_mails=True))

    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == kinds


def test_too_many_mails_at_a_time_are_refused(brought, monkeypatch):
    monkeypatch.setattr(applying, "MOST_WITH_MAILS", 1)
    record = brought([MAEVE, JONAS], with_mails=True)

    with pytest.raises(NotReady, match="at most 1 new"):
        applying.queue(record=record, plan=plan_of(record))


# --- all or nothing ---


def test_faulty_rows_stop_everything(brought):
    record = brought([MAEVE, ["Jonas", "", "", "DE", "Customs", ""]])

    with pytest.raises(NotReady):
        applying.queue(record=record, plan=plan_of(record))

    assert Participant.objects.count() == DBTaskResult.objects.count() == 0


def test_a_list_that_changed_meanwhile_leads_back_to_the_rows(brought, meeting):
    record = brought([MAEVE, JONAS])
    applying.queue(record=record, plan=plan_of(record))
    ParticipantFactory(meeting=meeting, email=JONAS[2], family_name="Brandt")

    assert applying.write(record.pk) == "open"

    record.refresh_from_db()
    assert record.problem == "The list of participants changed while you looked. Nothing was written. Look at the rows again."
    assert states() == [("Brandt", "confirmed")]
    assert plan_of(record).counts == {"new": 1, "changed": 1}


def test_an_error_in_the_middle_leaves_nothing(brought, monkeypatch):
    record = brought([MAEVE, JONAS])
    applying.queue(record=record, plan=plan_of(record))
    monkeypatch.setattr(lists, "unused_references", lambda meeting, count: ["CYB26-SAME"] * count)

    assert applying.write(record.pk) == "open"

    assert Participant.objects.count() == User.objects.filter(is_staff=False).count() == 0


def test_it_is_written_once(brought, written):
    record = written(brought([MAEVE]))

    assert applying.write(record.pk) == "not waiting"
    assert Participant.objects.count() == 1


def test_rows_that_are_gone_are_said_to_be(brought):
    record = brought([MAEVE])
    applying.queue(record=record, plan=plan_of(record))
    storing.let_go(record.stored_as)

    assert applying.write(record.pk) == "failed"
    record.refresh_from_db()
    assert record.problem == "Its rows are no longer there. Nothing was written."


def test_references_drawn_twice_are_drawn_again(brought, written, meeting, monkeypatch):
    ParticipantFactory(meeting=meeting, reference="CYB26-TAKEN")
    drawn = iter(["CYB26-TAKEN", "CYB26-A", "CYB26-A", "CYB26-B"])
    monkeypatch.setattr(lists, "new_reference", lambda meeting: next(drawn))

    written(brought([MAEVE, JONAS]))

    assert set(Participant.objects.values_list("reference", flat=True)) == {"CYB26-TAKEN", "CYB26-A", "CYB26-B"}


# --- what is kept, and how long ---


def test_rows_are_kept_encrypted_under_a_random_name_until_they_are_written(brought, written):
    record = brought([MAEVE])
    name = record.stored_as

    assert len(name.removeprefix("imports/")) >= 32
    with default_storage.open(name) as file:
        content = file.read()
    assert b"Orrin" not in content
    written(record)
    assert not default_storage.exists(name)


def test_an_import_given_up_leaves_no_rows(brought, django_capture_on_commit_callbacks):
    record = brought([MAEVE])

    with django_capture_on_commit_callbacks(execute=True):
        applying.cancel(record=record)

    record.refresh_from_db()
    assert (record.stage, default_storage.exists(record.stored_as or "imports/none")) == ("cancelled", False)


def test_what_nobody_goes_on_with_is_gone_after_a_day(brought, django_capture_on_commit_callbacks):
    record = brought([MAEVE])
    name = record.stored_as

    applying.sweep()
    assert default_storage.exists(name)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)), django_capture_on_commit_callbacks(execute=True):
        applying.sweep()

    record.refresh_from_db()
    assert (record.stage, record.stored_as, default_storage.exists(name)) == ("cancelled", "", False)


def test_a_file_that_no_import_names_is_gone_after_a_day(brought):
    stray = storing.put(storing.Tray("x", [], []))

    applying.sweep()
    assert default_storage.exists(stray)
    storing.delete_strays(timezone.now() + dt.timedelta(hours=25))

    assert not default_storage.exists(stray)


def test_what_a_dead_worker_left_is_written_by_the_next(brought):
    record = brought([MAEVE])
    applying.queue(record=record, plan=plan_of(record))
    applying.take(record.pk)

    applying.sweep()
    assert ImportRecord.objects.get().stage == "running"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        applying.sweep()
        assert ImportRecord.objects.get().stage == "queued"
        assert applying.write(record.pk) == "done"

    assert states() == [("Orrin", "pending")]


def test_what_kills_every_worker_is_not_tried_for_ever(brought):
    record = brought([MAEVE])
    applying.queue(record=record, plan=plan_of(record))
    ImportRecord.objects.update(stage="running", attempts=3, lease_until=timezone.now() - dt.timedelta(seconds=1))

    applying.sweep()

    record.refresh_from_db()
    assert (record.stage, record.problem) == ("open", "It was begun several times and never ended. Nothing was written.")


def test_a_worker_whose_lease_ended_writes_nothing(brought, monkeypatch):
    record = brought([MAEVE])
    applying.queue(record=record, plan=plan_of(record))
    slow = applying.take(record.pk)
    ImportRecord.objects.update(stage="queued")
    assert applying.write(record.pk) == "done"

    with pytest.raises(Exception, match="Nothing was written"):
        applying.write_rows(slow, storing.Tray("x", ["Family name"], []))

    assert Participant.objects.count() == 1


def test_people_of_another_meeting_do_not_matter(brought, written):
    ParticipantFactory(meeting=MeetingFactory(), email=MAEVE[2], user=UserFactory(email="other@post.example"))

    written(brought([MAEVE]))

    assert Participant.objects.filter(email=MAEVE[2]).count() == 2
