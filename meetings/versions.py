"""Versions of a programme: keeping one, reading the one the public sees, and saying in words what changed between two.

The secretariat works on the sessions; everybody else reads the last version that was published. What became closed,
or came under the Chatham House Rule, since then is so at once, also in what was published before.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from meetings import dates
from meetings.models import Meeting, ProgrammeVersion, Room, Session
from meetings.programme import VISITOR, Eyes

COPIED = (
    *("kind", "title_en", "title_fr", "abstract_en", "abstract_fr", "families", "categories", "languages", "is_interpreted"),
    *("label", "seats", "booking", "is_chatham_house", "is_cancelled"),
)
OF_ROOMS = ("name_en", "name_fr", "seats", "has_interpretation")
Marks = Mapping[int, tuple[str, ...]]


def frozen(session: Session) -> dict[str, Any]:
    """A session as a version keeps it: everything the programme prints but names of people; of who speaks only the marks."""
    room = {name: getattr(session.room, name) for name in OF_ROOMS} if session.room else None
    times = {"starts_at": session.starts_at.astimezone(dt.UTC).isoformat(), "ends_at": session.ends_at.astimezone(dt.UTC).isoformat()}
    marks = {} if session.marks is None else {"marks": list(session.marks)}
    return {"pk": session.pk, "room": room, **times, **marks, **{name: getattr(session, name) for name in COPIED}}


def snapshot_of(meeting: Meeting, marks: Marks | None = None) -> list[dict[str, Any]]:
    """The sessions of a meeting as they stand, in order."""
    return [frozen(session) for session in marked(meeting.sessions.in_order(), marks)]


def marked(sessions: Iterable[Session], marks: Marks | None) -> list[Session]:
    """These sessions, each with the marks of those who speak; without any as if that were not known."""
    found = list(sessions)
    for session in found:
        session.marks = None if marks is None else marks.get(session.pk, ())
    return found


def thawed(meeting: Meeting, kept: dict[str, Any], today: Session | None = None) -> Session:
    """A session as a version kept it, never to be saved; ``today`` is what became of it, whose secrecy counts as well."""
    session = Session(pk=kept["pk"], meeting=meeting, **{name: kept[name] for name in COPIED if name in kept})
    session.starts_at, session.ends_at = (dt.datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at"))
    session.room = Room(meeting=meeting, **kept["room"]) if kept["room"] else None
    session.marks = tuple(kept["marks"]) if "marks" in kept else None
    if today:
        keep_secret(session, today)
    return session


def keep_secret(session: Session, today: Session) -> None:
    """Close what was closed since, to whom it was closed since, and name nobody where nobody may be named any more."""
    session.is_chatham_house = session.is_chatham_house or today.is_chatham_house
    if not today.is_closed:
        return
    session.families = [family for family in today.families if not session.is_closed or family in session.families]
    if today.categories:
        both = [category for category in today.categories if not session.categories or category in session.categories]
        session.families, session.categories = (session.families, both) if both else ([], both)
    session.kind = Session.Kind.CLOSED


def sessions_in(version: ProgrammeVersion, today: dict[int, Session] | None = None) -> list[Session]:
    """The sessions of a version in its order, those that were cancelled too."""
    known = today or {}
    return [thawed(version.meeting, kept, known.get(kept["pk"])) for kept in version.snapshot]


def last_public(meeting: Meeting) -> ProgrammeVersion | None:
    """The version the public reads; None as long as nothing was published."""
    return meeting.programme_versions.public().first()


def published_sessions(meeting: Meeting) -> list[Session]:
    """The programme as the public reads it: the last version published, nothing where none was. Two queries."""
    version = last_public(meeting)
    if version is None:
        return []
    return [session for session in sessions_in(version, sessions_today(meeting)) if not session.is_cancelled]


def published_keys(meeting: Meeting, eyes: Eyes) -> list[int]:
    """Which sessions this reader may know of in the last version published, cancelled or not; none where nothing was. One query.

    What was opened since stays closed until it is published.
    """
    version = last_public(meeting)
    return [session.pk for session in sessions_in(version) if eyes.may_see(session)] if version else []


def sessions_for(meeting: Meeting, eyes: Eyes) -> list[Session]:
    """The programme as this reader gets it: the secretariat the sessions as they stand, others what was published."""
    return list(meeting.sessions.held().in_order()) if eyes.sees_all else published_sessions(meeting)


def sessions_today(meeting: Meeting) -> dict[int, Session]:
    """The sessions as they stand, by their keys."""
    return {session.pk: session for session in meeting.sessions.in_order()}


# --- publishing ---


@transaction.atomic
def keep_version(
    *, meeting: Meeting, stage: str, note_en: str = "", note_fr: str = "", marks: Marks | None = None, at: dt.datetime, by: User | None
) -> ProgrammeVersion:
    """Keep the sessions as they stand as the next version of that stage; one that is no draft is public from now on.

    ``marks`` stand for those who speak, by session (see ``attendance.speaking``).
    """
    locked = Meeting.objects.locked(meeting.pk)
    last = locked.programme_versions.filter(stage=stage).aggregate(last=Max("number"))["last"]
    return ProgrammeVersion.objects.create(
        meeting=locked,
        stage=stage,
        number=(last or 0) + 1,
        snapshot=snapshot_of(locked, marks),
        note_en=note_en.strip(),
        note_fr=note_fr.strip(),
        published_at=at,
        published_by=by,
    )


# --- what changed ---


@dataclass(frozen=True, slots=True)
class Change:
    """One session in two versions; None where it was not in one of them."""

    before: Session | None
    after: Session | None

    @property
    def session(self) -> Session:
        """The session as it is known now."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  one of the two is always there
        return found

    @property
    def is_gone(self) -> bool:
        """True when the session will not take place."""
        return not is_held(self.after)

    def lines(self, eyes: Eyes) -> list[str]:
        """What changed, in sentences, as one reader may know it; of a closed session only that it moved, came or went."""
        masked = any(session and not eyes.may_see(session) for session in (self.before, self.after))
        if is_held(self.before) and is_held(self.after):
            return list(self.altered(masked=masked))
        words = {"title": quoted(self.session, masked=masked), "when": when(self.session)}
        if is_held(self.after):
            return [_("Added: %(title)s, %(when)s.") % words]
        if self.after is not None:
            return [_("Cancelled: %(title)s, %(when)s.") % words]
        return [_("Taken out: %(title)s, %(when)s.") % words]

    def altered(self, *, masked: bool) -> Iterator[str]:
        """What is different about a session that takes place before and after."""
        before, after = self.before, self.after
        assert before is not None and after is not None  # noqa: S101, PT018  the caller looked
        title = quoted(after, masked=masked)
        if not masked and (before.title_en, before.title_fr) != (after.title_en, after.title_fr):
            yield _("%(old)s is now called %(title)s.") % {"old": quoted(before), "title": title}
        if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
            yield _("%(title)s: moved from %(old)s to %(new)s.") % {"title": title, "old": when(before), "new": when(after)}
        if not masked:
            yield from of_place(before, after, title)
            yield from of_people(before, after, title)


