"""Where the coming meeting of the demo stands: its dates, counted from today so that the demo never ages."""

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

VENUE = zoneinfo.ZoneInfo("Europe/Paris")
TUESDAY = 1


class Stage(StrEnum):
    """The stages one can ask for; each is one of a meeting's phases."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    OVER = "over"

    @property
    def is_settled(self) -> bool:
        """True once registration has closed and every registration is decided."""
        return self in {Stage.CLOSED, Stage.RUNNING, Stage.OVER}


@dataclass(frozen=True)
class Calendar:
    """The days of the coming meeting and the window of its registration."""

    starts_on: dt.date
    opens_at: dt.datetime
    closes_at: dt.datetime

    @property
    def ends_on(self) -> dt.date:
        return self.starts_on + dt.timedelta(days=2)

    @property
    def frozen_on(self) -> dt.date:
        return self.starts_on - dt.timedelta(days=10)


def calendar_of(stage: Stage, now: dt.datetime | None = None) -> Calendar:
    """The dates that put the coming meeting into ``stage`` now: in the default stage it is about ten weeks ahead."""
    today = (now or timezone.now()).astimezone(VENUE).date()
    starts_on = {
        Stage.BEFORE: tuesday_from(today + dt.timedelta(days=112)),
        Stage.OPEN: tuesday_from(today + dt.timedelta(days=67)),
        Stage.CLOSED: tuesday_from(today + dt.timedelta(days=18)),
        Stage.RUNNING: today - dt.timedelta(days=1),
        Stage.OVER: tuesday_from(today - dt.timedelta(days=30)),
    }[stage]
    opens_on = {Stage.BEFORE: today + dt.timedelta(days=14), Stage.OPEN: today - dt.timedelta(days=35)}.get(
        stage, starts_on - dt.timedelta(days=105)
    )
    return Calendar(starts_on, at(opens_on, 9), at(starts_on - dt.timedelta(days=28), 18))


def tuesday_from(day: dt.date) -> dt.date:
    """That day, or the next Tuesday after it."""
    return day + dt.timedelta(days=(TUESDAY - day.weekday()) % 7)


def at(day: dt.date, hour: int) -> dt.datetime:
    """An hour of that day on the venue's clock."""
    return dt.datetime.combine(day, dt.time(hour), tzinfo=VENUE)
