"""Registration: start page, form, check your answers, send, sent.

Until the last step nothing is stored, neither in the database nor in the session: the answers travel with the pages,
as typed, and are looked at again each time they come back.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations.models import Nomination
from meetings.languages import current_language
from meetings.models import Meeting
from participants import choices, errors, services, standing
from participants.forms import RegistrationForm, drawn, new_key, summary
from participants.models.participant import UNCONFIRMED_KEPT
from participants.views.replies import RECEIPT_KEPT, crumbs_for, see_other


class Way(NamedTuple):
    """How somebody comes to register: where their form is sent, which form it is, and what takes it in."""

    meeting: Meeting
    address: str
    form: Callable[..., RegistrationForm]
    send: Callable[[HttpRequest, RegistrationForm], HttpResponse]
    nomination: Nomination | None = None


RECEIPTS = signing.TimestampSigner(salt="participants.registration.sent")


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Every step of registering for a meeting.

    Status 404 for a meeting that is unknown or not published; before registration opens 200, with the day on which it
    does; 403 when it is closed and 410 when the meeting is over; 422 when an answer is missing or wrong.
    """
    meeting = get_object_or_404(Meeting.objects.published(), slug=slug)
    if not meeting.registration_is_open(timezone.now()):
        return too_late(request, meeting) if request.method == "POST" else not_now(request, meeting)
    way = way_of_everybody(meeting)
    if request.method == "POST":
        return receive(request, way)
    sector = choices.sector(request.GET.get("sector", ""))
    if sector is None:
        return ask_sector(request, way, is_wrong="asked" in request.GET or "sector" in request.GET)
    language = current_language()
    initial = {"submission_key": new_key(), "language": language, "listening_language": language}
    return form_page(request, way, way.form(initial=initial, sector=sector), is_blank=True)


def way_of_everybody(meeting: Meeting) -> Way:
    """The public way: with an address that is yet to be proven."""
    return Way(
        meeting, reverse("register", args=[meeting.slug]), partial(RegistrationForm, meeting=meeting), partial(send, meeting=meeting)
    )


def receive(request: HttpRequest, way: Way) -> HttpResponse:
    """Answer a form that came back: to be checked, changed or sent."""
    sector = choices.sector(request.POST.get("sector", ""))
    focus = request.POST.get("focus", "")
    redraw = request.POST.get("redraw", "")  # which page, as it is, in the other language
    if sector is None or "sector" in (focus, redraw):
        return ask_sector(request, way, kept=kept_answers(request.POST), chosen=sector, is_wrong=sector is None and not redraw)
    if focus or redraw == "form" or request.POST.get("step") == "change":
        typed = RegistrationForm.as_typed(request.POST) | (languages_followed(request.POST) if redraw else {})
        return form_page(request, way, way.form(initial=typed, sector=sector, focus=focus))
    form = way.form(request.POST, sector=sector)
    if not form.is_valid():
        return form_page(request, way, form, status=422)
    if request.POST.get("step") == "send":
        return way.send(request, form)
    return check_page(request, way, form)


def send(request: HttpRequest, form: RegistrationForm, *, meeting: Meeting) -> HttpResponse:
    """Hand in a valid form; the answer is the same for an address that is registered already."""
    try:
        reference = services.submit_registration(
            meeting=meeting,
            answers=form.answers(),
            needs=form.needs(),
            journey=form.journey(),
            submission_key=form.cleaned_data["submission_key"],
        )
    except errors.RegistrationClosed:
        return too_late(request, meeting)
    until = (timezone.now() + UNCONFIRMED_KEPT).date()
    return see_other("registration_sent", meeting.slug, RECEIPTS.sign_object([reference, until.isoformat()]))


