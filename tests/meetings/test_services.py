"""Postponing a meeting."""

import datetime as dt

import pytest

from meetings import services
from meetings.models import DateChange, Meeting

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
