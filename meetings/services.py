"""Changes to a meeting that leave a trace of their own."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings.models import DateChange, Meeting, Room, Session

FRAME = (
    *("kind", "title_en", "title_fr", "abstract_en", "abstract_fr", "families", "categories", "languages", "is_interpreted", "label"),
    *("seats", "booking", "is_chatham_house"),
)


class Refused(Exception):
    """A service did nothing; ``str()`` says why, to a person."""

    reason = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.reason)


class DaysUnchanged(Refused):
    """The new days are those the meeting has already."""

    reason = _("The meeting is on these days already.")


class ReasonMissing(Refused):
    """Days that the public knows moved without a word of why."""

    reason = _("Please say why the days change; the reason is shown to the public.")


class BeyondTheDay(Refused):
    """Moving so far would put a session on another day."""

    reason = _("That would move a session to another day. Move fewer sessions, or by fewer minutes.")


def keep(session: Session, names: list[str], *, by: User | None) -> None:
    """Save these columns of a session, with who did it in its history."""
    session._history_user = by  # type: ignore[attr-defined]
    session.save(update_fields=names)


@transaction.atomic
def move_session(*, session: Session, starts_at: dt.datetime, ends_at: dt.datetime, room: Room | None, by: User | None) -> Session:
    """Put a session to other hours and another room."""
    session.starts_at, session.ends_at, session.room = starts_at, ends_at, room
    keep(session, ["starts_at", "ends_at", "room"], by=by)
    return session


@transaction.atomic
def shift(*, session: Session, minutes: int, with_later: bool, by: User | None) -> list[Session]:
    """Move a session by so many minutes, and with it all that start after it on that day at the venue. Raises BeyondTheDay."""
    meeting = Meeting.objects.locked(session.meeting_id)
    first = meeting.sessions.select_related("meeting").get(pk=session.pk)
    day = first.local_start().date()
    rows = meeting.sessions.held().select_related("meeting").filter(starts_at__gte=first.starts_at).order_by("starts_at", "pk")
    moved = [row for row in rows if row.local_start().date() == day and (row.starts_at > first.starts_at or row.pk == first.pk)]
    for row in moved if with_later else [first]:
        row.starts_at += dt.timedelta(minutes=minutes)
        row.ends_at += dt.timedelta(minutes=minutes)
        if row.local_start().date() != day:
            raise BeyondTheDay
        keep(row, ["starts_at", "ends_at"], by=by)
    return moved if with_later else [first]


@transaction.atomic
def postpone(*, meeting: Meeting, starts_on: dt.date, ends_on: dt.date, reason_en: str, reason_fr: str = "", by: User | None) -> DateChange:
    """Move a meeting to other days and keep the old ones with the reason; the days first planned stay as they were.

    Raises DaysUnchanged or ReasonMissing.
    """
    current = Meeting.objects.locked(meeting.pk)
    if (current.starts_on, current.ends_on) == (starts_on, ends_on):
        raise DaysUnchanged
    if not reason_en.strip():
        raise ReasonMissing
    change = DateChange.objects.create(
        meeting=current,
        old_starts_on=current.starts_on,
        old_ends_on=current.ends_on,
        new_starts_on=starts_on,
        new_ends_on=ends_on,
        reason_en=reason_en.strip(),
        reason_fr=reason_fr.strip(),
        changed_by=by,
    )
    current.starts_on, current.ends_on = starts_on, ends_on
    current._history_user = by  # type: ignore[attr-defined]
    current._change_reason = "days changed"  # type: ignore[attr-defined]
    current.save(update_fields=["starts_on", "ends_on"])
    meeting.starts_on, meeting.ends_on = starts_on, ends_on
    return change


@transaction.atomic
def copy_frame(*, source: Meeting, target: Meeting, by: User | None) -> list[Session]:
    """Copy the sessions of a past meeting into another, on the same day of it and at the same hours at the venue.

    Rooms are matched by name and copied where there is none. Who speaks, who booked and closing dates stay behind.
    """
    locked = Meeting.objects.locked(target.pk)
    rooms = {room.name_en: room for room in locked.rooms.all()}
    copies = [copied(session, locked, rooms) for session in frame_of(source, locked)]
    for session in copies:
        session._history_user = by  # type: ignore[attr-defined]
        session.save(force_insert=True)
    return copies


def frame_of(source: Meeting, target: Meeting) -> list[Session]:
    """The sessions of ``source`` as they would stand in ``target``, not saved: same day of the meeting, same hours at the venue."""
    found = []
    for session in source.sessions.held().in_order().select_related("meeting", "room"):
        starts_at, ends_at = moved_to(target, session, days=target.starts_on - source.starts_on)
        kept = {name: getattr(session, name) for name in FRAME}
        found.append(Session(meeting=target, room=session.room, starts_at=starts_at, ends_at=ends_at, **kept))
    return found


def moved_to(target: Meeting, session: Session, *, days: dt.timedelta) -> tuple[dt.datetime, dt.datetime]:
    """A session's hours so many days later on the clock of another venue; as long as before where that clock skips them."""
    start, end = (
        dt.datetime.combine(moment.date() + days, moment.time(), tzinfo=target.zone).astimezone(dt.UTC)
        for moment in (session.local_start(), session.local_end())
    )
    return start, end if end > start else start + (session.ends_at - session.starts_at)


def copied(session: Session, target: Meeting, rooms: dict[str, Room]) -> Session:
    """The session in the target's own room; its seats are at most those of that room."""
    if session.room:
        old = session.room
        if old.name_en not in rooms:
            columns = {"name_en": old.name_en, "name_fr": old.name_fr, "seats": old.seats, "has_interpretation": old.has_interpretation}
            rooms[old.name_en] = Room.objects.create(meeting=target, **columns)
        session.room = rooms[old.name_en]
        if session.seats is not None:
            session.seats = min(session.seats, session.room.seats)
    return session
