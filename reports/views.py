"""Pages that anybody may read: home, the meetings, and each meeting with its programme."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from attendance.agenda import Agenda, agenda_of, as_docx, as_pdf
from attendance.programme import eyes_of, items_for
from attendance.speaking import marks_of
from meetings.calendar import calendar_of
from meetings.models import Meeting
from meetings.programme import Item, by_day, running_at, venue_clock
from meetings.versions import last_public, standing_of, unpublished_changes
from participants.models import Participant
from reports.editions import Action, Edition, action_for_participant, action_for_visitors, country_of, editions_of
from reports.figures import edition_figures
from reports.meeting_page import KEPT_FOR, cache_key, draw_banner, meeting_with_version, shared_part

Phase = Meeting.Phase
CALENDAR = "text/calendar; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    coming, past = published_editions(timezone.now())
    context: dict[str, object] = {"past": past, "coming": coming[1:]}
    if coming:
        first = coming[0]
        has_programme = last_public(first.meeting) is not None
        context |= {"next": first, "country": country_of(first.meeting), "action": action_for_visitors(first, has_programme=has_programme)}
    return render(request, "reports/home.html", context)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    coming, past = published_editions(timezone.now())
    return render(request, "reports/meetings.html", {"coming": coming, "past": past})


@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    row = visible_meeting(slug, request.user)
    if row is None:
        return meeting_not_found(request)
    at = timezone.now()
    edition = Edition(row, row.phase(at), edition_figures(row), at)
    if row.is_published and not request.COOKIES and not request.GET:
        return kept_for_visitors(request, edition)
    return meeting_page(request, edition)


def kept_for_visitors(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The whole page for a reader who brings no cookie, and so cannot be told from any other: frame and all, drawn once."""
    key = f"{cache_key(edition)}:visitors"
    body = cache.get(key)
    if body is None:
        body = meeting_page(request, edition).content
        if "CSRF_COOKIE" not in request.META:  # a form in the frame would carry this reader's token
            cache.set(key, body, KEPT_FOR)
    return HttpResponse(body)


def meeting_page(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The page with this reader's own banner where they are registered, and their own frame."""
    banner, main, country = shared_part(edition)
    if own := own_action(edition, request.user):
        banner = draw_banner(edition, country, own)
    crumbs = [(_("Meetings"), reverse("meetings")), (str(edition.meeting), "")]
    return render(request, "reports/meeting.html", {"meeting": edition.meeting, "banner": banner, "main": main, "crumbs": crumbs})


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme by day, or one day of it; while the meeting runs, what goes on now stands first."""
    row = visible_meeting(slug, request.user)
    if row is None:
        return meeting_not_found(request)
    items = items_for(request.user, row)
    crumbs = [(_("Meetings"), reverse("meetings")), (str(row), row.get_absolute_url()), (_("Programme"), "")]
    eyes = eyes_of(request.user, row)
    context = {
        "meeting": row,
        "crumbs": crumbs,
        "standing": standing_of(row, eyes),
        "has_place": bool(eyes.families),
        "is_ahead": eyes.sees_all and bool(unpublished_changes(row, marks_of(row))),
        **programme_parts(row, items, at=timezone.now(), asked=request.GET.get("day", "")),
    }
    return render(request, "meetings/programme.html", context)


def programme_parts(meeting: Meeting, items: list[Item], *, at: dt.datetime, asked: str) -> dict[str, object]:
    """What the page of a programme is drawn from; ``asked`` is the day a reader chose, as they sent it."""
    days = by_day(items)
    chosen = [day for day in days if day.date.isoformat() == asked]
    running = running_at(items, at) if meeting.phase(at) == Phase.RUNNING else None
    return {
        "days": days,
        "shown": chosen or days,
        "chosen": chosen[0].date if chosen else None,
        "clock": venue_clock(meeting),
        "running": running,
        "at": at,
        "today": meeting.today(at),
        "sees_closed": any(item.is_closed and not item.is_masked for item in items),
    }


@require_safe
def programme_ics(request: HttpRequest, slug: str) -> HttpResponse:
    row = visible_meeting(slug, request.user)
    if row is None:
        return meeting_not_found(request)
    body = calendar_of(row, items_for(request.user, row, leaves=True), at=timezone.now())
    return file_named(f"{row.slug}.ics", body, CALENDAR)


@require_safe
def session_ics(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One session as a calendar file; one of another meeting is not found."""
    row = visible_meeting(slug, request.user)
    items = [item for item in items_for(request.user, row, leaves=True) if item.pk == pk] if row else []
    if row is None or not items:
        return meeting_not_found(request)
    return file_named(f"{row.slug}-{pk}.ics", calendar_of(row, items, at=timezone.now()), CALENDAR)


@require_safe
def programme_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The agenda as this reader may read it, to be printed."""
    row = visible_meeting(slug, request.user)
    if row is None:
        return meeting_not_found(request)
    agenda = agenda_for(request.user, row, at=timezone.now())
    return file_named(f"{row.slug}-programme-{agenda.language}.pdf", as_pdf(agenda), "application/pdf")


@require_safe
def programme_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a Word file, to be worked on."""
    row = visible_meeting(slug, request.user)
    if row is None:
        return meeting_not_found(request)
    at = timezone.now()
    agenda = agenda_for(request.user, row, at=at)
    return file_named(f"{row.slug}-programme-{agenda.language}.docx", as_docx(agenda, at=at), WORD)


def agenda_for(user: User | AnonymousUser, row: Meeting, *, at: dt.datetime) -> Agenda:
    """The agenda as this reader may read it: staff as it stands, which may be ahead of what was published."""
    eyes = eyes_of(user, row)
    is_ahead = eyes.sees_all and bool(unpublished_changes(row, marks_of(row)))
    return agenda_of(row, items_for(user, row, leaves=True), at=at, standing=None if is_ahead else standing_of(row, eyes))


def file_named(name: str, body: bytes, content_type: str) -> HttpResponse:
    """A file to be kept under that name."""
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def published_editions(at: dt.datetime) -> tuple[list[Edition], list[Edition]]:
    """The published meetings with their figures: those to come, the next first, and those over, the latest first."""
    editions = editions_of(Meeting.objects.published().order_by("starts_on", "pk"), at)
    coming = [edition for edition in editions if edition.phase != Phase.OVER]
    past = [edition for edition in editions if edition.phase == Phase.OVER]
    return coming, past[::-1]


def visible_meeting(slug: str, user: User | AnonymousUser) -> Meeting | None:
    """The meeting at this address, if there is one and this reader may see it: drafts are for staff."""
    row = meeting_with_version(slug)
    if row is None or row.is_published or user.has_perm("meetings.view_meeting"):
        return row
    return None


def meeting_not_found(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing at this address, a draft and an unknown name alike, and where the meetings are."""
    coming, past = published_editions(timezone.now())
    return render(request, "meetings/not_found.html", {"editions": coming + past}, status=404)


def own_action(edition: Edition, user: User | AnonymousUser) -> Action | None:
    """The next thing to do for somebody who is registered; None for everybody else, and once the meeting is over."""
    if not user.is_authenticated or edition.phase == Phase.OVER:
        return None
    state = Participant.objects.of(user).filter(meeting=edition.meeting).values_list("state", flat=True).first()
    return action_for_participant(edition.meeting, state) if state else None
