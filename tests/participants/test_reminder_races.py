"""Several workers look for standing reminders at the same moment, on SQLite and on PostgreSQL: each person gets one mail."""

import datetime as dt

import pytest

from correspondence.models import Message
from participants.models import ReminderSetting
from tests.factories import MeetingFactory, ParticipantFactory

pytestmark = pytest.mark.usefixtures("committed_db")

PROCESSES = 6  # as many as the herd has
PEOPLE = 8


def test_each_person_is_reminded_once_by_all_workers_together(herd):
    meeting = MeetingFactory()
    ParticipantFactory.create_batch(PEOPLE, meeting=meeting)
    ReminderSetting.objects.create(meeting=meeting, reminder="before", is_on=True, days=7)
    at = dt.datetime.combine(meeting.starts_on - dt.timedelta(days=5), dt.time(12), tzinfo=meeting.zone)

    counts = herd.run("tests.participants.acts:remind_due", [{"at": at.isoformat()}] * PROCESSES)

    assert sum(counts) == PEOPLE
    assert Message.objects.filter(kind="reminder_before").count() == PEOPLE
