import datetime as dt

import pytest

from attendance.errors import NoReason, NotOfThisMeeting
from attendance.models import CheckIn, Half, Slot
from attendance.models.certificates import days_attended
from attendance.services.corrections import correct
from attendance.services.presence import record
from tests.attendance.conftest import NOON
from tests.factories import CheckInFactory, ParticipantFactory, SessionFactory

Source, Status = CheckIn.Source, CheckIn.Status
FIRST = dt.date(2026, 9, 1)
MORNING, AFTERNOON = Slot(FIRST, Half.MORNING), Slot(FIRST, Half.AFTERNOON)
LATER = NOON + dt.timedelta(hours=3)


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
