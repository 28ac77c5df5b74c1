"""Delivery to a real mail server that accepts, refuses, hangs or hangs up."""

import datetime as dt
import smtplib
import sys

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from correspondence import delivery
from correspondence.models import Heartbeat, Message
from correspondence.tasks import forget_old_tasks
from tests.factories import MessageFactory

pytestmark = pytest.mark.django_db


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def waiting() -> list[int]:
    """The messages for which a delivery is queued."""
    return sorted(task.args_kwargs["args"][0] for task in DBTaskResult.objects.filter(status="READY"))


# --- the mail server answers ---


def test_an_accepted_message_is_sent(mail_server):
    message = MessageFactory(subject="Vous avez une place", body="Chère Maëve,\n\nÀ bientôt.\n", language="fr")

    assert delivery.deliver(message.pk) == "sent"

    mail = mail_server.accepted[0]
    assert (mail["To"], mail["Subject"], mail["Message-ID"]) == (message.to, message.subject, message.message_id)
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "fr")
    assert mail.get_body(("plain",)).get_content().splitlines() == message.body.splitlines()
    assert "Chère Maëve" in mail.get_body(("html",)).get_content()
    assert (again(message).state, again(message).attempts, again(message).problem) == ("sent", 1, "")


def test_a_sent_message_is_not_sent_again(mail_server):
    message = MessageFactory()
    delivery.deliver(message.pk)

    assert delivery.deliver(message.pk) == "not due"
    assert len(mail_server.accepted) == 1


@pytest.mark.parametrize("answer", ["450 mailbox busy", "421 try later", "452 full"])
@pytest.mark.parametrize("stage", ["recipient", "data"])
def test_a_temporary_refusal_is_tried_again_later(mail_server, stage, answer):
    setattr(mail_server, stage, answer)
    message = MessageFactory()

    assert delivery.deliver(message.pk) == "queued"

    row = again(message)
    assert dt.timedelta(seconds=40) < row.next_attempt_at - timezone.now() < dt.timedelta(seconds=70)
    assert answer.split(" ", 1)[1] in row.problem
    assert waiting() == [message.pk]


@pytest.mark.parametrize("answer", ["550 no such user", "554 refused"])
@pytest.mark.parametrize("stage", ["recipient", "data"])
def test_a_final_refusal_is_final(mail_server, stage, answer):
    setattr(mail_server, stage, answer)
    message = MessageFactory()

    assert delivery.deliver(message.pk) == "failed"

    assert answer.split(" ", 1)[1] in again(message).problem
    assert waiting() == []


def test_a_server_that_hangs_costs_one_attempt(mail_server, settings):
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.before_data = "hang"
    message = MessageFactory()

    assert delivery.deliver(message.pk) == "queued"
    assert (again(message).attempts, again(message).lease_until) == (1, None)


def test_a_server_that_hangs_up_before_the_text_costs_one_attempt(mail_server):
    mail_server.before_data = "cut"
    message = MessageFactory()

    assert delivery.deliver(message.pk) == "queued"
    assert mail_server.accepted == []


def test_a_server_that_hangs_up_after_the_text_may_get_it_twice_under_the_same_id(mail_server):
    mail_server.after_data = "cut"
    message = MessageFactory()
    assert delivery.deliver(message.pk) == "queued"

    mail_server.after_data = ""
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        assert delivery.deliver(message.pk) == "sent"

    assert mail_server.message_ids == [message.message_id, message.message_id]


