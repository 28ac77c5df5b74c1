"""Certificates: one's own to download once the meeting is over, and the public page that says whether one is valid."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attendance.certificates import certificate_file, certificate_name
from attendance.models import Certificate
from attendance.models.certificates import days_attended, normal_code
from attendance.services import certificates
from attendance.views.calendars import with_a_place
from meetings.dates import day, day_range
from meetings.models import Meeting
from participants.errors import Refused
from participants.faces import Face
from participants.models import Participant
from participants.views.my import READ_OR_SEND, page, signed_in

LONGEST = 40  # letters of a code with everything somebody may put between them


@require_http_methods(READ_OR_SEND)
def my_certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """What is recorded and the choice of the language; sent, the PDF."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("my_certificate", args=[slug]))
    participant = with_a_place(request, slug)
    if request.method != "POST":
        return own_page(request, participant)
    try:
        certificate = certificates.issue(participant=participant, language=language_of(request), by=signed_in(request))
    except Refused as problem:
        return own_page(request, participant, problem=str(problem))
    return download(certificate, participant.face_for(request.user))


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether the certificate with that code is valid; of one that is not, nothing else, whether there ever was one or not."""
    found = certificates.find_valid(code)
    meeting = found.participant.meeting if found else None
    typed = normal_code(code)[:LONGEST]
    context = {
        "code": Certificate(code=typed).shown_code if typed.isalnum() else "",
        "is_valid": found is not None,
        "facts": [(_("Meeting"), meeting.title.text), (_("Place"), place_of(meeting)), (_("Dates"), dates_of(meeting))] if meeting else [],
        "crumbs": crumbs(),
    }
    return render(request, "attendance/certificate.html", context)


@require_safe
def certificate_check(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and lead to its page."""
    typed = normal_code(request.GET.get("code", ""))[:LONGEST]
    if typed.isalnum():
        return redirect("certificate", Certificate(code=typed).shown_code)
    return render(request, "attendance/certificate_check.html", {"crumbs": crumbs(here=True), "asked": "code" in request.GET})


# --- parts ---


def own_page(request: HttpRequest, participant: Participant, *, problem: str = "") -> HttpResponse:
    """The page of somebody's own certificate, with why there is none."""
    days = [day(date, weekday=True) for date in days_attended(participant)]
    is_over = participant.meeting.phase(timezone.now()) == Meeting.Phase.OVER
    context = {"days": days, "is_over": is_over, "problem": problem, "languages": settings.LANGUAGES}
    return page(request, "attendance/my_certificate.html", participant, context, status=409 if problem else 200)


def download(certificate: Certificate, face: Face) -> HttpResponse:
    """The PDF, kept by nobody on the way."""
    headers = {"Content-Disposition": content_disposition_header(True, certificate_name(certificate)), "Cache-Control": "no-store"}
    return HttpResponse(certificate_file(certificate, face), content_type="application/pdf", headers=headers)


def language_of(request: HttpRequest) -> str:
    """The language asked for, or Http404 for one that no form offers."""
    asked = request.POST.get("language", "")
    if asked not in dict(settings.LANGUAGES):
        raise Http404
    return asked


def place_of(meeting: Meeting) -> str:
    return ", ".join(text for text in (meeting.venue.text, meeting.city.text) if text)


def dates_of(meeting: Meeting) -> str:
    return day_range(meeting.starts_on, meeting.ends_on)


def crumbs(*, here: bool = False) -> list[tuple[str, str]]:
    return [(_("Check a certificate"), "" if here else reverse("certificate_check"))]
