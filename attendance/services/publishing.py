"""Publishing a programme: a version is kept, and those who booked what changed are told once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from attendance.mails import tell_of_changes
from attendance.models import Booking
from attendance.services.bookings import write
from meetings.models import Meeting, ProgrammeVersion, Session
from meetings.programme import VISITOR
from meetings.versions import Change, changes_between, keep_version, last_public, quoted, sessions_in, when
from participants.models import Participant


@transaction.atomic
def publish(
    *, meeting: Meeting, stage: str, note_en: str = "", note_fr: str = "", at: dt.datetime, by: User | None
) -> tuple[ProgrammeVersion, int]:
    """Keep the sessions as the next version, and tell those with a seat or in the queue of what changed; how many were told.

    A draft tells nobody, and neither does the first version. Whoever had a seat in a session that is cancelled has none any more.
    """
    before = last_public(meeting)
    version = keep_version(meeting=meeting, stage=stage, note_en=note_en, note_fr=note_fr, at=at, by=by)
    if not version.is_public or before is None:
        return version, 0
    changes = {change.session.pk: change for change in changes_between(sessions_in(before), sessions_in(version))}
    affected = bookings_in(changes)
    for participant, own in affected.items():
        tell(participant, [changes[booking.session_id] for booking in own], version)
    gone = [booking for own in affected.values() for booking in own if changes[booking.session_id].is_gone]
    for booking in gone:
        write(booking, Booking.State.TAKEN_BACK, by=by, at=at)
    return version, len(affected)


def bookings_in(sessions: Iterable[int]) -> dict[Participant, list[Booking]]:
    """Who has a seat or waits for one in these sessions, and in which of them."""
    found: dict[Participant, list[Booking]] = defaultdict(list)
    rows = Booking.objects.standing().filter(session__in=list(sessions)).select_related("participant__meeting")
    for booking in rows.order_by("participant", "session__starts_at", "pk"):
        found[booking.participant].append(booking)
    return dict(found)


def tell(participant: Participant, changes: list[Change], version: ProgrammeVersion) -> None:
    """One mail to one person; a closed session keeps its title to itself even there, for mailboxes are read."""
    with override(participant.language):
        lines = [line for change in changes for line in change.lines(VISITOR)]
        beside = [line for change in changes if change.after and not change.is_gone for line in overlaps(participant, change.after)]
    if lines:
        tell_of_changes(participant, version=version.pk, changes=lines, overlaps=beside)


def overlaps(participant: Participant, session: Session) -> list[str]:
    """What else somebody booked for the same time."""
    others = Session.objects.held().filter(bookings__participant=participant, bookings__state__in=[Booking.State.SEAT, Booking.State.QUEUE])
    same_time = others.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at).exclude(pk=session.pk)
    rows = same_time.select_related("meeting").in_order()
    return [_("At the same time: %(title)s, %(when)s.") % {"title": quoted(row, masked=row.is_closed), "when": when(row)} for row in rows]


def to_be_told(changes: Iterable[Change]) -> int:
    """How many people will get a mail when these changes are published."""
    keys = [change.session.pk for change in changes]
    return Booking.objects.standing().filter(session__in=keys).values("participant").distinct().count()
