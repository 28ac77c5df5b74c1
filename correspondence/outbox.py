"""The one way a message leaves: written here, in the caller's transaction, and sent later by a worker."""

from collections.abc import Collection, Mapping

from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from accounts.models import normal_address
from correspondence import kinds
from correspondence.models import Message
from correspondence.tasks import deliver_message
from correspondence.wording import wording_of


def put(
    *, kind: str, to: str, language: str, values: Mapping[str, str], dedup_key: str, reference: str = "", hides_address: bool = False
) -> Message | None:
    """Write one message to the outbox and queue its delivery, both in the caller's transaction.

    ``values`` fill the placeholders of ``kind`` and must be exactly those (ValueError otherwise). ``dedup_key`` names the
    event: a second message about the same event is not written, and None is returned. Raises ValidationError when
    ``to`` is not one plain address.
    """
    definition = kinds.get(kind)
    if set(values) != set(definition.placeholders):
        raise ValueError(f"{kind} needs {sorted(definition.placeholders)}, not {sorted(values)}")
    return put_words(
        kind=kind,
        to=to,
        language=language,
        words=wording_of(kind, language),
        values=values,
        secrets=definition.secrets,
        dedup_key=dedup_key,
        reference=reference,
        hides_address=hides_address,
    )


def put_words(
    *,
    kind: str,
    to: str,
    language: str,
    words: tuple[str, str],
    values: Mapping[str, str],
    dedup_key: str,
    secrets: Collection[str] = (),
    reference: str = "",
    hides_address: bool = False,
) -> Message | None:
    """The same with a subject and a text of the caller's own, for mails that have no template."""
    validate_email(to)
    subject, body = words
    one_line = {name: " ".join(str(value).split()) for name, value in values.items()}
    message = Message(
        kind=kind,
        to=normal_address(to),
        language=language,
        subject=kinds.fill(subject, {name: text for name, text in one_line.items() if name not in secrets})[:300],
        body=kinds.fill(body, values),
        dedup_key=dedup_key,
        reference=reference,
        is_secret=bool(secrets),
        hides_address=hides_address,
    )
    if not save_once(message):
        return None
    deliver_message.enqueue(message.pk)
    return message


def save_once(message: Message) -> bool:
    """Save unless a message about the same event is there already; the database decides, so two processes cannot both."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return False
    return True
