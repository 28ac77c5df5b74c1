"""Answering the offer of a place: by the link in the mail, or signed in."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants import errors, services, standing
from participants.models import Participant
from participants.views.confirm import unusable
from participants.views.my import own, signed_in
from participants.views.replies import RECEIPT_KEPT, see_other

ANSWERS = signing.TimestampSigner(salt="participants.offer.answered")
SERVICES: dict[str, Callable[..., Participant]] = {"accept": services.accept_offer, "refuse": services.refuse_offer}


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """The place that is held and the two answers; opening the link changes nothing.

    Status 404 for a link nobody was sent, 410 for one that expired, was taken back or was replaced, 409 for an answer that comes too late.
    """
    try:
        participant = services.find_offer_link(token=token).participant
    except errors.LinkUnusable as problem:
        return unusable(request, problem, about="offer")
    answer = SERVICES.get(request.POST.get("answer", "")) if request.method == "POST" else None
    if answer is None:
        return page(request, participant)
    try:
        current = answer(participant=participant, by=participant.user)
    except errors.Refused as problem:
        participant.refresh_from_db()
        return page(request, participant, problem=str(problem), status=409)
    return see_other("offer_answered", ANSWERS.sign(current.reference))


def page(request: HttpRequest, participant: Participant, *, problem: str = "", status: int = 200) -> HttpResponse:
    """What is offered until when; where nothing is, how the registration stands."""
    held = services.offer_to(participant)
    context = {
        "meeting": participant.meeting,
        "participant": participant,
        "is_running": held is not None and held.is_running(timezone.now()),
        "sentence": standing.sentence(participant),
        "next_step": standing.next_step(participant),
        "problem": problem,
        "page_error": bool(problem),
    }
    return render(request, "participants/offer.html", context, status=status)


@require_safe
def offer_answered(request: HttpRequest, receipt: str) -> HttpResponse:
    """What came of the answer, at an address without the token."""
    try:
        reference = ANSWERS.unsign(receipt, max_age=RECEIPT_KEPT)
    except signing.BadSignature as error:
        raise Http404 from error
    return page(request, get_object_or_404(Participant.objects.registered().select_related("meeting"), reference=reference))


@require_POST
@login_required
def my_offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the place that is offered; whoever does not want it withdraws."""
    try:
        services.accept_offer(participant=own(request, slug), by=signed_in(request))
        messages.success(request, _("The place is yours."))
    except errors.Refused as problem:
        messages.error(request, str(problem))
    return see_other("my_registration", slug)
