import datetime as dt

import pytest

from attendance.models import CheckIn, Scan
from attendance.services.scans import take_in
from meetings.models import Session
from participants.models import Participant
from tests.attendance.conftest import MORNING, NOON, scan
from tests.factories import AdmissionFactory, BadgeFactory, DeviceFactory, MeetingFactory, ParticipantFactory, RoomFactory, SessionFactory

HOUR = dt.timedelta(hours=1)


def taken(device, *scans, at=NOON):
    return take_in(device=device, scans=scans, at=at)


def answers(found):
    return [(one.answer, one.reason) if one else None for one in found]


def presence():
    return list(CheckIn.objects.order_by("pk").values_list("participant__family_name", "day", "half", "session", "status", "at", "place"))


def test_the_first_scan_lets_somebody_in(door, badge):
    [found] = taken(door, scan(badge))

    assert (found.answer, found.reason, found.participant) == ("green", "", badge.participant)
    assert presence() == [("Orrin", dt.date(2026, 9, 2), "am", None, "present", NOON, "Door A")]


def test_whoever_is_in_is_told_since_when_and_by_whom(door, other_door, badge):
    taken(door, scan(badge), at=NOON)
    [found] = taken(other_door, scan(badge, at=NOON + HOUR / 2), at=NOON + HOUR / 2)

    assert (found.answer, found.reason, found.first_at, found.first_place) == ("amber", "already_in", NOON, "Door A")
    assert len(presence()) == 1


def test_the_same_scan_sent_thrice_is_one_with_one_answer(door, badge):
    one = scan(badge)
    found = [taken(door, one, at=NOON + n * HOUR)[0] for n in range(3)]

    assert [(scan.pk, scan.answer, scan.received_at) for scan in found] == [(found[0].pk, "green", NOON)] * 3
    assert (Scan.objects.count(), len(presence())) == (1, 1)


def test_the_number_of_another_device_is_not_answered(door, other_door, badge):
    one = scan(badge)
    taken(door, one)

    assert taken(other_door, one) == [None]


@pytest.mark.parametrize(
    "code",
    [
        "PG:" + "0" * 32,  # forged
        "https://evil.example/",
        "PG:123",
        "<script>alert(1)</script>",
        "PG:" + "\u0660" * 32,
    ],
)
def test_a_code_that_is_on_no_badge_is_refused_and_not_kept(door, badge, code):
    [found] = taken(door, scan(code=code))

    assert (found.answer, found.reason, found.badge, found.participant) == ("red", "unknown", None, None)
    assert code not in repr(Scan.objects.values().get())
    assert presence() == []


def test_an_edited_code_is_unknown(door, badge):
    last = "0" if badge.code[-1] != "0" else "1"

    assert answers(taken(door, scan(code=f"PG:{badge.code[:-1]}{last}"))) == [("red", "unknown")]


