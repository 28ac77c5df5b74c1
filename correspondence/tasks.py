"""Background work of the outbox."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

KEPT = dt.timedelta(days=7)


@task()
def deliver_message(message_id: int) -> str:
    """Try to deliver one message; returns the state it is left in."""
    from correspondence.delivery import deliver  # delivery queues this task again, so it is named late

    return deliver(message_id)


@task()
def write_campaign(campaign_id: int) -> int:
    """Write the next batch of a campaign to the outbox; returns how many mails."""
    from correspondence.campaigns import write_batch  # it queues this task again, so it is named late

    return write_batch(campaign_id)


def tasks_are_waiting() -> bool:
    """True while the queue holds tasks that could run now."""
    return DBTaskResult.objects.ready().exists()


def forget_old_tasks() -> None:
    """Delete what is known of tasks that ended, or whose worker was killed, a week ago; the outbox has what matters."""
    long_ago = timezone.now() - KEPT
    DBTaskResult.objects.filter(Q(finished_at__lt=long_ago) | Q(finished_at=None, started_at__lt=long_ago)).delete()
