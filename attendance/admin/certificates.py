"""Certificates in the back office: who can have one, making and downloading it for somebody, and taking one back with a reason."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import fresh, looks
from accounts.text import PersonCharField
from attendance.admin.badges import person_of
from attendance.admin.bookings import meeting_of, without_meeting
from attendance.certified import table_of
from attendance.models import Certificate
from attendance.models.certificates import days_attended
from attendance.printing.leaving import note_print
from attendance.services import certificates
from attendance.views.certificates import download
from meetings.dates import day
from meetings.models import Meeting
from participants import errors
from participants.admin.ledgers import LedgerAdmin
from participants.admin.reveals import user_of
from participants.models import Participant

MAY_SEE, MAY_MAKE, MAY_TAKE_BACK = "attendance.view_certificate", "attendance.add_certificate", "attendance.change_certificate"
COLUMNS = ("name", "days", "code")


class TakeBackForm(forms.Form):
    """Why a certificate is to be valid no more."""

    reason = PersonCharField(_lazy("Reason"), max_length=300).formfield(
        help_text=_lazy("Such as: the name was misspelt; the paper was lost. Kept with the certificate; the person’s page shows it.")
    )


class MakeForm(forms.Form):
    """In which language."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


@admin.register(Certificate)
class CertificateAdmin(LedgerAdmin):
    """The list is a table of a whole meeting; one certificate is shown on the page of its person."""

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view
        own = [
            path("person/<int:participant_id>/", door(person_view), name="attendance_certificate_person"),
            path("<int:certificate_id>/take-back/", door(take_back_view), name="attendance_certificate_take_back"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return table_view(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(reverse("admin:attendance_certificate_person", args=[row.participant_id]))


def table_view(request: HttpRequest) -> HttpResponse:
    """Everybody with a place at a meeting: days recorded, and which certificates there are."""
    if elsewhere := without_meeting(request):
        return elsewhere
    meeting = meeting_of(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Certificates of attendance"),
        "opts": Certificate._meta,
        "meeting": meeting,
        "meetings": Meeting.objects.order_by("-starts_on", "-pk"),
        "is_over": meeting.phase(timezone.now()) == Meeting.Phase.OVER,
        "table": table_of(meeting),
        "languages": [name for _code, name in settings.LANGUAGES],
    }
    return TemplateResponse(request, "admin/attendance/certificate/table.html", context)


def person_view(request: HttpRequest, participant_id: int) -> HttpResponse:
    """The certificates of one person. POST makes one, or finds the one there is, and sends it."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    participant = person_of(request, participant_id)
    problem = why_none(request, participant)
    if request.method == "POST":
        if not request.user.has_perm(MAY_MAKE):
            raise PermissionDenied
        if answer := fresh.ask_again(request):
            return answer
        form = MakeForm(request.POST)
        try:
            if form.is_valid():
                return send(request, participant, form.cleaned_data["language"])
        except errors.Refused as refusal:
            problem = str(refusal)
    looks.note(request, what=looks.What.PARTICIPANT_PAGE, key=looks.key_of(participant), reference=participant.reference)
    return person_page(request, participant, problem)


def why_none(request: HttpRequest, participant: Participant) -> str:
    """Why the reader of the page cannot make a certificate for this person; empty where they can."""
    try:
        certificates.refuse(participant, by=user_of(request), at=timezone.now())
    except errors.Refused as refusal:
        return str(refusal)
    return ""


def send(request: HttpRequest, participant: Participant, language: str) -> HttpResponse:
    """The certificate as a file, with its row in the ledger of exports."""
    by = user_of(request)
    certificate = certificates.issue(participant=participant, language=language, by=by)
    about: dict[str, Any] = {
        "purpose": "certificate",
        "meeting": participant.meeting,
        "columns": COLUMNS,
        "options": {"language": language},
    }
    note_print(people=[participant.pk], by=by, **about)
    return download(certificate, certificate.participant.face_for(by))


def person_page(request: HttpRequest, participant: Any, problem: str) -> HttpResponse:
    """What is recorded, each certificate with what it is worth, and the buttons that make one."""
    days = days_attended(participant)
    rows = list(participant.certificates.select_related("issued_by", "revoked_by"))
    shown = [(row, row.standing_given(days), [day(date) for date in row.dates]) for row in rows]
    standing = {row.language for row, worth, _days in shown if worth == Certificate.Standing.VALID}
    may_make = request.user.has_perm(MAY_MAKE)
    context = {
        **admin.site.each_context(request),
        "title": _("Certificates of attendance"),
        "subtitle": participant.face.name,
        "opts": Certificate._meta,
        "participant": participant,
        "days": [day(date, weekday=True) for date in days],
        "certificates": shown,
        "problem": problem if may_make else "",
        "ways": [(code, code in standing) for code, _name in settings.LANGUAGES] if may_make and not problem else [],
        "may_take_back": request.user.has_perm(MAY_TAKE_BACK),
        "page": reverse("admin:participants_participant_change", args=[participant.pk]),
    }
    status = 409 if problem and request.method == "POST" else 200
    return TemplateResponse(request, "admin/attendance/certificate/person.html", context, status=status)


def take_back_view(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """GET asks for the reason, POST takes the certificate back; its code is answered with "not valid" from then on."""
    if not request.user.has_perms([MAY_SEE, MAY_TAKE_BACK]):
        raise PermissionDenied
    certificate = get_object_or_404(Certificate, pk=certificate_id)
    participant = person_of(request, certificate.participant_id)
    page = reverse("admin:attendance_certificate_person", args=[participant.pk])
    if certificate.revoked_at:
        messages.info(request, _("This certificate is not valid any more."))
        return HttpResponseRedirect(page)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        certificates.revoke(certificate=certificate, reason=form.cleaned_data["reason"], by=user_of(request))
        messages.success(request, _("The certificate is taken back: its code is not valid any more."))
        return HttpResponseRedirect(page)
    looks.note(request, what=looks.What.PARTICIPANT_PAGE, key=looks.key_of(participant), reference=participant.reference)
    context = {
        **admin.site.each_context(request),
        "title": _("Take the certificate back"),
        "opts": Certificate._meta,
        "participant": participant,
        "certificate": certificate,
        "form": form,
        "page": page,
        "page_error": bool(form.errors),
    }
    return TemplateResponse(request, "admin/attendance/certificate/take_back.html", context, status=422 if form.errors else 200)
