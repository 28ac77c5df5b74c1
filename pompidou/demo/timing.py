"""When each registration of the demo happened, so that curves look like those of a real meeting: always the same."""

import datetime as dt
import random
from dataclasses import dataclass

from meetings.models import Meeting
from participants.models import Participant
from pompidou.demo.roster import Attendance

State = Participant.State

SATURDAY, SUNDAY = 5, 6

# The steps that lead to each state, after the form was sent.
STEPS: dict[str, tuple[str, ...]] = {
    State.UNCONFIRMED: (),
    State.PENDING: (State.PENDING,),
    State.CONFIRMED: (State.PENDING, State.CONFIRMED),
    State.WAITLISTED: (State.PENDING, State.WAITLISTED),
    State.DECLINED: (State.PENDING, State.DECLINED),
    State.WITHDRAWN: (State.PENDING, State.CONFIRMED, State.WITHDRAWN),
}


@dataclass(frozen=True)
class Course:
    """When somebody sent the form, and when each later step was taken."""

    sent_at: dt.datetime
    steps: tuple[tuple[str, dt.datetime], ...]


def courses(meeting: Meeting, people: list[Attendance], *, now: dt.datetime) -> dict[str, Course]:
    """The course of every registration by the person's key, none of it later than ``now``."""
    chance = random.Random(meeting.slug)  # noqa: S311  the same every time is what is wanted
    assert meeting.registration_opens_at  # noqa: S101  every edition of the demo has one
    first = meeting.registration_opens_at
    last = min(now - dt.timedelta(days=3), (meeting.registration_closes_at or now) - dt.timedelta(hours=4))
    moments = sorted(moment_between(first, last, chance) for _person in people)
    chance.shuffle(shuffled := list(people))
    shuffled.sort(key=lambda person: "late" in person.words)  # those named in place of somebody else come last
    by_key = {}
    for person, sent_at in zip(shuffled, moments, strict=True):
        if person.state == State.UNCONFIRMED:
            sent_at = lately(now, chance)  # an older one would have been deleted
        by_key[person.key] = course(person, sent_at, meeting, chance, now)
    return by_key


def lately(now: dt.datetime, chance: random.Random) -> dt.datetime:
    """A working hour of the last five days."""
    days = [now - dt.timedelta(days=number) for number in range(1, 6)]
    return working_hour(chance.choice([day for day in days if day.weekday() < SATURDAY]), chance)


def working_hour(moment: dt.datetime, chance: random.Random) -> dt.datetime:
    """Some time that day between eight and six."""
    return dt.datetime.combine(moment.date(), dt.time(8), tzinfo=moment.tzinfo) + dt.timedelta(minutes=chance.uniform(0, 600))


def moment_between(first: dt.datetime, last: dt.datetime, chance: random.Random) -> dt.datetime:
    """A moment of a working day, oftener soon after the opening and again towards the end."""
    share = chance.betavariate(1.2, 2.6) if chance.random() < 0.55 else chance.betavariate(5, 1.3)
    moment = first + share * (last - first)
    if moment.weekday() >= SATURDAY:
        moment -= dt.timedelta(days=chance.randint(2, 5))
    return min(max(working_hour(moment, chance), first + dt.timedelta(minutes=chance.uniform(5, 90))), last)


def course(person: Attendance, sent_at: dt.datetime, meeting: Meeting, chance: random.Random, now: dt.datetime) -> Course:
    """The steps after the form: the address proven within hours, the decision within days, a withdrawal after that."""
    steps = []
    moment = sent_at
    for state in STEPS[person.state]:
        if state == State.PENDING:
            moment += dt.timedelta(minutes=chance.expovariate(1 / 90) + 2)
        elif state == State.WITHDRAWN:
            moment = max(moment, meeting_is_near(meeting)) + dt.timedelta(days=chance.uniform(0, 3))
        else:
            moment = decision_after(moment, chance)
        moment = min(moment, now - dt.timedelta(hours=2))
        steps.append((state, moment))
    return Course(sent_at, tuple(steps))


def decision_after(moment: dt.datetime, chance: random.Random) -> dt.datetime:
    """A working hour of one of the next days."""
    day = moment + dt.timedelta(days=chance.randint(1, 3))
    day += dt.timedelta(days=max(0, SUNDAY + 1 - day.weekday()) if day.weekday() >= SATURDAY else 0)
    return working_hour(day, chance)


def meeting_is_near(meeting: Meeting) -> dt.datetime:
    """Twelve days before the meeting, when people find that they cannot come."""
    return dt.datetime.combine(meeting.starts_on - dt.timedelta(days=12), dt.time(10), tzinfo=meeting.zone)