def test_no_server_at_all_costs_one_attempt(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = MessageFactory()

    assert delivery.deliver(message.pk) == "queued"
    assert again(message).problem.startswith("ConnectionRefusedError")


def test_a_problem_is_described_in_500_characters(mail_server):
    mail_server.recipient = "550 " + "x" * 400
    message = MessageFactory(to="a" * 60 + "@police.example")

    delivery.deliver(message.pk)

    assert again(message).problem == "Refused: 550 " + "x" * 400
    assert len(delivery.describe(RuntimeError("y" * 900))) == 500


# --- trying again ---


def test_the_pauses_grow_and_end_after_eight_attempts(mail_server):
    mail_server.recipient = "450 busy"
    message = MessageFactory()
    pauses = []

    while (state := delivery.deliver(message.pk)) == "queued":
        pauses.append(again(message).next_attempt_at - timezone.now())
        Message.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now())

    assert state == "failed"
    assert again(message).attempts == 8
    assert [round(pause / planned) for pause, planned in zip(pauses, delivery.BACK_OFF, strict=True)] == [1] * 7


def test_nothing_is_tried_before_its_time(mail_server):
    message = MessageFactory(next_attempt_at=timezone.now() + dt.timedelta(minutes=1))

    assert delivery.deliver(message.pk) == "not due"
    assert again(message).attempts == 0


def test_a_failed_message_can_be_sent_again_by_hand(mail_server):
    message = MessageFactory(failed=True, attempts=8)

    assert delivery.send_again(message)

    assert (again(message).attempts, waiting()) == (0, [message.pk])
    assert delivery.deliver(message.pk) == "sent"


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_only_a_failed_message_is_sent_again(state):
    assert not delivery.send_again(MessageFactory(state=state))
    assert not delivery.send_again(MessageFactory(sent=True))
    assert waiting() == []


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no"), "c@d.example": (451, b"later")}), False),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no")}), True),
        (smtplib.SMTPDataError(554, b"spam"), True),
        (smtplib.SMTPDataError(451, b"later"), False),
        (smtplib.SMTPSenderRefused(550, b"who are you", "us@secretariat.example"), False),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), False),
        (smtplib.SMTPConnectError(554, b"no service"), False),
        (smtplib.SMTPHeloError(501, b"bad name"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError("slow"), False),
        (ValueError("a line break in an address"), True),
    ],
    ids=repr,
)
def test_what_is_final(error, final):
    assert delivery.is_final(error) is final


# --- leases, and workers that die or are slow ---


def test_two_workers_send_it_once(mail_server):
    message = MessageFactory()
    first = delivery.take(message.pk)

    assert first is not None
    assert delivery.take(message.pk) is None
    assert delivery.deliver(message.pk) == "not due"


def test_a_message_of_a_dead_worker_is_put_back_when_its_lease_is_over(mail_server):
    message = MessageFactory()
    delivery.take(message.pk)

    delivery.sweep()
    assert again(message).state == "sending"
    with time_machine.travel(timezone.now() + delivery.LEASE + dt.timedelta(seconds=1)):
        delivery.sweep()
        assert (again(message).state, waiting()) == ("queued", [message.pk])
        assert delivery.deliver(message.pk) == "sent"


def test_a_worker_that_dies_after_the_servers_yes_causes_a_second_copy_with_the_same_id(mail_server, monkeypatch):
    message = MessageFactory()
    with monkeypatch.context() as death:
        death.setattr(delivery, "note_sent", lambda message: sys.exit(9))
        with pytest.raises(SystemExit):
            delivery.deliver(message.pk)

    with time_machine.travel(timezone.now() + delivery.LEASE + dt.timedelta(seconds=1)):
        delivery.sweep()
        assert delivery.deliver(message.pk) == "sent"

    assert mail_server.message_ids == [message.message_id, message.message_id]


def test_a_slow_worker_does_not_undo_what_a_faster_one_did(mail_server):
    message = MessageFactory()
    slow = delivery.take(message.pk)
    with time_machine.travel(timezone.now() + delivery.LEASE + dt.timedelta(seconds=1)):
        delivery.sweep()
        delivery.deliver(message.pk)

    assert delivery.note_problem(slow, TimeoutError("slow")) == "taken over"
    assert (again(message).state, again(message).problem) == ("sent", "")


