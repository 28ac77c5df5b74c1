"""The purge: every class of data by its clock, in batches, with a report of what went."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.personal_data import DataClass
from privacy.clocks import ORDER, PARTS, clock_of
from privacy.models import PurgeRun
from privacy.retention import Period, periods
from privacy.services import tombstones
from privacy.services.disk import overwrite

logger = logging.getLogger(__name__)

NIGHT = range(2, 6)  # hours in Strasbourg: nobody registers then, and backups are mostly made after midnight
LEASE = dt.timedelta(minutes=10)  # how long a batch may take before another worker thinks this one dead

Tell = Callable[[DataClass, str, int], None]  # class, table, how many more went


class TakenOver(Exception):
    """Another worker thought this one dead and goes on in its place."""


def nightly(at: dt.datetime | None = None) -> PurgeRun | None:
    """Purge once each night, whichever of any number of workers comes first; one that died is taken over by another."""
    now = at or timezone.now()
    here = timezone.localtime(now)
    run = claim(here.date(), now) if here.hour in NIGHT else None
    if run is not None:
        tombstones.complete()
        carry_out(run, at=now)
    return run


def claim(night: dt.date, now: dt.datetime) -> PurgeRun | None:
    """The run of this night, if it is this worker's: nobody began it yet, or whoever did is dead."""
    try:
        with transaction.atomic():
            return PurgeRun.objects.create(channel=PurgeRun.Channel.NIGHTLY, night=night, started_at=now, lease_until=now + LEASE)
    except IntegrityError:
        taken = PurgeRun.objects.filter(night=night, finished_at=None, lease_until__lt=now).update(lease_until=now + LEASE)
        return PurgeRun.objects.get(night=night) if taken else None


def purge(*, at: dt.datetime | None = None, only: str = "", dry: bool = False, tell: Tell | None = None) -> PurgeRun:
    """Purge what is due now, or count it; ``only`` one class. Returns the report, which is kept."""
    now = at or timezone.now()
    run = PurgeRun.objects.create(channel=PurgeRun.Channel.COMMAND, only=only, is_dry=dry, started_at=now)
    return carry_out(run, at=now, tell=tell)


def carry_out(run: PurgeRun, *, at: dt.datetime, tell: Tell | None = None) -> PurgeRun:
    """Go through the classes. One that fails is noted by the kind of its error, because its text may quote a row, and the
    others go on."""
    known = periods()
    for data_class in [DataClass(run.only)] if run.only else ORDER:
        try:
            purge_class(run, known[data_class], at=at, tell=tell)
        except TakenOver:
            return run
        except Exception as error:
            logger.exception("Purge of %s failed", data_class)
            run.problem += f"{data_class}: {type(error).__name__}\n"
    transaction.on_commit(overwrite)  # at once, unless somebody calls this inside a transaction
    run.finished_at, run.lease_until = timezone.now(), None
    run.save(update_fields=["finished_at", "lease_until", "counts", "problem"])
    return run


def purge_class(run: PurgeRun, period: Period, *, at: dt.datetime, tell: Tell | None) -> None:
    """Let go of what is due of one class, or count it, table by table."""
    clock = clock_of(period, at)
    for part in PARTS[period.data_class]():

        def note(number: int, table: str = part.table) -> None:
            add(run, period.data_class, table, number)
            if tell:
                tell(period.data_class, table, number)

        note(part.count_due(clock) if run.is_dry else 0)
        if not run.is_dry:
            part.purge(clock, note)


def add(run: PurgeRun, data_class: DataClass, table: str, number: int) -> None:
    """Add to the report, and say that this worker is alive. Raises TakenOver when another has it meanwhile."""
    counts = Counter(run.counts.get(data_class, {}))
    counts[table] += number
    run.counts = {**run.counts, data_class.value: dict(counts)}
    until = run.lease_until and timezone.now() + LEASE
    held = Q(lease_until=run.lease_until) if run.lease_until else Q(lease_until=None)
    if not PurgeRun.objects.filter(held, pk=run.pk, finished_at=None).update(counts=run.counts, lease_until=until):
        raise TakenOver
    run.lease_until = until
