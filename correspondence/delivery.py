"""Delivery of the outbox: a lease on each message, retries with back-off, and a sweep for what a dead worker left.

SMTP cannot promise exactly once: when a worker dies between the server's answer and our row, the message is sent
again with the same Message-ID. A late duplicate is preferred to a lost mail.
"""

import datetime as dt
import logging
import random
import smtplib

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from correspondence.html import html_of
from correspondence.models import Heartbeat, Message
from correspondence.tasks import deliver_message, tasks_are_waiting

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
BACK_OFF = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)]
# A server that refuses us, our password or our sender refuses every mail: somebody will notice and put it right.
OUR_FAULT = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused)
STUCK_AFTER = dt.timedelta(minutes=5)
WIPED = "—"


def deliver(message_id: int) -> str:
    """Take the message if it is due and nobody else has it, send it, and write down how it went; returns its state."""
    message = take(message_id)
    if message is None:
        return "not due"
    try:
        as_email(message).send()
    except Exception as error:  # whatever a mail library raises belongs in the row, not in a lost worker
        return note_problem(message, error)
    note_sent(message)
    return Message.State.SENT


def take(message_id: int) -> Message | None:
    """Claim a due message for the length of a lease; None when it is not due or another worker was first."""
    now = timezone.now()
    taken = (
        Message.objects.due(now)
        .filter(pk=message_id)
        .update(state=Message.State.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1)
    )
    return Message.objects.get(pk=message_id) if taken else None


def as_email(message: Message) -> EmailMultiAlternatives:
    """Build the mail: plain text, and the same words as HTML."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated", "Content-Language": message.language},
    )
    mail.attach_alternative(html_of(subject=message.subject, body=message.body, language=message.language), "text/html")
    return mail


def note_sent(message: Message) -> None:
    """Record success, even when the lease ran out meanwhile; a text with a link or code in it is not kept."""
    changes = {"state": Message.State.SENT, "sent_at": timezone.now(), "lease_until": None, "problem": ""}
    if message.is_secret:
        changes["body"] = WIPED
    Message.objects.filter(pk=message.pk).exclude(state=Message.State.SENT).update(**changes)


@transaction.atomic
def note_problem(message: Message, error: Exception) -> str:
    """Record failure: final when the server refused for good or the tries are used up, else queued for later.

    A worker that was so slow that the message was taken from it says nothing: the row tells what happened since.
    """
    logger.warning("Message %s not sent (attempt %s): %s", message.pk, message.attempts, type(error).__name__)
    may_try_again = message.attempts <= len(BACK_OFF) and not is_final(error)
    state = Message.State.QUEUED if may_try_again else Message.State.FAILED
    next_attempt_at = message.next_attempt_at
    if may_try_again:
        pause = BACK_OFF[message.attempts - 1] * random.uniform(0.9, 1.1)  # noqa: S311  spreads retries, guards nothing
        next_attempt_at = timezone.now() + pause
    held = Message.objects.filter(pk=message.pk, state=Message.State.SENDING, attempts=message.attempts)
    if not held.update(state=state, problem=describe(error), lease_until=None, next_attempt_at=next_attempt_at):
        return "taken over"
    if may_try_again:
        deliver_message.using(run_after=next_attempt_at).enqueue(message.pk)
    return state


def is_final(error: Exception) -> bool:
    """True when trying again cannot help: the server refused this recipient or this mail for good (RFC 5321: 5yz)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException) and not isinstance(error, OUR_FAULT):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)


def describe(error: Exception) -> str:
    """What went wrong, in one line for the secretariat, at most 500 characters."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {text.decode('utf-8', 'replace')}" for code, text in error.recipients.values()]
        return f"Refused: {'; '.join(answers)}"[:500]
    return f"{type(error).__name__}: {error}"[:500]


@transaction.atomic
def send_again(message: Message) -> bool:
    """Queue a failed message for a new round of attempts; False when it is not a failed one."""
    changed = Message.objects.filter(pk=message.pk, state=Message.State.FAILED).update(
        state=Message.State.QUEUED, attempts=0, next_attempt_at=timezone.now(), lease_until=None
    )
    if changed:
        deliver_message.enqueue(message.pk)
    return bool(changed)


def sweep() -> None:
    """Put back what a dead worker held, queue what is due and has no task any more, and leave a heartbeat."""
    now = timezone.now()
    Message.objects.abandoned(now).update(state=Message.State.QUEUED, lease_until=None, next_attempt_at=now)
    # While tasks wait, workers are busy and nothing is lost; queueing again would only make the queue longer.
    if not tasks_are_waiting():
        with transaction.atomic():
            for pk in Message.objects.due(now).order_by("next_attempt_at").values_list("pk", flat=True)[:500]:
                deliver_message.enqueue(pk)
    Heartbeat.objects.update_or_create(name="worker", defaults={"beat_at": now})


def queue_health() -> bool:
    """True while nothing due has waited longer than five minutes."""
    return not Message.objects.due(timezone.now() - STUCK_AFTER).exists()
