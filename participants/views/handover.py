"""Handing one's place to a colleague, and taking a place over from one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.dates import moment
from participants import choices, errors, services
from participants.forms.handover import HandOverForm, TakeOverForm
from participants.models import HandOver, Participant
from participants.views.confirm import RESULTS, result, unusable
from participants.views.my import READ_OR_SEND, own, page, signed_in
from participants.views.replies import see_other


@require_http_methods(READ_OR_SEND)
@login_required
def my_hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a colleague who comes instead, or take that back. 404 for whoever has nothing to hand over."""
    participant = own(request, slug)
    running = services.hand_over_of(participant)
    if request.method == "POST" and "take_back" in request.POST:
        if services.take_back_hand_over(participant=participant, by=signed_in(request)):
            messages.success(request, _("You keep your place. The link your colleague got no longer works."))
        elif participant.hand_overs.filter(ending=HandOver.Ending.TAKEN).exists():
            messages.error(request, _("Your colleague had taken the place already. Write to the secretariat if you both want to come."))
        return see_other("my_hand_over" if services.may_hand_over(participant) else "my_registration", slug)
    if running is None and not services.may_hand_over(participant):
        raise Http404
    form = HandOverForm(request.POST if request.method == "POST" else None, initial={"language": participant.language})
    if request.method == "POST" and form.is_valid():
        return ask(request, participant, form)
    return hand_over_page(request, participant, form, status=422 if form.errors else 200)


def ask(request: HttpRequest, participant: Participant, form: HandOverForm) -> HttpResponse:
    """Write to the colleague, or say why not."""
    try:
        services.hand_over(participant=participant, colleague=form.cleaned_data, by=signed_in(request))
    except errors.OwnAddress as problem:
        form.add_error("email", str(problem))
        return hand_over_page(request, participant, form, status=422)
    except errors.Refused as problem:
        messages.error(request, str(problem))
        return see_other("my_registration", participant.meeting.slug)
    messages.success(request, _("We have written to your colleague. You keep your place until they confirm."))
    return see_other("my_hand_over", participant.meeting.slug)


def hand_over_page(request: HttpRequest, participant: Participant, form: HandOverForm, *, status: int) -> HttpResponse:
    """Who was asked, with a way to take it back; else the form."""
    running = services.hand_over_of(participant)
    until = moment(running.ends_at.astimezone(participant.meeting.zone)) if running else ""
    context: dict[str, Any] = {"form": form, "running": running, "until": until, "page_error": bool(form.errors)}
    return page(request, "participants/my_hand_over.html", participant, context, status=status)


@require_http_methods(READ_OR_SEND)
def take_over(request: HttpRequest, token: str) -> HttpResponse:
    """The form with which a colleague takes the place; opening it changes nothing.

    Status 404 for a link nobody was sent, 410 for one that no longer works, 422 for a form with mistakes or that cannot be taken.
    """
    try:
        participant = services.find_take_over_link(token=token).participant
    except (errors.LinkUnusable, errors.HandOverEnded) as problem:
        return no_longer(request, problem)
    if participant.state != Participant.State.UNCONFIRMED:
        return result(request, participant, is_repeated=True)
    form = form_for(participant, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return take(request, participant, form, token)
    return take_over_page(request, participant, form, status=422 if form.errors else 200)


def form_for(participant: Participant, data: Any) -> TakeOverForm:
    """The form for the delegation's sector."""
    sector = choices.sector(participant.sector.code)
    if sector is None:  # a sector that was added within the last minute
        raise Http404
    return TakeOverForm(data, participant=participant, sector=sector)


def take(request: HttpRequest, participant: Participant, form: TakeOverForm, token: str) -> HttpResponse:
    """Hand in a valid form."""
    try:
        taken = services.take_over(token=token, answers=form.answers(), needs=form.needs(), journey=form.journey())
    except (errors.LinkUnusable, errors.HandOverEnded) as problem:
        return no_longer(request, problem)
    except errors.Refused as problem:
        return take_over_page(request, participant, form, problem=str(problem), status=422)
    return see_other("address_confirmed", RESULTS.sign(taken.reference))


def take_over_page(request: HttpRequest, participant: Participant, form: TakeOverForm, *, problem: str = "", status: int) -> HttpResponse:
    """What the delegation has, and the questions."""
    delegation = participant.country or participant.body or participant.organisation
    shown = {"delegation": delegation, "problem": problem, "page_error": bool(problem or form.errors)}
    context = {"participant": participant, "meeting": participant.meeting, "form": form, **shown}
    return render(request, "participants/take_over.html", context, status=status)


def no_longer(request: HttpRequest, problem: errors.Refused) -> HttpResponse:
    """Why the link does not work."""
    if isinstance(problem, errors.LinkUnusable):
        return unusable(request, problem, about="hand_over")
    return render(request, "participants/link_unusable.html", {"about": "hand_over", "is_revoked": True}, status=410)
