"""Which rows go by which clock: one line for each table. An app that comes later adds its parts here."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import accounts.retention
import attendance.retention
import correspondence.retention
import delegations.retention
import participants.retention
from accounts.personal_data import DataClass
from accounts.retention import Clock, Part
from privacy.retention import Period, periods
from privacy.services.registrations import let_go_of_registrations

SOON = dt.timedelta(days=30)

PARTS: dict[DataClass, Callable[[], Sequence[Part]]] = {
    DataClass.SECURITY: lambda: [
        accounts.retention.SECURITY_EVENTS,
        accounts.retention.SESSIONS,
        accounts.retention.PLACES_OF_SESSIONS,
        accounts.retention.TALLIES,
    ],
    DataClass.ACCOUNT: lambda: [accounts.retention.ACCOUNTS],
    DataClass.MAIL: lambda: [
        correspondence.retention.MESSAGES,
        correspondence.retention.RECIPIENTS,
        correspondence.retention.MAIL_FILES,
    ],
    DataClass.NEEDS: lambda: [participants.retention.NEEDS],
    DataClass.TRAVEL: lambda: [participants.retention.JOURNEYS],
    DataClass.PASSPORT: lambda: [participants.retention.PASSPORTS],
    DataClass.TRACE: lambda: [
        accounts.retention.LOOKS,
        accounts.retention.TRAIL,
        participants.retention.REVEALS,
        participants.retention.EXPORTS,
        participants.retention.IMPORTS,
        correspondence.retention.CAMPAIGNS,
        *accounts.retention.histories(),
    ],
    DataClass.CONSENT: lambda: [],
    DataClass.REGISTRATION: lambda: [
        attendance.retention.WORDS,
        delegations.retention.NOMINATIONS,
        delegations.retention.INVITATIONS,
        participants.retention.UNCONFIRMED,
        attendance.retention.SCANS,
        attendance.retention.DEVICES,
        participants.retention.registrations(let_go_of_registrations),
    ],
}
# Also the order in which they run, so that what one takes along is not counted by the next: registrations take most, and an
# account becomes free only on the night after its last registration or trace went.
ORDER = tuple(PARTS)


@dataclass(frozen=True, slots=True)
class Line:
    """What is kept of one table: how many rows, how many of them go tonight, how many within the next thirty days."""

    period: Period
    table: str
    days: int
    held: int
    due: int
    soon: int


def clock_of(period: Period, at: dt.datetime) -> Clock:
    return Clock(at=at, days=period.days)


def overview(at: dt.datetime) -> list[Line]:
    """Everything that is kept of people and has a clock, and what is due when."""
    return [
        Line(
            period=period,
            table=part.table,
            days=period.days if part.days is None else part.days,
            held=part.count_held(),
            due=part.count_due(clock_of(period, at)),
            soon=part.count_due(clock_of(period, at + SOON)),
        )
        for data_class, period in periods().items()
        for part in PARTS[data_class]()
    ]
