import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError

from attendance.errors import NoReason, NotOfThisMeeting, NotYet, WrongSubstitute
from attendance.models import CheckIn, Half, Slot
from attendance.models.certificates import days_attended
from attendance.refusals import NotPresent
from attendance.services.certificates import find_valid, issue
from attendance.services.corrections import RECORDED, correct
from attendance.services.presence import record
from participants.models import Participant
from tests.attendance.conftest import NOON
from tests.factories import CheckInFactory, ParticipantFactory, SessionFactory

Source, Status = CheckIn.Source, CheckIn.Status
FIRST = dt.date(2026, 9, 1)
MORNING, AFTERNOON = Slot(FIRST, Half.MORNING), Slot(FIRST, Half.AFTERNOON)
LATER = NOON + dt.timedelta(hours=3)
AFTERWARDS = NOON + dt.timedelta(days=10)


@pytest.fixture
def maeve(running):
    return ParticipantFactory(meeting=running, family_name="Orrin")


@pytest.fixture
def tomas(running):
    return ParticipantFactory(meeting=running, family_name="Lind")


def test_somebody_who_forgot_the_badge_was_there_all_the_same(maeve, secretariat):
    changed = correct(participants=[maeve], slots=[MORNING], status=Status.PRESENT, reason=" Signed  the sheet. ", by=secretariat, at=NOON)

    row = CheckIn.objects.get()
    assert changed == 1
    assert (row.participant, row.day, row.half, row.session) == (maeve, FIRST, Half.MORNING, None)
    assert (row.status, row.source, row.at, row.by, row.reason) == (Status.PRESENT, Source.HAND, NOON, secretariat, "Signed the sheet.")


def test_many_are_recorded_for_several_half_days_at_once(maeve, tomas, secretariat):
    slots = [MORNING, AFTERNOON]

    changed = correct(participants=[maeve, tomas], slots=slots, status=Status.APOLOGISED, reason="They wrote.", by=secretariat)

    assert changed == 4
    assert set(CheckIn.objects.values_list("participant", "half", "status")) == {
        (person.pk, half, Status.APOLOGISED) for person in (maeve, tomas) for half in Half.values
    }


def test_what_was_said_before_stays_in_the_history(maeve, secretariat):
    scanned = CheckInFactory(participant=maeve, day=FIRST, half=Half.MORNING, at=NOON, place="Door A")

    correct(participants=[maeve], slots=[MORNING], status=Status.ABSENT, reason="Another used the badge.", by=secretariat, at=LATER)

    said = scanned.history.order_by("history_id").values_list("status", "source", "place", "reason", "history_user")
    assert list(said)[-2:] == [
        (Status.PRESENT, Source.SCAN, "Door A", "", None),
        (Status.ABSENT, Source.HAND, "", "Another used the badge.", secretariat.pk),
    ]


def test_what_is_recorded_so_already_keeps_who_said_it(maeve, secretariat):
    scanned = CheckInFactory(participant=maeve, day=FIRST, half=Half.MORNING, at=NOON, place="Door A")

    changed = correct(participants=[maeve], slots=[MORNING], status=Status.PRESENT, reason="Sheet.", by=secretariat, at=LATER)

    scanned.refresh_from_db()
    assert (changed, scanned.source, scanned.place, scanned.at) == (0, Source.SCAN, "Door A", NOON)


def test_a_session_is_recorded_apart_from_the_half_day(running, maeve, secretariat):
    session = SessionFactory(meeting=running)
    slot = Slot(FIRST, Half.MORNING, session)

    correct(participants=[maeve], slots=[slot], status=Status.PRESENT, reason="Sheet.", by=secretariat)

    assert list(CheckIn.objects.values_list("session", "status")) == [(session.pk, Status.PRESENT)]
    assert days_attended(maeve) == []


@pytest.mark.parametrize("reason", ["", "  \n\t "])
def test_without_a_reason_nothing_is_recorded(maeve, secretariat, reason):
    with pytest.raises(NoReason):
        correct(participants=[maeve], slots=[MORNING], status=Status.PRESENT, reason=reason, by=secretariat)

    assert CheckIn.objects.count() == 0


