"""What somebody who was put forward finds behind the link in the mail: the form, filled with what is known, and a way to say no.

Opening the link changes nothing. Whoever holds it completes the registration of the address it was mailed to, and no other.
"""

from functools import partial

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from delegations import errors
from delegations.models import Nomination
from participants import services
from participants.forms import RegistrationForm, new_key
from participants.forms.nomination import NomineeForm, said_of, sector_of
from participants.models import Participant
from participants.services.completing import refuse_tying, registration_at
from participants.views.confirm import RESULTS, result
from participants.views.register import Way, ask_sector, form_page, receive
from participants.views.replies import RECEIPT_KEPT, see_other

DECLINED = signing.TimestampSigner(salt="participants.nomination.declined")
READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
def nominee(request: HttpRequest, token: str) -> HttpResponse:
    """The registration form for a nominee, or, for one who is registered already, the question whether that is theirs.

    Status 404 for a link nobody was sent, 410 for one that has expired, was taken back or replaced; 422 for what cannot be taken.
    """
    try:
        nomination = services.find_nominee_link(token=token).nomination
    except errors.LinkUnusable as problem:
        return unusable(request, problem)
    found = registration_at(nomination)
    if found and found.nomination_id == nomination.pk:
        return result(request, found, is_repeated=True)
    if found and found.state != Participant.State.UNCONFIRMED:
        return registered(request, token, nomination, found)
    way = way_of(nomination, token)
    return receive(request, way) if request.method == "POST" else first_page(request, nomination, way)


def way_of(nomination: Nomination, token: str) -> Way:
    """The nominee's way to register: the form without an address, sent to the link."""
    meeting = nomination.invitation.meeting
    form = partial(NomineeForm, meeting=meeting, nomination=nomination)
    return Way(meeting, reverse("nominee", args=[token]), form, partial(complete, token=token), nomination)


def first_page(request: HttpRequest, nomination: Nomination, way: Way) -> HttpResponse:
    """The form with what is known; where the sector is not, that is asked first."""
    initial = {**said_of(nomination), "submission_key": new_key()}
    sector = sector_of(nomination)
    if sector is None:
        return ask_sector(request, way, kept=[(name, str(value)) for name, value in initial.items()])
    return form_page(request, way, way.form(initial=initial, sector=sector))


def complete(request: HttpRequest, form: RegistrationForm, *, token: str) -> HttpResponse:
    """Hand in a nominee's valid form."""
    try:
        participant = services.complete_nomination(token=token, answers=form.answers(), needs=form.needs(), journey=form.journey())
    except errors.LinkUnusable as problem:
        return unusable(request, problem)
    except errors.RegisteredAlready:  # a moment ago, in another window
        return see_other("nominee", token)
    return see_other("address_confirmed", RESULTS.sign(participant.reference))


def registered(request: HttpRequest, token: str, nomination: Nomination, found: Participant) -> HttpResponse:
    """For a nominee with a registration of their own: let it stand on the nomination with a button, or say why it cannot."""
    obstacle = problem = ""
    try:
        refuse_tying(found, nomination)
    except errors.Refused as refusal:
        obstacle = str(refusal)
    if request.method == "POST":
        try:
            participant = services.accept_nomination(token=token)
            return see_other("address_confirmed", RESULTS.sign(participant.reference))
        except errors.LinkUnusable as unusable_link:
            return unusable(request, unusable_link)
        except errors.Refused as refusal:
            problem = str(refusal)
    context = {"nomination": nomination, "meeting": nomination.invitation.meeting, "token": token, "problem": problem, "obstacle": obstacle}
    return render(request, "participants/nominee_registered.html", context | {"page_error": bool(problem)}, status=422 if problem else 200)


@require_http_methods(READ_OR_SEND)
def nominee_decline(request: HttpRequest, token: str) -> HttpResponse:
    """Say that one cannot come, after a page that tells what that means."""
    try:
        nomination = services.find_nominee_link(token=token).nomination
        if request.method == "POST":
            services.decline_nomination(token=token)
            return see_other("nominee_declined", DECLINED.sign(str(nomination.pk)))
        if services.registration_of(nomination):
            raise errors.CompletedAlready
    except errors.LinkUnusable as problem:
        return unusable(request, problem)
    except errors.CompletedAlready:
        return see_other("nominee", token)
    context = {"nomination": nomination, "meeting": nomination.invitation.meeting, "token": token}
    return render(request, "participants/nominee_decline.html", context)


@require_safe
def nominee_declined(request: HttpRequest, receipt: str) -> HttpResponse:
    """That the no was taken, at an address without the token."""
    try:
        key = DECLINED.unsign(receipt, max_age=RECEIPT_KEPT)
    except signing.BadSignature as error:
        raise Http404 from error
    rows = Nomination.objects.select_related("invitation__meeting")
    nomination = get_object_or_404(rows, pk=key)
    return render(request, "participants/nominee_declined.html", {"meeting": nomination.invitation.meeting})


def unusable(request: HttpRequest, problem: errors.LinkUnusable) -> HttpResponse:
    """Why a link does not work, and what to do."""
    is_gone = isinstance(problem, errors.LinkExpired | errors.LinkRevoked | errors.LinkReplaced)
    return render(request, "participants/nominee_unusable.html", {"problem": problem, "is_gone": is_gone}, status=410 if is_gone else 404)
