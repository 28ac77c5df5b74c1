"""Writing a plan: in the background, once, all of it or nothing."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import security_log
from accounts.models import User
from meetings.models import Meeting
from participants import errors, services
from participants.importing import limits, storing
from participants.importing.errors import NotReady, PlanChanged
from participants.importing.planning import Change, Group, Order, Plan, is_history, planned
from participants.importing.rows import Said, understand
from participants.importing.values import Known, known_for
from participants.models import ImportRecord, Participant
from participants.models.imports import LEASE, MOST_ATTEMPTS
from participants.services.lists import Correction

logger = logging.getLogger(__name__)

Stage = ImportRecord.Stage
STEP = 500  # rows between two notes of how far it is
MOST_WITH_MAILS = 1_000  # each mail is written while nobody else can register


def order_of(record: ImportRecord, tray: storing.Tray) -> Order:
    """What was decided about this file."""
    return Order(
        fields=record.fields,
        new_state=record.new_state,
        default_sector=record.default_sector,
        left_out=frozenset(tray.left_out),
        taken=frozenset(tray.taken),
    )


def check_ready(record: ImportRecord, plan: Plan) -> None:
    """Raise NotReady, which says why, for a plan that cannot be written."""
    if plan.counts[Group.FAULTY]:
        raise NotReady
    if not plan.writes:
        raise NotReady(_("There is nothing to write."))
    if record.with_mails and plan.counts[Group.NEW] > MOST_WITH_MAILS:
        raise NotReady(_("Mails go with at most %(most)s new people at a time.") % {"most": limits.written(MOST_WITH_MAILS)})


@transaction.atomic
def queue(*, record: ImportRecord, plan: Plan) -> None:
    """Hand a plan that somebody looked at to the worker. Raises NotReady."""
    from participants.importing.tasks import write_import  # the task calls this module

    check_ready(record, plan)
    now = timezone.now()
    queued = ImportRecord.objects.filter(pk=record.pk, stage=Stage.OPEN).update(
        stage=Stage.QUEUED,
        fingerprint=plan.fingerprint,
        counts=dict(plan.counts),
        lease_until=now + LEASE,
        touched_at=now,
        attempts=0,
        checked=0,
        problem="",
    )
    if queued:
        write_import.enqueue(record.pk)


def take(record_id: int) -> ImportRecord | None:
    """Claim an import that waits to be written; None when another worker has it."""
    now = timezone.now()
    waiting = ImportRecord.objects.filter(pk=record_id, stage=Stage.QUEUED)
    taken = waiting.update(stage=Stage.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1)
    return ImportRecord.objects.get(pk=record_id) if taken else None


def write(record_id: int) -> str:
    """Write an import that was told to be; returns the stage it is left in. A problem leads back to its rows, with the reason."""
    record = take(record_id)
    if record is None:
        return "not waiting"
    try:
        tray = storing.get(record.stored_as)
        write_rows(record, tray)
    except storing.Gone:
        return end(record, Stage.FAILED, _("Its rows are no longer there. Nothing was written."))
    except errors.Refused as refusal:
        return end(record, Stage.OPEN, str(refusal))
    except DatabaseError as error:
        logger.warning("Import %s was not written: %s", record.pk, type(error).__name__)
        return end(record, Stage.OPEN, str(PlanChanged()))
    storing.let_go(record.stored_as)
    return Stage.DONE


def write_rows(record: ImportRecord, tray: storing.Tray) -> None:
    """Understand the rows, and write what they say in one short transaction."""
    known = known_for(record.meeting)
    said = understood(record, tray, known, note=lambda count: ImportRecord.objects.filter(pk=record.pk).update(checked=count))
    with transaction.atomic():
        meeting = Meeting.objects.locked(record.meeting_id)
        current = ImportRecord.objects.select_for_update().get(pk=record.pk)
        if (current.stage, current.attempts) != (Stage.RUNNING, record.attempts):
            raise PlanChanged  # its lease ended, and another worker has it
        hold_everybody(meeting)
        plan = planned(said, order_of(record, tray), meeting, known)
        if plan.fingerprint != record.fingerprint:
            raise PlanChanged
        carry_out(plan, by=record.made_by, reason=record.change_reason, with_mails=record.with_mails)
        current.stage, current.finished_at, current.stored_as, current.lease_until = Stage.DONE, timezone.now(), "", None
        current.counts = dict(plan.counts)
        current.save(update_fields=["stage", "finished_at", "stored_as", "lease_until", "counts"])
    security_log.record("imported", by=record.made_by, about=record, rows=plan.writes)


def hold_everybody(meeting: Meeting) -> None:
    """Lock the meeting's registrations, so that nobody corrects their own answers between the plan and its writing."""
    list(Participant.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("pk").values_list("pk", flat=True))


def understood(record: ImportRecord, tray: storing.Tray, known: Known, *, note: Callable[[int], object]) -> list[Said]:
    """What each row says, noting now and then how far it is."""
    said = []
    for count, (number, row) in enumerate(tray.rows, start=1):
        said.append(understand(number, row, record.fields, known))
        if count % STEP == 0:
            note(count)
    return said


def carry_out(plan: Plan, *, by: User | None, reason: str, with_mails: bool) -> None:
    """Write a plan. The caller holds the lock on the meeting's row, and made the plan under it."""
    services.write_list(
        meeting=plan.meeting,
        newcomers=[entry.said.values for entry in plan.of(Group.NEW)],
        corrections=[
            Correction(entry.participant, columns(entry.changes)) for entry in plan.of(Group.CHANGED) if entry.participant is not None
        ],
        new_state=plan.order.new_state,
        by=by,
        reason=reason,
        at=timezone.now(),
        is_history=is_history(plan.meeting),
        with_mails=with_mails,
    )


def columns(changes: list[Change]) -> dict[str, object]:
    """The new values, by column."""
    return {change.field: change.new for change in changes}


def end(record: ImportRecord, stage: str, problem: str) -> str:
    """Say what went wrong. An import that leads back to its rows can be corrected and told to be written again."""
    held = ImportRecord.objects.filter(pk=record.pk, stage=Stage.RUNNING, attempts=record.attempts)
    held.update(stage=stage, problem=problem[:300], lease_until=None, touched_at=timezone.now())
    return stage


@transaction.atomic
def cancel(*, record: ImportRecord, stage: str = Stage.CANCELLED) -> None:
    """Give an import up: its rows are deleted, the line in the ledger stays. What is being written is not stopped."""
    now = timezone.now()
    given_up = ImportRecord.objects.filter(pk=record.pk, stage=Stage.OPEN)
    if given_up.update(stage=stage, stored_as="", finished_at=now, touched_at=now):
        transaction.on_commit(lambda: storing.let_go(record.stored_as))


def sweep() -> None:
    """Queue again what a dead worker left, and delete what nobody went on with for a day."""
    from participants.importing.tasks import write_import

    now = timezone.now()
    for record in ImportRecord.objects.abandoned(now):
        held = ImportRecord.objects.filter(pk=record.pk, lease_until=record.lease_until)
        if record.attempts >= MOST_ATTEMPTS:
            problem = _("It was begun several times and never ended. Nothing was written.")
            held.update(stage=Stage.OPEN, lease_until=None, problem=problem, touched_at=now)
            continue
        with transaction.atomic():
            if held.update(stage=Stage.QUEUED, lease_until=now + LEASE):
                write_import.enqueue(record.pk)
    for record in ImportRecord.objects.forgotten(now):
        cancel(record=record)
    storing.delete_strays(now)
