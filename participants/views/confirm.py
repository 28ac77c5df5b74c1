"""Proving an address: the link in the mail, the button on its page, and what comes of it."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants import errors, services, standing
from participants.models import Participant
from participants.views.replies import RECEIPT_KEPT, see_other

RESULTS = signing.TimestampSigner(salt="participants.registration.confirmed")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link would confirm, and confirm it when the button is pressed; opening the link changes nothing.

    Status 404 for a link nobody was sent, 410 for one that has expired, was taken back or was replaced by a newer one.
    """
    try:
        if request.method == "POST":
            return see_other("address_confirmed", RESULTS.sign(services.confirm_address(token=token).reference))
        participant = services.find_link(token=token).participant
    except errors.LinkUnusable as problem:
        return unusable(request, problem)
    if participant.state != Participant.State.UNCONFIRMED:
        return result(request, participant, is_repeated=True)
    context = {"meeting": participant.meeting, "participant": participant, "face": participant.face_for(None)}
    return render(request, "participants/confirm.html", context)


@require_safe
def address_confirmed(request: HttpRequest, receipt: str) -> HttpResponse:
    """What came of it, at an address without the token."""
    try:
        reference = RESULTS.unsign(receipt, max_age=RECEIPT_KEPT)
    except signing.BadSignature as error:
        raise Http404 from error
    registered = Participant.objects.registered().select_related("meeting")
    return result(request, get_object_or_404(registered, reference=reference))


def result(request: HttpRequest, participant: Participant, *, is_repeated: bool = False) -> HttpResponse:
    """Where the registration stands, said as a sentence."""
    context = {
        "meeting": participant.meeting,
        "participant": participant,
        "sentence": standing.sentence(participant),
        "next_step": standing.next_step(participant),
        "is_repeated": is_repeated,
        "title": title_of(participant, is_repeated=is_repeated),
        "is_nominee": participant.nomination_id is not None,
    }
    return render(request, "participants/confirmed.html", context)


def title_of(participant: Participant, *, is_repeated: bool) -> str:
    """What was just done: a nominee, whose address was known, completed a registration; everybody else confirmed an address."""
    if participant.nomination_id is not None:
        return _("Your registration was complete already") if is_repeated else _("Your registration is complete")
    return _("Your address was confirmed already") if is_repeated else _("Your address is confirmed")


def unusable(request: HttpRequest, problem: errors.LinkUnusable, *, about: str = "address") -> HttpResponse:
    """Why a link does not work, and what to do; ``about`` is what it was for: address or offer."""
    kinds = {"is_expired": errors.LinkExpired, "is_replaced": errors.LinkReplaced, "is_revoked": errors.LinkRevoked}
    found = {name: isinstance(problem, kind) for name, kind in kinds.items()}
    is_gone = any(found.values())
    return render(request, "participants/link_unusable.html", {**found, "about": about}, status=410 if is_gone else 404)
