"""The outbox of the coming meeting: the mails that its registrations caused, as the worker left them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.utils import timezone

from correspondence import kinds
from correspondence.delivery import WIPED
from correspondence.models import Message
from correspondence.wording import wording_of
from participants import mails
from participants.models import Participant
from pompidou.demo import mailbox
from pompidou.demo.timing import Course

State = Participant.State
KIND_OF_STATE = {
    State.PENDING: "registration_received",
    State.CONFIRMED: "registration_confirmed",
    State.WAITLISTED: "registration_waitlisted",
    State.DECLINED: "registration_declined",
    State.WITHDRAWN: "registration_withdrawn",
}
CONFIRM_ADDRESS = "registration_confirm_address"
BUSY_SERVER = "SMTPServerDisconnected: Connection unexpectedly closed"
FULL_MAILBOX = "Refused: 552 5.2.2 Mailbox full"
SECOND_ATTEMPT = dt.timedelta(minutes=20)


def forget(references: Collection[str], addresses: Collection[str]) -> None:
    """Delete the mails about these registrations, and the files of those delivered to these addresses."""
    Message.objects.filter(reference__in=references).delete()
    for path in mailbox.folder().glob("*.log"):
        if all(mail.to in addresses for mail in mailbox.read_file(path)):
            path.unlink()


def write(rows: Iterable[Participant], courses: Mapping[str, Course]) -> list[Message]:
    """Write a mail for every step of every registration, all sent at the time of the step."""
    wordings = {
        (kind, language): wording_of(kind, language) for kind in (CONFIRM_ADDRESS, *KIND_OF_STATE.values()) for language in ("en", "fr")
    }
    messages = []
    for row in rows:
        course = courses[(row.submission_key or "").rpartition(":")[2]]
        for state, moment in ((None, course.sent_at), *course.steps):
            kind = KIND_OF_STATE[State(state)] if state else CONFIRM_ADDRESS
            messages.append(letter(row, kind, moment, wordings[kind, row.language]))
    return Message.objects.bulk_create(messages)


def letter(row: Participant, kind: str, moment: dt.datetime, wording: tuple[str, str]) -> Message:
    """One mail that was sent a few seconds after it was written."""
    values = {**mails.values_for(row, row.language), "position": str(row.place_in_line() or ""), "reason": row.state_reason}
    is_secret = kinds.get(kind).is_secret
    return Message(
        kind=kind,
        dedup_key=f"{row.submission_key}:{kind}",
        to=row.email,
        language=row.language,
        subject=kinds.fill(wording[0], values),
        body=WIPED if is_secret else kinds.fill(wording[1], values),
        reference=row.reference,
        is_secret=is_secret,
        hides_address=row.is_protected,
        state=Message.State.SENT,
        attempts=1,
        created_at=moment,
        next_attempt_at=moment,
        sent_at=moment + dt.timedelta(seconds=2),
    )


def fail_one(messages: list[Message]) -> None:
    """Let the latest confirmation be one that a mail server refused for good."""
    confirmations = [message for message in messages if message.kind == KIND_OF_STATE[State.CONFIRMED]]
    failed = max(confirmations, key=lambda message: message.created_at)
    failed.state, failed.problem, failed.sent_at = Message.State.FAILED, FULL_MAILBOX, None
    failed.save(update_fields=["state", "problem", "sent_at"])


def hold_back(addresses: list[str]) -> None:
    """Let the acknowledgements to these people wait for a second attempt, as after a busy server."""
    Message.objects.filter(to__in=addresses, kind=KIND_OF_STATE[State.PENDING]).update(
        attempts=1, problem=BUSY_SERVER, next_attempt_at=timezone.now() + SECOND_ATTEMPT
    )
