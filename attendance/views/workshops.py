"""A participant's workshops: seats taken, changed and given up, places in queues, and ranked wishes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.asking import Question, question, to_wait
from attendance.refusals import SessionFull
from attendance.seats import position_of
from attendance.services import bookings, wishes
from attendance.views.calendars import with_a_place
from attendance.workshops import Choice, by_slot, choices_of
from meetings.admin import key_of
from meetings.models import Session
from meetings.programme import venue_clock
from participants.errors import Refused
from participants.models import Participant
from participants.views.my import page, signed_in
from participants.views.replies import see_other


@require_safe
@login_required
def my_workshops(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be chosen, what one has, and what overlaps."""
    participant = with_a_place(request, slug)
    choices = choices_of(participant, timezone.now())
    ranked = [choice for choice in choices if choice.by_wishes and not (choice.reason or choice.closed or choice.has_seat)]
    context = {
        "slots": by_slot(choices),
        "ranked": ranked,
        "ranks": range(1, len(ranked) + 1),
        "clock": venue_clock(participant.meeting),
    }
    return page(request, "attendance/my_workshops.html", participant, context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_workshop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a seat, join the queue, change a seat for this one, or give it up: as the button pressed says.

    Where something is lost by it a page asks first; a session that has filled up meanwhile offers its queue. Whoever
    opens the address of such a question anew, as the link to the other language does, is led to the workshops.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("my_workshops", args=[slug]))
    participant = with_a_place(request, slug)
    if request.method != "POST":
        return see_other("my_workshops", slug)
    known = {choice.session.pk: choice for choice in choices_of(participant, timezone.now())}
    if pk not in known:
        raise Http404
    old = key_of(request.POST.get("old"))
    asked = question(request.POST.get("do", ""), known[pk], known.get(old))
    if asked and "sure" not in request.POST:
        return ask(request, participant, pk, asked, old)
    try:
        messages.success(request, done(request, known[pk].session, participant, known.get(old)))
    except SessionFull as problem:
        return offer_queue(request, participant, pk, problem)
    except Refused as problem:
        messages.error(request, str(problem))
    return see_other("my_workshops", slug)


@require_POST
def my_wishes(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the ranks that were chosen, in place of those before."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("my_workshops", args=[slug]))
    participant = with_a_place(request, slug)
    asked = {session: key_of(request.POST.get(f"rank-{session.pk}")) for session in known_to(participant)}
    try:
        number = wishes.rank(participant=participant, ranks={one: rank for one, rank in asked.items() if rank}, at=timezone.now())
        messages.success(request, _("Your wishes are kept.") if number else _("You have no wishes any more."))
    except Refused as problem:
        messages.error(request, str(problem))
    return see_other("my_workshops", slug)


# --- parts ---


def known_to(participant: Participant) -> list[Session]:
    """The sessions with booking that this person may know of; others are not found."""
    return [choice.session for choice in choices_of(participant, timezone.now())]


def ask(request: HttpRequest, participant: Participant, pk: int, asked: Question, old: int = 0) -> HttpResponse:
    """The page that says what is lost, with a button that does it."""
    fields = [("do", asked.do), ("sure", "yes"), *([("old", old)] if asked.do == "swap" else [])]
    return page(request, "attendance/my_workshop_sure.html", participant, {"asked": asked, "session_key": pk, "fields": fields})


def offer_queue(request: HttpRequest, participant: Participant, pk: int, problem: SessionFull) -> HttpResponse:
    """No seat is free any more: the place in the queue, and a button for it; whoever waits already is told where they are."""
    now = next(choice for choice in choices_of(participant, timezone.now()) if choice.session.pk == pk)
    if now.may_ask and not now.is_queued:
        return ask(request, participant, pk, to_wait(now))
    messages.error(request, str(problem))
    return see_other("my_workshops", participant.meeting.slug)


def done(request: HttpRequest, session: Session, participant: Participant, old: Choice | None) -> str:
    """Do what the button says, and tell what came of it. Raises Refused, or Http404 for a button that no page has."""
    by = signed_in(request)
    match request.POST.get("do"):
        case "take":
            bookings.take_seat(session=session, participant=participant, by=by)
            return _("You have a seat in “%(session)s”.") % {"session": session}
        case "queue":
            booking = bookings.join_queue(session=session, participant=participant, by=by)
            if booking.state == booking.State.SEAT:
                return _("You have a seat in “%(session)s”.") % {"session": session}
            return _("You are number %(n)s in the queue for “%(session)s”.") % {"n": position_of(booking), "session": session}
        case "swap" if old:
            bookings.swap(old=old.session, new=session, participant=participant, by=by)
            return _("You changed to “%(session)s”.") % {"session": session}
        case "give_up":
            bookings.give_up(session=session, participant=participant, by=by)
            return _("You gave up “%(session)s”.") % {"session": session}
    raise Http404