def test_a_long_reason_is_cut_to_what_fits(maeve, secretariat):
    correct(participants=[maeve], slots=[MORNING], status=Status.PRESENT, reason="a" * 400, by=secretariat)

    assert CheckIn.objects.get().reason == "a" * 300


def test_people_of_two_meetings_are_refused(maeve, past_meeting, secretariat):
    other = ParticipantFactory(meeting=past_meeting)

    with pytest.raises(NotOfThisMeeting):
        correct(participants=[maeve, other], slots=[MORNING], status=Status.PRESENT, reason="Sheet.", by=secretariat)


@pytest.mark.parametrize("slot", [Slot(dt.date(2026, 9, 4), Half.MORNING), Slot(dt.date(2017, 12, 12), Half.AFTERNOON)])
def test_a_day_of_another_meeting_is_refused(maeve, secretariat, slot):
    with pytest.raises(NotOfThisMeeting):
        correct(participants=[maeve], slots=[slot], status=Status.PRESENT, reason="Sheet.", by=secretariat)


def test_a_session_of_another_meeting_is_refused(maeve, past_meeting, secretariat):
    slot = Slot(FIRST, Half.MORNING, SessionFactory(meeting=past_meeting))

    with pytest.raises(NotOfThisMeeting):
        correct(participants=[maeve], slots=[slot], status=Status.PRESENT, reason="Sheet.", by=secretariat)


def test_a_scan_that_was_late_does_not_overrule_the_secretariat(maeve, secretariat):
    correct(participants=[maeve], slots=[MORNING], status=Status.ABSENT, reason="Left at once.", by=secretariat, at=LATER)

    record(participant=maeve, slot=MORNING, at=NOON, place="Door A")

    assert CheckIn.objects.get().status == Status.ABSENT


def test_days_attended_count_what_was_corrected(maeve, secretariat):
    second = Slot(FIRST + dt.timedelta(days=1), Half.MORNING)
    for slot in (MORNING, second):
        record(participant=maeve, slot=slot, at=NOON, place="Door A")

    correct(participants=[maeve], slots=[second], status=Status.ABSENT, reason="Left at once.", by=secretariat, at=LATER)
    correct(participants=[maeve], slots=[AFTERNOON], status=Status.PRESENT, reason="Sheet.", by=secretariat, at=LATER)

    assert days_attended(maeve) == [FIRST]


# --- who came instead ---


def test_who_came_instead_is_kept_with_the_one_who_did_not(maeve, tomas, secretariat):
    said = {"slots": [MORNING], "status": Status.SUBSTITUTED, "reason": "Letter.", "by": secretariat}

    correct(participants=[maeve], substitute=tomas, **said)

    assert list(CheckIn.objects.values_list("participant", "status", "substitute")) == [(maeve.pk, Status.SUBSTITUTED, tomas.pk)]


def test_who_came_instead_can_be_told_later(maeve, tomas, secretariat):
    said = {"participants": [maeve], "slots": [MORNING], "status": Status.SUBSTITUTED, "by": secretariat}
    correct(reason="Wrote.", **said)

    changed = correct(reason="Letter.", substitute=tomas, **said)

    assert (changed, CheckIn.objects.get().substitute, CheckIn.history.count()) == (1, tomas, 2)


def test_nobody_stands_for_somebody_who_came_after_all(maeve, tomas, secretariat):
    correct(participants=[maeve], slots=[MORNING], status=Status.SUBSTITUTED, substitute=tomas, reason="Letter.", by=secretariat, at=NOON)

    record(participant=maeve, slot=MORNING, at=LATER, place="Door A")

    assert list(CheckIn.objects.values_list("status", "substitute")) == [(Status.PRESENT, None)]


def stands_in(person, substitute, by, status=Status.SUBSTITUTED):
    return correct(participants=[person], slots=[MORNING], status=status, substitute=substitute, reason="Letter.", by=by)


def test_nobody_comes_instead_of_themselves(maeve, secretariat):
    with pytest.raises(WrongSubstitute):
        stands_in(maeve, maeve, secretariat)


