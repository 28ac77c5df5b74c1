"""Somebody's own calendar: as a file for whoever is signed in, and at a private address for calendar programs."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attendance.calendars import own_items, shared_items
from attendance.services import calendars
from meetings.calendar import calendar_of
from meetings.programme import by_day, venue_clock
from participants import errors
from participants.models import Participant
from participants.views.my import own, page, signed_in
from participants.views.replies import see_other

CONTENT = "text/calendar; charset=utf-8"


@require_safe
@login_required
def my_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What is in one's calendar, the file, and the address to subscribe to."""
    return calendar_page(request, with_a_place(request, slug))


@require_safe
@login_required
def my_calendar_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own sessions as a file, closed ones too where one may attend them."""
    participant = with_a_place(request, slug)
    body = calendar_of(participant.meeting, own_items(participant), at=timezone.now())
    disposition = f'attachment; filename="{slug}-my-calendar.ics"'
    return HttpResponse(body, content_type=CONTENT, headers={"Content-Disposition": disposition})


@require_POST
def my_calendar_subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the address, or a new one in place of it, and show it this once."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("my_calendar", args=[slug]))
    participant = with_a_place(request, slug)
    token = calendars.subscribe(participant=participant, by=signed_in(request))
    return calendar_page(request, participant, address=f"{settings.BASE_URL}{reverse('calendar_feed', args=[token])}")


@require_POST
def my_calendar_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the address open nothing any more."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("my_calendar", args=[slug]))
    calendars.unsubscribe(participant=own(request, slug), by=signed_in(request))
    messages.success(request, _("The address opens nothing any more."))
    return see_other("my_calendar", slug)


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at its private address. Somebody who has no place any more gets an empty one, so that their program empties too."""
    now = timezone.now()
    try:
        participant = calendars.subscriber(token=token, at=now)
    except errors.LinkUnusable as problem:
        raise Http404 from problem
    has_place = participant.state == Participant.State.CONFIRMED
    body = calendar_of(participant.meeting, shared_items(participant) if has_place else [], at=now)
    return HttpResponse(body, content_type=CONTENT)


# --- parts ---


def with_a_place(request: HttpRequest, slug: str) -> Participant:
    """The signed-in person's registration, if it has a place; else Http404."""
    participant = own(request, slug)
    if participant.state != Participant.State.CONFIRMED:
        raise Http404
    return participant


def calendar_page(request: HttpRequest, participant: Participant, *, address: str = "") -> HttpResponse:
    """The page, with the address right after it was made."""
    context = {
        "days": by_day(own_items(participant)),
        "clock": venue_clock(participant.meeting),
        "address": address,
        "webcal": f"webcal://{address.partition('://')[2]}" if address else "",
        "since": calendars.subscribed_since(participant, timezone.now()),
    }
    return page(request, "attendance/my_calendar.html", participant, context)