@require_safe
def registration_sent(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    """The reference number and what happens next; the address holds the number, signed, and nothing about the person."""
    meeting = get_object_or_404(Meeting.objects.published(), slug=slug)
    try:
        reference, until = RECEIPTS.unsign_object(receipt, max_age=RECEIPT_KEPT)
    except signing.BadSignature as error:
        raise Http404 from error
    if not reference.startswith(f"{meeting.code}-"):
        raise Http404
    context = {
        "meeting": meeting,
        "reference": reference,
        "until": dt.date.fromisoformat(until),
        "freeze_notice": standing.freeze_notice(meeting),
        "crumbs": crumbs_for(meeting, _("Registration")),
    }
    return render(request, "participants/sent.html", context)


# --- pages ---


def shared(way: Way) -> dict[str, Any]:
    """What the pages with a form of registration have in common."""
    crumbs = crumbs_for(way.meeting, _("Registration"))
    return {"meeting": way.meeting, "action": way.address, "nomination": way.nomination, "crumbs": crumbs, "keeps_answers": True}


def ask_sector(
    request: HttpRequest,
    way: Way,
    *,
    kept: list[tuple[str, str]] | None = None,
    chosen: choices.SectorRow | None = None,
    is_wrong: bool = False,
) -> HttpResponse:
    """Ask where somebody works: on the start page, or, with the answers ``kept``, in the middle of the form."""
    sectors = choices.sectors()
    groups = [
        (_("Public authority"), [row for row in sectors if row.is_authority]),
        (_("Other organisation"), [row for row in sectors if not row.is_authority]),
    ]
    context = shared(way) | {"groups": groups, "kept": kept, "chosen": chosen, "page_error": is_wrong, "keeps_answers": kept is not None}
    return render(request, "participants/start.html", context, status=422 if is_wrong else 200)


def form_page(request: HttpRequest, way: Way, form: RegistrationForm, *, status: int = 200, is_blank: bool = False) -> HttpResponse:
    """The form, with what was typed and what is wrong with it."""
    context = shared(way) | {"form": form, "questions": drawn(form, is_blank=is_blank), "page_error": bool(form.errors)}
    response = render(request, "participants/register.html", context, status=status)
    return kept_for_going_back(response) if is_blank else response


def check_page(request: HttpRequest, way: Way, form: RegistrationForm) -> HttpResponse:
    """Everything that was answered, to be checked before it is sent."""
    context = shared(way) | {"form": form, "kept": kept_answers(request.POST), "parts": summary(form)}
    return render(request, "participants/check.html", context)


def kept_for_going_back(response: HttpResponse) -> HttpResponse:
    """Let the browser, and nobody else, keep the form as it was before anything was typed.

    Going back then shows what was typed, which the browser remembers by itself for this one window; with "no-store" it would show the
    form empty. Pages that hold answers are kept nowhere: the machine may be a hotel's.
    """
    patch_cache_control(response, private=True, no_cache=True)
    return response


def not_now(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Why nobody can register at the moment, and what can be done instead."""
    phase = meeting.phase(timezone.now())
    status = {Meeting.Phase.ANNOUNCED: 200, Meeting.Phase.OVER: 410}.get(phase, 403)
    context = {"meeting": meeting, "phase": phase, "crumbs": crumbs_for(meeting, _("Registration"))}
    return render(request, "participants/not_now.html", context, status=status)


def too_late(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Registration closed while somebody was typing: say so, and give back everything that was typed."""
    sector = choices.sector(request.POST.get("sector", ""))
    parts = []
    if sector:
        form = RegistrationForm(request.POST, meeting=meeting, sector=sector)
        form.is_valid()
        parts = summary(form)
    context = {"meeting": meeting, "parts": parts, "page_error": True, "crumbs": crumbs_for(meeting, _("Registration"))}
    return render(request, "participants/too_late.html", context, status=403)


# --- answers on their way ---


def languages_followed(data: QueryDict) -> dict[str, str]:
    """The languages asked for that were those of the page left behind: they follow to the new page's, as they would on a blank form."""
    language = current_language()
    return {name: language for name in ("language", "listening_language") if name in data}


def kept_answers(data: QueryDict) -> list[tuple[str, str]]:
    """What was typed, as hidden fields."""
    return [(name, str(data[name])) for name in RegistrationForm.base_fields if name in data]
