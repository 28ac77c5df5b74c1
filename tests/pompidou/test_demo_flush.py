"""Emptying the database commits, so this stands apart from the tests that share one demo."""

import datetime as dt

from django.contrib.auth.models import Group

from accounts.roles import ROLES
from correspondence.models import MessageTemplate
from delegations.models import Body, Country
from meetings.models import Meeting
from participants.models import Sector
from pompidou.demo.build import build
from pompidou.demo.mailbox import folder
from pompidou.demo.stages import Stage
from tests.factories import MeetingFactory


def test_flush_takes_out_what_visitors_entered_and_keeps_the_reference_data(committed_db):
    MeetingFactory(slug="entered-by-a-visitor")
    folder().mkdir(exist_ok=True)
    (folder() / "a.log").write_text("Subject: a mail to a visitor\n\n")
    templates = MessageTemplate.objects.count()

    build(Stage.BEFORE, flush=True)

    assert set(Meeting.objects.values_list("slug", flat=True)) == {"strasbourg-2016", "dublin-2017", "strasbourg-2026"}
    assert Country.objects.members(dt.date(2017, 12, 12)).count() == 39
    assert (Body.objects.count(), Sector.objects.count()) == (14, 11)
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert MessageTemplate.objects.count() == templates
    assert list(folder().glob("*.log")) == []