def test_nobody_of_another_meeting_comes_instead(maeve, past_meeting, secretariat):
    with pytest.raises(WrongSubstitute):
        stands_in(maeve, ParticipantFactory(meeting=past_meeting), secretariat)


def test_nobody_without_a_place_comes_instead(running, maeve, secretariat):
    with pytest.raises(WrongSubstitute):
        stands_in(maeve, ParticipantFactory(meeting=running, state=Participant.State.WAITLISTED), secretariat)


def test_nobody_comes_instead_of_somebody_who_was_there(maeve, tomas, secretariat):
    with pytest.raises(WrongSubstitute):
        stands_in(maeve, tomas, secretariat, status=Status.PRESENT)


def test_the_database_keeps_nobody_beside_somebody_who_was_there(maeve, tomas):
    with pytest.raises(IntegrityError):
        CheckInFactory(participant=maeve, substitute=tomas)


# --- traces ---


def test_a_correction_leaves_one_line_in_the_trail_of_each_person_it_changed(maeve, tomas, secretariat):
    CheckInFactory(participant=tomas, day=FIRST, status=Status.ABSENT, by_hand=True)
    CheckInFactory(participant=tomas, day=FIRST, half=Half.AFTERNOON, status=Status.ABSENT, by_hand=True)

    correct(participants=[maeve, tomas], slots=[MORNING, AFTERNOON], status=Status.ABSENT, reason="Sheet.", by=secretariat)

    assert list(LogEntry.objects.values_list("object_id", "user", "change_message")) == [(str(maeve.pk), secretariat.pk, RECORDED)]


# --- certificates ---


def test_somebody_recorded_by_hand_alone_can_have_a_certificate(maeve, secretariat):
    correct(participants=[maeve], slots=[AFTERNOON], status=Status.PRESENT, reason="Sheet.", by=secretariat)

    certificate = issue(participant=maeve, language="en", by=secretariat, at=AFTERWARDS)

    assert certificate.days == [FIRST.isoformat()]


def test_somebody_corrected_to_absent_gets_no_certificate(maeve, secretariat):
    record(participant=maeve, slot=MORNING, at=NOON, place="Door A")
    correct(participants=[maeve], slots=[MORNING], status=Status.ABSENT, reason="Another used the badge.", by=secretariat, at=LATER)

    with pytest.raises(NotPresent):
        issue(participant=maeve, language="en", by=secretariat, at=AFTERWARDS)


def test_a_certificate_is_not_valid_once_its_day_is_corrected_away(maeve, secretariat):
    record(participant=maeve, slot=MORNING, at=NOON, place="Door A")
    certificate = issue(participant=maeve, language="en", by=secretariat, at=AFTERWARDS)

    correct(participants=[maeve], slots=[MORNING], status=Status.ABSENT, reason="Another used the badge.", by=secretariat, at=LATER)

    assert find_valid(certificate.code) is None


THIRD = Slot(FIRST + dt.timedelta(days=2), Half.MORNING)
NOW = dt.datetime(2026, 9, 3, 10, 59, tzinfo=dt.UTC)  # 12.59 in Strasbourg, a minute before the afternoon


def test_nobody_was_there_before_it_began(maeve, secretariat):
    slots = [THIRD, THIRD._replace(half=Half.AFTERNOON)]

    with pytest.raises(NotYet):
        correct(participants=[maeve], slots=slots, status=Status.PRESENT, reason="Sheet.", by=secretariat, at=NOW)

    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize("status", [Status.APOLOGISED, Status.SUBSTITUTED, Status.ABSENT])
def test_who_does_not_come_is_known_before_it_began(maeve, secretariat, status):
    afternoon = THIRD._replace(half=Half.AFTERNOON)

    assert correct(participants=[maeve], slots=[afternoon], status=status, reason="Wrote.", by=secretariat, at=NOW) == 1


def test_what_has_begun_is_recorded(maeve, secretariat):
    assert correct(participants=[maeve], slots=[THIRD], status=Status.PRESENT, reason="Sheet.", by=secretariat, at=NOW) == 1
