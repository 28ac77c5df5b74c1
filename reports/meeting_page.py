"""The page of one meeting: what readers share is drawn once and kept; what is personal is added by the view.

The key under which it is kept is made of the very values it shows, so that an edit shows at once in
every process. Figures may be a minute old; the host country's name, and programmes written past their history, too.
"""

import functools
import hashlib
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Max, OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meetings import dates
from meetings.languages import current_language
from meetings.models import DateChange, Meeting, MeetingQuerySet, ProgrammeVersion, Session
from meetings.programme import by_day, items_of, venue_clock
from meetings.templatetags.bilingual import marked
from meetings.versions import published_sessions, standing_of
from reports.charts import Bar, Chart, bar_chart
from reports.editions import Action, Edition, action_for_visitors, country_of, facts_of, steps_of
from reports.figures import EditionFigures

KEPT_FOR = 60  # seconds


class Shared(NamedTuple):
    """What every reader of a meeting's page may see alike: banner, page below it, and the host country's name."""

    banner: SafeString
    main: SafeString
    country: str


def meeting_with_version(slug: str) -> Meeting | None:
    """The meeting at this address with its published programme, the last change to a session, and the last change of its dates."""
    return versioned().filter(slug=slug).first()


@functools.cache
def versioned() -> MeetingQuerySet:
    """Meetings with what their pages are made from; built once, because Django takes longer to write it than to run it."""
    published = ProgrammeVersion.objects.public().filter(meeting=OuterRef("pk")).order_by().values("meeting")
    changes = Session.history.filter(meeting_id=OuterRef("pk")).order_by().values("meeting_id")
    moves = DateChange.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    return Meeting.objects.order_by("pk").annotate(
        published_version=Subquery(published.annotate(last=Max("pk")).values("last")),  # rows that are only added, never changed
        programme_version=Subquery(changes.annotate(last=Max("history_id")).values("last")),
        last_move=Subquery(moves.annotate(last=Max("pk")).values("last")),  # rows that are only added, never changed
    )


def shared_part(edition: Edition) -> Shared:
    """Return what readers share of the page of ``edition``, whose meeting comes from ``meeting_with_version``."""
    if not edition.meeting.is_published:
        return draw(edition)
    key = cache_key(edition)
    kept = cache.get(key)
    if kept is None:
        kept = draw(edition)
        cache.set(key, kept, KEPT_FOR)
    return kept


def cache_key(edition: Edition) -> str:
    """Everything the main part is drawn from, as one short key; the minute covers what has no version."""
    meeting: Any = edition.meeting  # with the columns of ``statement``
    seen = [
        [getattr(meeting, field.attname) for field in meeting._meta.concrete_fields],
        [meeting.published_version, meeting.programme_version, meeting.last_move],
        [edition.phase, edition.figures, int(edition.at.timestamp() // KEPT_FOR)],
    ]
    digest = hashlib.blake2b(repr(seen).encode(), digest_size=16).hexdigest()
    return f"meeting-page:{meeting.pk}:{current_language()}:{digest}"


def draw(edition: Edition) -> Shared:
    """Draw banner and page as visitors see them: closed sessions masked, nobody's own registration."""
    meeting: Any = edition.meeting
    country = country_of(meeting)
    changes = meeting.date_changes.all() if meeting.is_postponed else []
    context = {
        "meeting": meeting,
        "edition": edition,
        "phase": edition.phase,
        "facts": facts_of(edition, country),
        "steps": steps_of(meeting),
        "postponements": [postponement(change, meeting) for change in changes],
        "days": by_day(items_of(published_sessions(meeting))),
        "standing": standing_of(meeting),
        "clock": venue_clock(meeting),
        "chart": family_chart(edition.figures),
        "members": members_words(edition.figures),
    }
    action = action_for_visitors(edition, has_programme=meeting.published_version is not None)
    return Shared(draw_banner(edition, country, action), render_to_string("reports/meeting_main.html", context), country)


def draw_banner(edition: Edition, country: str, action: Action) -> SafeString:
    """Draw the banner with the one thing that this reader may do next."""
    context = {"meeting": edition.meeting, "phase": edition.phase, "country": country}
    context |= {"action_url": action.url, "action_label": action.label, "note": action.note}
    return render_to_string("components/meeting_banner.html", context)


def postponement(change: DateChange, meeting: Meeting) -> tuple[str, str, str]:
    """One line of the log of date changes: when it was decided, the old and the new days, and why."""
    old = dates.day_range(change.old_starts_on, change.old_ends_on)
    new = dates.day_range(change.new_starts_on, change.new_ends_on)
    moved = _("Moved from %(old)s to %(new)s") % {"old": old, "new": new}
    return dates.day(change.changed_at.astimezone(meeting.zone).date()), moved, marked(change.reason)


def members_words(figures: EditionFigures) -> str:
    """How many of the Group's members of the time sent somebody."""
    words = _("%(present)s of the %(total)s members of the Pompidou Group")
    return words % {"present": figures.members_present, "total": figures.members_total}


def family_chart(figures: EditionFigures) -> Chart | None:
    """A bar for each family of sectors, once there are enough people."""
    if not figures.may_be_shown:
        return None
    bars = [Bar(label, people) for label, people in figures.families]
    return bar_chart(bars, title=_("Participants by sector"), unit=_("participants"), heading=_("Sector"))