def of_place(before: Session, after: Session, title: str) -> Iterator[str]:
    """What is different about the room, the seats and the kind of a session."""
    if room_name(before) != room_name(after):
        old, new = room_name(before) or _("no room"), room_name(after) or _("no room")
        yield _("%(title)s: in %(new)s instead of %(old)s.") % {"title": title, "old": old, "new": new}
    if before.kind != after.kind:
        kinds = {"title": title, "old": before.get_kind_display(), "new": after.get_kind_display()}
        yield _("%(title)s: now “%(new)s”, before “%(old)s”.") % kinds
    old_seats, seats = before.seats_in_all, after.seats_in_all
    if after.booking != Session.Booking.NONE and seats is not None and old_seats is not None and seats != old_seats:
        text = ngettext("%(title)s: %(n)s seat instead of %(old)s.", "%(title)s: %(n)s seats instead of %(old)s.", seats)
        yield text % {"title": title, "n": seats, "old": old_seats}


def of_people(before: Session, after: Session, title: str) -> Iterator[str]:
    """That others speak than before, and not who; nothing where nobody may be named, or where a version does not know."""
    if before.marks is None or after.marks is None or not (before.names_may_be_told and after.names_may_be_told):
        return
    if set(before.marks) != set(after.marks):
        yield _("%(title)s: who speaks has changed.") % {"title": title}


def is_held(session: Session | None) -> bool:
    """True of a session that is in a version and not cancelled there."""
    return session is not None and not session.is_cancelled


def room_name(session: Session) -> str:
    """The name of a session's room; empty where it has none."""
    return session.room.name.text if session.room else ""


def quoted(session: Session, *, masked: bool = False) -> str:
    """The title between quotation marks."""
    return _("“%(title)s”") % {"title": _("Closed session") if masked else session.title.text}


def when(session: Session) -> str:
    """Day and hours on the venue's clock."""
    start, end = session.local_start(), session.local_end()
    return f"{dates.day(start.date(), weekday=True)}, {dates.hours(start, end)}"


def changes_between(old: Iterable[Session], new: Iterable[Session]) -> list[Change]:
    """Every session that is not the same in both, in the order of the new programme, then what is gone."""
    before, after = ({session.pk: session for session in sessions} for sessions in (old, new))
    keys = [*after, *(key for key in before if key not in after)]
    found = [Change(before.get(key), after.get(key)) for key in keys]
    return [change for change in found if (is_held(change.before) or is_held(change.after)) and change.lines(Eyes(sees_all=True))]


def unpublished_changes(meeting: Meeting, marks: Marks | None = None) -> list[Change]:
    """What is different in the sessions of today from what the public reads; nothing where nothing was published."""
    version = last_public(meeting)
    return changes_between(sessions_in(version), marked(meeting.sessions.in_order(), marks)) if version else []


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reader is told of the programme's version: which it is, of which day, and what changed since the one before."""

    version: ProgrammeVersion
    changes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """On one line: "Provisional programme, revision 2, 3 November 2026"."""
        published = self.version.published_at.astimezone(self.version.meeting.zone).date()
        final = self.version.stage == ProgrammeVersion.Stage.FINAL
        words = _("Final programme, revision %(number)s, %(day)s") if final else _("Provisional programme, revision %(number)s, %(day)s")
        return words % {"number": self.version.number, "day": dates.day(published)}


def standing_of(meeting: Meeting, eyes: Eyes = VISITOR) -> Standing | None:
    """Where the published programme stands, as one reader may know it; None as long as nothing was published."""
    versions = list(meeting.programme_versions.public()[:2])
    if not versions:
        return None
    if len(versions) == 1:
        return Standing(versions[0])
    today = sessions_today(meeting)
    new, old = (sessions_in(version, today) for version in versions)
    return Standing(versions[0], tuple(line for change in changes_between(old, new) for line in change.lines(eyes)))