def test_a_code_of_twenty_kilobytes_is_refused_before_anything_is_asked(door, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = taken(door, scan(code="PG:" + "A" * 20_000))

    assert found == [None]


def test_an_old_badge_is_refused(door, badge):
    old = BadgeFactory(participant=badge.participant, void=True)

    assert answers(taken(door, scan(old), scan(badge))) == [("red", "old_badge"), ("green", "")]


@pytest.mark.parametrize(("year", "reason"), [(2026, "other_meeting"), (2025, "other_year")])
def test_a_badge_of_elsewhere_is_refused(door, year, reason):
    elsewhere = BadgeFactory(participant=ParticipantFactory(meeting=MeetingFactory(year=year)))

    assert answers(taken(door, scan(elsewhere))) == [("red", reason)]


@pytest.mark.parametrize(
    ("state", "reason"),
    [("withdrawn", "withdrawn"), ("pending", "not_confirmed"), ("waitlisted", "not_confirmed"), ("declined", "not_confirmed")],
)
def test_only_whoever_has_a_place_is_let_in(door, running, state, reason):
    badge = BadgeFactory(participant=ParticipantFactory(meeting=running, **{state: True}))

    assert answers(taken(door, scan(badge))) == [("red", reason)]
    assert presence() == []


def test_somebody_found_by_name_of_another_meeting_is_unknown(door):
    stranger = ParticipantFactory()

    assert answers(taken(door, scan(person=stranger.pk))) == [("red", "unknown")]


def test_somebody_found_by_name_is_recorded_as_found_by_name(door, badge):
    [found] = taken(door, scan(person=badge.participant_id))

    assert (found.answer, found.how, CheckIn.objects.get().source) == ("green", "search", "search")


# --- what is no scan ---


@pytest.mark.parametrize(
    "spoiled",
    [
        {"id": "1"},
        {"id": None},
        {"at": "yesterday"},
        {"at": "2026-09-02T12:00:00"},
        {"slot": "2026-09-05/am"},
        {"slot": "2026-13-45/am"},
        {"slot": "s999999999999999999"},
        {"slot": 7},
        {"code": 7},
        {"code": ""},
        {"person": 3},
        {"offset": 10**30},
        {"offset": True},
        {"offset": "soon"},
    ],
)
def test_what_is_no_scan_is_answered_as_none_and_the_others_are_taken(door, badge, spoiled):
    found = taken(door, {**scan(badge), **spoiled}, ["no", "scan"], scan(badge))

    assert answers(found) == [None, None, ("green", "")]


def test_a_session_of_another_meeting_is_no_slot(door, badge):
    elsewhere = SessionFactory()

    assert taken(door, scan(badge, slot=f"s{elsewhere.pk}")) == [None]


# --- clocks ---


def test_a_wrong_clock_is_put_right_by_what_was_measured_at_the_last_contact(door, badge):
    slow = 3 * 3_600_000
    [found] = taken(door, scan(badge, at=NOON - 4 * HOUR, offset=slow))

    assert (found.device_at, found.offset_ms, found.at, found.received_at) == (NOON - 4 * HOUR, slow, NOON - HOUR, NOON)
    assert CheckIn.objects.get().at == NOON - HOUR


@pytest.mark.parametrize("wrong", [dt.timedelta(days=-10_000), dt.timedelta(days=400), HOUR])
def test_a_time_that_cannot_be_gives_way_to_the_time_of_arrival(door, badge, wrong):
    [found] = taken(door, scan(badge, at=NOON + wrong))

    assert (found.device_at, found.at) == (NOON + wrong, NOON)


def test_an_hour_without_network_on_two_devices_is_merged(door, other_door, running):
    badges = [BadgeFactory(participant=ParticipantFactory(meeting=running)) for _n in range(150)]
    begin = NOON - HOUR
    at_a = [scan(one, at=begin + n * dt.timedelta(seconds=10)) for n, one in enumerate(badges[:100])]
    at_b = [scan(one, at=begin + n * dt.timedelta(seconds=10, milliseconds=1)) for n, one in enumerate(badges[50:])]

    found = [*taken(door, *at_a), *taken(other_door, *at_b)]
    again = [*taken(other_door, *at_b), *taken(door, *at_a)]

    assert [one.answer for one in found].count("green") == 150
    assert [one.answer for one in found].count("amber") == 50
    assert sorted(one.answer for one in again) == sorted(one.answer for one in found)
    assert (Scan.objects.count(), CheckIn.objects.count()) == (200, 150)
    # fifty were at both doors; door B saw each of them half an hour and more before door A
    assert CheckIn.objects.filter(place="Door B").count() == 100


def test_an_earlier_time_that_arrives_late_is_when_somebody_came(door, other_door, badge):
    taken(door, scan(badge, at=NOON), at=NOON)
    [late] = taken(other_door, scan(badge, at=NOON - HOUR), at=NOON + HOUR)

    assert (late.answer, late.first_at, late.first_place) == ("amber", NOON, "Door A")
    assert presence()[0][-2:] == (NOON - HOUR, "Door B")


# --- undoing ---


def undoing(scanned, at=NOON):
    return {"id": scanned["id"], "at": at.isoformat(), "undo": True}


def test_undone_nobody_is_in_and_the_scan_stays(door, badge):
    one = scan(badge)
    taken(door, one)
    [undone] = taken(door, undoing(one))

    assert (undone.undone_at, presence(), Scan.objects.count()) == (NOON, [], 1)
    assert answers(taken(door, undoing(one), scan(badge))) == [("green", ""), ("green", "")]


def test_undoing_leaves_what_the_other_door_saw(door, other_door, badge):
    one = scan(badge)
    taken(door, one)
    taken(other_door, scan(badge, at=NOON + HOUR), at=NOON + HOUR)
    taken(door, undoing(one), at=NOON + HOUR)

    assert presence()[0][-2:] == (NOON + HOUR, "Door B")
    assert answers(taken(door, scan(badge), at=NOON + HOUR)) == [("amber", "already_in")]


def test_a_scan_of_another_device_is_not_undone(door, other_door, badge):
    one = scan(badge)
    taken(door, one)

    assert taken(other_door, undoing(one)) == [None]
    assert len(presence()) == 1


def test_what_the_secretariat_recorded_stays(door, badge, secretariat):
    known = {"participant": badge.participant, "day": dt.date(2026, 9, 2), "half": "am", "reason": "Train late."}
    CheckIn.objects.create(**known, source="hand", status="present", at=NOON - HOUR, by=secretariat)
    one = scan(badge)
    found = taken(door, one, undoing(one))

    assert answers(found) == [("amber", "already_in")] * 2
    assert CheckIn.objects.get().source == "hand"


def test_a_scan_after_it_makes_an_absence_presence_and_one_before_does_not(door, badge, secretariat):
    known = {"participant": badge.participant, "day": dt.date(2026, 9, 2), "half": "am", "reason": "Wrote that they are ill."}
    CheckIn.objects.create(**known, source="hand", status="apologised", at=NOON, by=secretariat)
    taken(door, scan(badge, at=NOON - HOUR), at=NOON + HOUR)
    before = CheckIn.objects.get().status
    Scan.objects.all().delete()
    taken(door, scan(badge, at=NOON + HOUR), at=NOON + HOUR)

    assert (before, CheckIn.objects.get().status) == ("apologised", "present")


# --- sessions and tests ---


@pytest.fixture
def closed(running):
    starts_at = dt.datetime(2026, 9, 2, 11, 0, tzinfo=dt.UTC)  # 13.00 at the venue
    fields = {"families": ["law_enforcement"], "starts_at": starts_at, "ends_at": starts_at + HOUR}
    return SessionFactory(meeting=running, room=RoomFactory(meeting=running), kind=Session.Kind.CLOSED, **fields)


def test_a_session_counts_for_its_half_day_too_and_is_undone_with_it(door, badge, closed):
    one = scan(badge, slot=f"s{closed.pk}")
    taken(door, one)
    slots = sorted((half, session) for _who, _day, half, session, *_rest in presence() if session is None) + [
        (half, session) for _who, _day, half, session, *_rest in presence() if session
    ]
    taken(door, undoing(one))

    assert slots == [("pm", None), ("pm", closed.pk)]
    assert presence() == []


def test_a_closed_session_lets_in_its_families_and_those_named(door, running, closed):
    from tests.factories import SectorFactory

    judge = BadgeFactory(participant=ParticipantFactory(meeting=running, sector=SectorFactory(code="judge")))
    slot = f"s{closed.pk}"
    before = answers(taken(door, scan(judge, slot=slot)))
    AdmissionFactory(session=closed, participant=judge.participant)

    assert before == [("red", "not_admitted")]
    assert answers(taken(door, scan(judge, slot=slot))) == [("green", "")]


def test_on_the_day_before_scans_are_answered_and_nobody_is_present(door, other_door, badge):
    eve = NOON - dt.timedelta(days=2)
    one = scan(badge, at=eve, slot="2026-08-31/am")
    found = [*taken(door, one, at=eve), *taken(other_door, scan(badge, at=eve, slot="2026-08-31/am"), at=eve)]

    assert answers(found) == [("green", ""), ("amber", "already_in")]
    assert presence() == []


def test_nothing_of_an_erased_person_lets_anybody_in(door, badge):
    Participant.objects.filter(pk=badge.participant_id).update(family_name="")

    assert answers(taken(door, scan(badge), scan(person=badge.participant_id, slot=MORNING))) == [("red", "unknown")] * 2


def test_a_device_without_network_for_a_day_still_takes_yesterday(running, badge):
    device = DeviceFactory(meeting=running, made_at=NOON - dt.timedelta(days=3))
    [found] = taken(device, scan(badge), at=NOON + dt.timedelta(days=1))

    assert (found.answer, found.at) == ("green", NOON)
