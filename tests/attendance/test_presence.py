import datetime as dt

import pytest

from attendance.models import Half, half_of
from tests.factories import MeetingFactory


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("Europe/Dublin", "2017-12-12T12:59:59+00:00", (dt.date(2017, 12, 12), Half.MORNING)),
        ("Europe/Dublin", "2017-12-12T13:00:00+00:00", (dt.date(2017, 12, 12), Half.AFTERNOON)),
        # one o'clock is one o'clock on both sides of the night in which the clock changes
        ("Europe/Paris", "2026-03-28T12:00:00+00:00", (dt.date(2026, 3, 28), Half.AFTERNOON)),
        ("Europe/Paris", "2026-03-29T11:00:00+00:00", (dt.date(2026, 3, 29), Half.AFTERNOON)),
        ("Europe/Paris", "2026-03-29T10:59:59+00:00", (dt.date(2026, 3, 29), Half.MORNING)),
        ("America/Mexico_City", "2026-11-12T03:00:00+00:00", (dt.date(2026, 11, 11), Half.AFTERNOON)),
    ],
)
def test_a_half_day_is_read_from_the_clock_at_the_venue(zone: str, moment: str, expected: tuple[dt.date, str]) -> None:
    meeting = MeetingFactory.build(timezone=zone)

    assert half_of(dt.datetime.fromisoformat(moment), meeting) == expected
