"""The worker as a process of its own, or two, on a real queue with a real mail server."""

import datetime as dt
import os
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from correspondence.management.commands.worker import sweep_once
from correspondence.models import Heartbeat, Message
from correspondence.tasks import deliver_message
from tests import herd
from tests.factories import MessageFactory, ParticipantFactory

MESSAGES = 30
MANY = int(os.environ.get("MANY_MAILS", "150"))  # 500 takes half a minute


def start_worker(*options: str, patience: int = 10) -> subprocess.Popen:
    """A worker whose mail goes where this test's goes; it waits so many seconds for an answer."""
    environ = herd.environment(
        DJANGO_SETTINGS_MODULE="pompidou.settings",
        EMAIL_URL=f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        EMAIL_TIMEOUT=str(patience),
        DEMO="0",
        LOG_LEVEL="WARNING",
    )
    return subprocess.Popen([sys.executable, "manage.py", "worker", *options], cwd=herd.ROOT, env=environ)


def test_two_workers_deliver_each_message_once(committed_db, mail_server):
    messages = MessageFactory.create_batch(MESSAGES)
    for message in messages:
        deliver_message.enqueue(message.pk)
        deliver_message.enqueue(message.pk)  # a task too many does no harm

    workers = [start_worker("--batch"), start_worker("--batch")]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]

    assert sorted(mail_server.message_ids) == sorted(message.message_id for message in messages)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_a_worker_that_is_killed_loses_no_message(committed_db, mail_server):
    mail_server.before_data = "hang"
    message = MessageFactory()
    deliver_message.enqueue(message.pk)
    worker = start_worker("--interval", "0.1", "--sweep-every", "60")
    deadline = timezone.now() + dt.timedelta(seconds=30)
    while not Message.objects.filter(state="sending").exists() and timezone.now() < deadline:
        time.sleep(0.05)
    worker.kill()
    worker.wait(timeout=10)
    assert Message.objects.get().state == "sending"

    mail_server.before_data = ""
    Message.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))  # its lease runs out
    assert start_worker("--batch").wait(timeout=60) == 0

    assert (Message.objects.get().state, len(mail_server.accepted)) == ("sent", 1)


def test_a_worker_killed_among_many_mails_loses_none_and_doubles_at_most_the_one_it_held(committed_db, mail_server):
    messages = MessageFactory.create_batch(MANY)
    for message in messages:
        deliver_message.enqueue(message.pk)
    worker = start_worker("--interval", "0.01", "--sweep-every", "60")
    deadline = timezone.now() + dt.timedelta(seconds=120)
    while len(mail_server.accepted) < MANY // 5 and timezone.now() < deadline:
        time.sleep(0.01)
    worker.kill()
    worker.wait(timeout=10)
    assert MANY // 5 <= len(mail_server.accepted) < MANY
    in_flight = set(Message.objects.filter(state="sending").values_list("pk", flat=True))

    Message.objects.filter(state="sending").update(lease_until=timezone.now() - dt.timedelta(seconds=1))  # its lease runs out
    for _ in range(2):  # the sweep queues what the dead worker held only once the queue is empty
        assert start_worker("--batch").wait(timeout=240) == 0

    twice = {key for key, times in Counter(mail_server.message_ids).items() if times > 1}
    assert set(mail_server.message_ids) == {message.message_id for message in messages}
    assert twice <= {message.message_id for message in messages if message.pk in in_flight}
    assert len(in_flight) <= 1
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_one_address_refused_for_good_stops_no_other(committed_db, mail_server):
    mail_server.refused = {"nobody@police.example": "550 no such user"}
    refused = MessageFactory(to="nobody@police.example")
    others = MessageFactory.create_batch(5)
    for message in (refused, *others):
        deliver_message.enqueue(message.pk)

    assert start_worker("--batch").wait(timeout=60) == 0

    assert sorted(mail_server.message_ids) == sorted(message.message_id for message in others)
    assert Message.objects.get(pk=refused.pk).state == "failed"


@pytest.mark.django_db
def test_every_sweep_of_the_settings_runs():
    stale = ParticipantFactory(unconfirmed=True, created_at=timezone.now() - dt.timedelta(days=8))
    lost = MessageFactory()

    sweep_once()

    assert Heartbeat.objects.filter(name="worker").count() == 1
    assert not type(stale).objects.filter(pk=stale.pk).exists()
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[lost.pk]]


@pytest.mark.django_db
def test_a_sweep_that_fails_does_not_stop_the_others(settings, caplog):
    settings.SWEEPS = ["nowhere.at_all", "correspondence.delivery.sweep"]

    sweep_once()

    assert Heartbeat.objects.count() == 1
    assert "Sweep nowhere.at_all failed" in caplog.text


@pytest.mark.django_db
def test_every_sweep_may_run_twice():
    sweep_once()
    sweep_once()

    assert Heartbeat.objects.count() == 1
