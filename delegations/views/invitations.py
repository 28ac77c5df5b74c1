"""An invitation as its addressee sees it: the letter, the two buttons, and what was answered."""

import datetime as dt
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations import errors, services
from delegations.letters import letter, letter_name
from delegations.mails import places
from delegations.models import Invitation, InvitationLink
from delegations.views.forms import ReplyForm
from meetings.dates import day, day_range

RECEIPTS = signing.TimestampSigner(salt="delegations.invitation.answered")
RECEIPT_KEPT = dt.timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invitation with its letter and the two answers. Opening it changes nothing; an answer is sent with a button.

    Status 404 for a link nobody was sent, 410 for one that expired, was taken back, or whose invitation was withdrawn; 403 for an
    answer after the deadline, 422 for one that cannot be taken.
    """
    try:
        link = services.find_invitation_link(token=token)
    except errors.LinkUnusable as problem:
        return unusable(request, problem)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return answered(request, token, link, form)
    return page(request, link, token, form, status=422 if form.errors else 200)


def answered(request: HttpRequest, token: str, link: InvitationLink, form: ReplyForm) -> HttpResponse:
    """Take the answer and lead to the page that says so, at an address without the token."""
    try:
        current = services.reply_by_link(token=token, **form.cleaned_data)
    except errors.LinkUnusable as problem:
        return unusable(request, problem)
    except errors.Refused as problem:
        status = 403 if isinstance(problem, errors.DeadlinePassed) else 422
        return page(request, link, token, form, problem=str(problem), status=status)
    response = redirect("invitation_answered", RECEIPTS.sign(str(current.pk)))
    response.status_code = 303
    return response


def page(request: HttpRequest, link: InvitationLink, token: str, form: ReplyForm, *, problem: str = "", status: int) -> HttpResponse:
    """The page of the invitation as it stands."""
    current = link.invitation
    context = {
        "invitation": current,
        "meeting": current.meeting,
        "facts": key_facts(current),
        "is_open": current.is_open(timezone.now()),
        "reply_sentence": reply_sentence(current),
        "form": form,
        "problem": problem,
        "page_error": bool(problem or form.errors),
        "token": token,
    }
    return render(request, "delegations/invitation.html", context, status=status)


@require_safe
def invitation_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The letter as a PDF."""
    try:
        link = services.find_invitation_link(token=token)
    except errors.LinkUnusable as problem:
        return unusable(request, problem)
    return pdf_response(link.invitation)


def pdf_response(invitation: Invitation) -> HttpResponse:
    """The letter of an invitation as a file to keep."""
    headers = {
        "Content-Disposition": content_disposition_header(True, letter_name(invitation)),
        "Cache-Control": "no-store",
        "Content-Language": invitation.language,
    }
    return HttpResponse(letter(invitation), content_type="application/pdf", headers=headers)


@require_safe
def invitation_answered(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was answered and what comes next."""
    try:
        key = RECEIPTS.unsign(receipt, max_age=RECEIPT_KEPT)
    except signing.BadSignature as error:
        raise Http404 from error
    current = Invitation.objects.with_addressees().filter(pk=key).exclude(reply="").first()
    if current is None:
        raise Http404
    context = {
        "invitation": current,
        "meeting": current.meeting,
        "nominates": current.reply == Invitation.Reply.NOMINATES,
        "reply_sentence": reply_sentence(current),
        "puts_forward": current.correspondents(timezone.localdate()).exists(),
        "registration_is_open": current.meeting.registration_is_open(timezone.now()),
    }
    return render(request, "delegations/invitation_answered.html", context)


def unusable(request: HttpRequest, problem: errors.LinkUnusable) -> HttpResponse:
    """Why a link does not work, and what to do."""
    is_gone = isinstance(problem, errors.LinkExpired | errors.LinkRevoked)
    return render(request, "delegations/link_unusable.html", {"problem": problem, "is_gone": is_gone}, status=410 if is_gone else 404)


def key_facts(invitation: Invitation) -> list[tuple[str, Any]]:
    """What somebody who was invited looks for first."""
    meeting = invitation.meeting
    where = ", ".join(text for text in (meeting.venue.text, meeting.city.text) if text)
    return [
        (_("Invited"), invitation.addressee),
        (_("Dates"), day_range(meeting.starts_on, meeting.ends_on)),
        (_("Place"), where),
        (_("Places"), places(invitation)),
        (_("Reply by"), day(invitation.deadline)),
        (_("Reference"), invitation.reference),
    ]


def reply_sentence(invitation: Invitation) -> str:
    """The reply so far, as a sentence; empty while there is none."""
    if not invitation.reply or invitation.replied_at is None:
        return ""
    when = {"day": day(invitation.meeting.today(invitation.replied_at))}
    if invitation.reply == Invitation.Reply.REGRETS:
        return _("On %(day)s you told us that nobody can come.") % when if not invitation.is_to_person else declined(when)
    if invitation.is_to_person:
        return _("On %(day)s you told us that you will come.") % when
    return _("On %(day)s you told us that you will nominate.") % when


def declined(when: dict[str, str]) -> str:
    return _("On %(day)s you told us that you cannot come.") % when
