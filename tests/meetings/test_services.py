"""Postponing a meeting, and copying the frame of one."""

import datetime as dt

import pytest

from meetings import services
from meetings.models import DateChange, Meeting
from tests.factories import MeetingFactory, SessionFactory

APRIL = {"starts_on": dt.date(2018, 4, 17), "ends_on": dt.date(2018, 4, 19)}


def test_new_days_replace_the_old_and_the_plan_stays(past_meeting, secretariat):
    services.postpone(meeting=past_meeting, **APRIL, reason_en="The venue is not ready.", by=secretariat)

    days = Meeting.objects.values_list("starts_on", "ends_on", "planned_starts_on", "planned_ends_on").get()
    assert days == (dt.date(2018, 4, 17), dt.date(2018, 4, 19), dt.date(2017, 12, 12), dt.date(2017, 12, 14))


def test_the_log_keeps_old_days_new_days_reasons_and_who(past_meeting, secretariat):
    services.postpone(meeting=past_meeting, **APRIL, reason_en=" Storm. ", reason_fr=" Tempête. ", by=secretariat)

    change = DateChange.objects.get()
    assert (change.old_starts_on, change.old_ends_on) == (dt.date(2017, 12, 12), dt.date(2017, 12, 14))
    assert (change.new_starts_on, change.new_ends_on) == (dt.date(2018, 4, 17), dt.date(2018, 4, 19))
    assert (change.reason_en, change.reason_fr, change.changed_by) == ("Storm.", "Tempête.", secretariat)


def test_the_meeting_in_hand_has_the_new_days(past_meeting):
    services.postpone(meeting=past_meeting, **APRIL, reason_en="Storm.", by=None)

    assert past_meeting.starts_on == dt.date(2018, 4, 17)


def test_the_history_names_who_moved_it(past_meeting, secretariat):
    services.postpone(meeting=past_meeting, **APRIL, reason_en="Storm.", by=secretariat)

    assert past_meeting.history.latest().history_user == secretariat


def test_the_same_days_are_no_postponement(past_meeting):
    with pytest.raises(services.DaysUnchanged):
        services.postpone(meeting=past_meeting, starts_on=past_meeting.starts_on, ends_on=past_meeting.ends_on, reason_en="Storm.", by=None)


def test_without_a_reason_nothing_moves(past_meeting):
    with pytest.raises(services.ReasonMissing):
        services.postpone(meeting=past_meeting, **APRIL, reason_en="  ", by=None)

    assert not DateChange.objects.exists()


# --- copying ---


def copied(starts, ends, *, days, zone="Europe/Paris"):
    """Hours at the venue of one session of 1 June 2026, and how long it lasts, once it is copied to a meeting on that day."""
    source = MeetingFactory(timezone="Europe/Paris", starts_on=dt.date(2026, 6, 1))
    moments = {name: dt.datetime(2026, 6, 1, *hours, tzinfo=source.zone) for name, hours in (("starts_at", starts), ("ends_at", ends))}
    SessionFactory(meeting=source, **moments)
    target = MeetingFactory(timezone=zone, starts_on=days)
    [session] = services.copy_frame(source=source, target=target, by=None)
    session.refresh_from_db()
    return f"{session.local_start():%d %H:%M}-{session.local_end():%H:%M}", session.ends_at - session.starts_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "zone"), [((2027, 3, 28), "Europe/Paris"), ((2026, 10, 25), "Europe/Paris"), ((2027, 1, 12), "Europe/Athens")]
)
def test_copied_session_keeps_its_hours_on_the_days_the_clocks_change(day, zone):
    assert copied((9, 0), (10, 30), days=dt.date(*day), zone=zone) == (f"{day[2]} 09:00-10:30", dt.timedelta(minutes=90))


@pytest.mark.django_db
def test_copy_into_the_hour_that_the_clocks_leave_out_lasts_as_long_as_before():
    assert copied((2, 15), (3, 15), days=dt.date(2027, 3, 28)) == ("28 03:15-04:15", dt.timedelta(hours=1))
