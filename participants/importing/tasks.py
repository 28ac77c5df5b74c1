"""Background work of imports."""

from django_tasks import task


@task()
def write_import(record_id: int) -> str:
    """Write one list that was told to be; returns the stage it is left in."""
    from participants.importing.applying import write  # it queues this task

    return write(record_id)