def test_a_slow_worker_that_succeeded_after_all_ends_the_attempts(mail_server):
    message = MessageFactory()
    slow = delivery.take(message.pk)
    with time_machine.travel(timezone.now() + delivery.LEASE + dt.timedelta(seconds=1)):
        delivery.sweep()

        delivery.note_sent(slow)

        assert delivery.deliver(message.pk) == "not due"
    assert again(message).state == "sent"


# --- the sweep ---


def test_a_message_whose_task_was_lost_is_queued_again():
    message = MessageFactory()
    later = MessageFactory(next_attempt_at=timezone.now() + dt.timedelta(minutes=1))

    delivery.sweep()

    assert waiting() == [message.pk]
    assert again(later).state == "queued"


def test_sweeping_again_does_not_lengthen_the_queue():
    message = MessageFactory()

    delivery.sweep()
    delivery.sweep()

    assert waiting() == [message.pk]


def test_the_sweep_leaves_a_heartbeat():
    delivery.sweep()

    assert timezone.now() - Heartbeat.objects.get(name="worker").beat_at < dt.timedelta(seconds=5)


def test_mail_that_waits_too_long_is_told_to_whoever_watches(client):
    MessageFactory(next_attempt_at=timezone.now() - dt.timedelta(minutes=6))

    assert not delivery.queue_health()
    assert client.get("/readyz").status_code == 503


def test_mail_that_waits_for_its_next_attempt_is_no_alarm(client):
    MessageFactory(next_attempt_at=timezone.now() + dt.timedelta(hours=1), created_at=timezone.now() - dt.timedelta(days=1))
    MessageFactory(failed=True)

    assert delivery.queue_health()


def test_old_tasks_are_forgotten_and_waiting_ones_are_not():
    week_ago = timezone.now() - dt.timedelta(days=8)
    for message in MessageFactory.create_batch(4):
        delivery.deliver_message.enqueue(message.pk)
    tasks = list(DBTaskResult.objects.order_by("enqueued_at"))
    DBTaskResult.objects.filter(pk=tasks[0].pk).update(status="SUCCESSFUL", started_at=week_ago, finished_at=week_ago)
    DBTaskResult.objects.filter(pk=tasks[1].pk).update(status="RUNNING", started_at=week_ago)
    DBTaskResult.objects.filter(pk=tasks[2].pk).update(status="SUCCESSFUL", started_at=timezone.now(), finished_at=timezone.now())

    forget_old_tasks()

    assert {task.pk for task in DBTaskResult.objects.all()} == {tasks[2].pk, tasks[3].pk}


# --- secrets and headers ---


def test_a_text_with_a_code_is_wiped_once_it_was_sent(mail_server):
    message = MessageFactory(is_secret=True, body="Your code is K7QM2X.")

    delivery.deliver(message.pk)

    assert "K7QM2X" in mail_server.accepted[0].get_body(("plain",)).get_content()
    assert again(message).body == "—"


def test_a_text_with_a_code_is_kept_while_it_has_to_be_sent(mail_server):
    mail_server.recipient = "450 busy"
    message = MessageFactory(is_secret=True, body="Your code is K7QM2X.")

    delivery.deliver(message.pk)

    assert again(message).body == "Your code is K7QM2X."


@pytest.mark.parametrize("column", ["subject", "to"])
def test_a_line_break_in_a_header_fails_for_good_and_sends_nothing(mail_server, column):
    message = MessageFactory(**{column: "maeve@garda.example\nBcc: all@post.example"})

    assert delivery.deliver(message.pk) == "failed"
    assert mail_server.accepted == []


def test_the_log_names_no_person(mail_server, caplog):
    mail_server.recipient = "550 maeve@garda.example unknown"

    delivery.deliver(MessageFactory(to="maeve@garda.example").pk)

    assert [record.getMessage() for record in caplog.records if record.name.startswith("correspondence")] == [
        f"Message {Message.objects.get().pk} not sent (attempt 1): SMTPRecipientsRefused"
    ]
