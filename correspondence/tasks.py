"""Background work of the outbox."""

from django_tasks import task


@task()
def deliver_message(message_id: int) -> str:
    """Try to deliver one message; returns the state it is left in."""
    from correspondence.delivery import deliver  # delivery queues this task again, so it is named late

    return deliver(message_id)
