"""Publishing a programme: a version is kept, and those who booked what changed, or have a part in it, are told once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from attendance.errors import NothingNew
from attendance.mails import tell_of_changes
from attendance.models import Booking, Part
from attendance.services.seating import write
from attendance.speaking import marks_of
from meetings.models import Meeting, ProgrammeVersion, Session
from meetings.programme import VISITOR
from meetings.versions import Change, changes_between, keep_version, last_public, quoted, sessions_in, snapshot_of, when
from participants.models import Participant


@transaction.atomic
def publish(
    *, meeting: Meeting, stage: str, note_en: str = "", note_fr: str = "", at: dt.datetime, by: User | None
) -> tuple[ProgrammeVersion, int]:
    """Keep the sessions as the next version, and tell those concerned of what changed; how many were told.

    A draft tells nobody, and neither does the first version. Whoever had a seat in a session that is cancelled has none any more.
    Raises NothingNew for what the public reads already, so that a button pressed twice makes one version.
    """
    before = last_public(Meeting.objects.locked(meeting.pk))
    marks = marks_of(meeting)
    if before and kept_in(before) == (stage, note_en.strip(), note_fr.strip(), snapshot_of(meeting, marks)):
        raise NothingNew(_("Nothing is new since %(version)s: it stays as it is.") % {"version": before})
    version = keep_version(meeting=meeting, stage=stage, note_en=note_en, note_fr=note_fr, marks=marks, at=at, by=by)
    if not version.is_public or before is None:
        return version, 0
    changes = changes_between(sessions_in(before), sessions_in(version))
    told = concerned(changes)
    for participant, own in told.items():
        tell(participant, own, version)
    gone = [change.session.pk for change in changes if change.is_gone]
    for booking in Booking.objects.standing().filter(session__in=gone).order_by("pk"):
        write(booking, Booking.State.TAKEN_BACK, by=by, at=at)
    return version, len(told)


def kept_in(version: ProgrammeVersion) -> tuple[str, str, str, list[dict[str, Any]]]:
    """What somebody chose and wrote when it was published, and the sessions as they were."""
    return version.stage, version.note_en, version.note_fr, version.snapshot


def concerned(changes: Iterable[Change]) -> dict[Participant, list[Change]]:
    """Who has a seat in what changed, waits for one or has a part in it, and what of it they are told: each session once."""
    to_tell = {change.session.pk: change for change in changes if change.lines(VISITOR)}
    booked = Booking.objects.standing().filter(session__in=to_tell).order_by().values_list("participant", "session")
    parts = Part.objects.filter(session__in=to_tell, participant__state=Participant.State.CONFIRMED)
    own: dict[int, set[int]] = defaultdict(set)
    for participant, session in booked.union(parts.order_by().values_list("participant", "session")):
        own[participant].add(session)
    people = Participant.objects.filter(pk__in=own).select_related("meeting").order_by("pk")
    return {person: [change for key, change in to_tell.items() if key in own[person.pk]] for person in people}


def tell(participant: Participant, changes: list[Change], version: ProgrammeVersion) -> None:
    """One mail to one person; a closed session keeps its title to itself even there, for mailboxes are read."""
    with override(participant.language):
        lines = [line for change in changes for line in change.lines(VISITOR)]
        beside = [line for change in changes if change.after and not change.is_gone for line in overlaps(participant, change.after)]
    tell_of_changes(participant, version=version.pk, changes=lines, overlaps=beside)


def overlaps(participant: Participant, session: Session) -> list[str]:
    """What else somebody booked, or has a part in, at the same time."""
    booked = Q(bookings__participant=participant, bookings__state__in=[Booking.State.SEAT, Booking.State.QUEUE])
    others = Session.objects.held().filter(booked | Q(parts__participant=participant)).distinct()
    same_time = others.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at).exclude(pk=session.pk)
    rows = same_time.select_related("meeting").in_order()
    return [_("At the same time: %(title)s, %(when)s.") % {"title": quoted(row, masked=row.is_closed), "when": when(row)} for row in rows]


def to_be_told(changes: Iterable[Change]) -> int:
    """How many people will get a mail when these changes are published."""
    return len(concerned(changes))
