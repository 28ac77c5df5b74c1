import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from meetings import dates


@pytest.mark.parametrize(
    ("first", "last", "english", "french"),
    [
        (dt.date(2017, 12, 12), dt.date(2017, 12, 14), "12–14 December 2017", "12–14 décembre 2017"),
        (dt.date(2018, 3, 1), dt.date(2018, 3, 1), "1 March 2018", "1er mars 2018"),
        (dt.date(2018, 3, 1), dt.date(2018, 3, 3), "1–3 March 2018", "1er–3 mars 2018"),
        (dt.date(2018, 3, 30), dt.date(2018, 4, 1), "30 March – 1 April 2018", "30 mars – 1er avril 2018"),
        (dt.date(2017, 12, 30), dt.date(2018, 1, 2), "30 December 2017 – 2 January 2018", "30 décembre 2017 – 2 janvier 2018"),
    ],
)
def test_days_of_a_meeting_say_month_and_year_once(first, last, english, french):
    assert (dates.day_range(first, last, "en"), dates.day_range(first, last, "fr")) == (english, french)


def test_moment_is_day_and_time():
    value = dt.datetime(2026, 10, 1, 9, 5, tzinfo=dt.UTC)

    assert (dates.moment(value, "en"), dates.moment(value, "fr")) == ("1 October 2026, 09:05", "1er octobre 2026, 9h05")


def test_hours_are_written_from_start_to_end():
    start, end = dt.datetime(2026, 10, 1, 9, 30, tzinfo=dt.UTC), dt.datetime(2026, 10, 1, 13, 0, tzinfo=dt.UTC)

    assert (dates.hours(start, end, "en"), dates.hours(start, end, "fr")) == ("09:30–13:00", "9h30–13h00")


@pytest.mark.parametrize(
    ("zone", "month", "words"),
    [
        ("Europe/Dublin", 1, "UTC+0"),
        ("Europe/Dublin", 7, "UTC+1"),
        ("Europe/Paris", 7, "UTC+2"),
        ("America/St_Johns", 1, "UTC−3:30"),
        ("Asia/Kathmandu", 1, "UTC+5:45"),
    ],
)
def test_offset_from_universal_time(zone, month, words):
    assert dates.offset(dt.datetime(2026, month, 1, 12, tzinfo=ZoneInfo(zone))) == words
