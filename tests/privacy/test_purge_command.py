"""`manage.py purge`."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from correspondence.models import Message
from privacy.models import PurgeRun
from tests.factories import MessageFactory, in_days


@pytest.fixture
def old_mail(db):
    return MessageFactory(sent=True, sent_at=in_days(-200))


def test_prints_a_table_of_what_went(old_mail, capsys):
    call_command("purge", "--only", "mail")

    assert capsys.readouterr().out.splitlines() == [
        "class  days  table                             went",
        "mail   180   correspondence.message               1",
        "mail   180   correspondence.campaignrecipient     0",
        "mail   180   files:mail                           0",
        "all                                               1",
    ]
    assert not Message.objects.exists()


def test_dry_run_touches_nothing(old_mail, capsys):
    call_command("purge", "--only", "mail", "--dry-run")

    assert capsys.readouterr().out.splitlines()[-1] == "all                                                   1"
    assert Message.objects.count() == 1


def test_what_will_be_due_on_a_day(db, capsys):
    MessageFactory(sent=True)

    call_command("purge", "--only", "mail", "--dry-run", "--at", str(timezone.localdate() + dt.timedelta(days=182)))

    assert capsys.readouterr().out.split()[-1] == "1"


def test_the_future_is_only_looked_at(db):
    with pytest.raises(CommandError, match="together with --dry-run only"):
        call_command("purge", "--at", "2099-01-01")


@pytest.mark.parametrize("day", ["tomorrow", "2027-02-30"])
def test_a_day_that_is_none(db, day):
    with pytest.raises(CommandError, match="invalid day value"):
        call_command("purge", "--dry-run", "--at", day)


def test_a_failure_is_told_with_its_class(old_mail, monkeypatch, capsys):
    monkeypatch.setattr("correspondence.retention.MailFiles.count_due", lambda *args: 1 / 0)

    with pytest.raises(CommandError, match="mail: ZeroDivisionError"):
        call_command("purge", "--dry-run")

    assert PurgeRun.objects.get().problem == "mail: ZeroDivisionError\n"
