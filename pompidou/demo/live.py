"""The latest registrations of the coming meeting: made through the services, so that the worker has mails to deliver."""

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from correspondence.models import Message
from meetings.models import Meeting
from participants import services
from participants.models import Participant
from participants.services.places import hand_on, locked_meeting
from pompidou.demo import letters
from pompidou.demo.registrations import Lookups, answers, journey
from pompidou.demo.roster import Attendance

State = Participant.State
LATEST = (
    "fiachra.odalaigh",
    "nataliya.kovshun",
    "chukwuemeka.obi",
    "gudrun.thorhallsdottir",
    "ozgur.caglayan",
    "adaeze.nwachukwu",
    "elias.ostberg",
    "camille.obadia",
)


def register(meeting: Meeting, people: list[Attendance], *, by: User) -> None:
    """Send the form for each, open the link in the mail for those who got that far, and approve those who have a place."""
    lookups = Lookups.for_meeting(meeting)
    morning = last_working_morning(timezone.now().astimezone(meeting.zone))
    for number, person in enumerate(people):
        moment = morning + dt.timedelta(minutes=50 * number)
        services.submit_registration(
            meeting=meeting,
            answers=answers(person, meeting, lookups),
            needs={},
            journey=journey(person, meeting),
            submission_key=person.submission_key,
            at=moment,
        )
        if person.state == State.UNCONFIRMED:
            continue
        participant = services.confirm_address(token=token_mailed_to(person), at=moment + dt.timedelta(minutes=9))
        if person.state == State.CONFIRMED:
            services.approve(participant=participant, by=by, at=moment + dt.timedelta(hours=2))
    letters.hold_back([person.email for person in people if person.state == State.PENDING])


@transaction.atomic
def offer_a_place(meeting: Meeting) -> None:
    """Let the first in line be asked since this morning, so that a place is held, and its link is in the mail."""
    now = timezone.now() - dt.timedelta(hours=2)
    hand_on(locked_meeting(meeting.pk, at=now), by=None, at=now, most=1)


def last_working_morning(now: dt.datetime) -> dt.datetime:
    """Half past eight on the last working day before today."""
    day = now.date() - dt.timedelta(days=max(1, (now.weekday() + 6) % 7 - 3))
    return dt.datetime.combine(day, dt.time(8, 30), tzinfo=now.tzinfo)


def token_mailed_to(person: Attendance) -> str:
    """The token in the link that was mailed; it is stored nowhere else."""
    body = Message.objects.filter(to=person.email, kind="registration_confirm_address").latest("pk").body
    match = re.search(r"/confirm/([^/\s]+)/", body)
    assert match  # noqa: S101  the mail about an address holds its link
    return match[1]
