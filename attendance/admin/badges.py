"""Badges in the back office: who has which, printing them, and making one again when it is lost."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import fresh, looks
from attendance.admin.papers import papers_view
from attendance.admin.printing import StyleForm, print_view, send
from attendance.models import Badge
from attendance.services.badges import make_badge_again
from participants import errors
from participants.admin.ledgers import LedgerAdmin
from participants.admin.reveals import sight_for, user_of
from participants.faces import PUBLIC, face_of
from participants.models import Participant

MAY_SEE, MAY_MAKE_AGAIN = "attendance.view_badge", "attendance.change_badge"


@admin.register(Badge)
class BadgeAdmin(LedgerAdmin):
    """Every badge that was made. Its code is shown nowhere."""

    list_display = ("person", "made_at", "made_by", "standing")
    list_display_links = None
    list_filter = ("participant__meeting",)
    list_select_related = ("participant", "made_by")
    search_fields = ("participant__reference",)
    search_help_text = _lazy("Reference")

    @admin.display(description=_lazy("participant"))
    def person(self, badge: Badge) -> SafeString:
        face = face_of(badge.participant, PUBLIC)
        address = reverse("admin:attendance_badge_person", args=[badge.participant_id])
        return format_html('<a href="{}">{}</a> {}', address, face.name, badge.participant.reference)

    @admin.display(description=_lazy("status"))
    def standing(self, badge: Badge) -> str:
        return _("void") if badge.voided_at else _("valid")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """One badge is shown on the page of its person."""
        badge = self.get_object(request, object_id)
        if badge is None or not self.has_view_permission(request, badge):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(reverse("admin:attendance_badge_person", args=[badge.participant_id]))

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view
        own = [
            path("print/", door(print_view), name="attendance_badge_print"),
            path("person/<int:participant_id>/", door(person_view), name="attendance_badge_person"),
            path("person/<int:participant_id>/again/", door(again_view), name="attendance_badge_again"),
            path("meeting/<int:meeting_id>/", door(papers_view), name="attendance_badge_meeting"),
        ]
        return [*own, *super().get_urls()]


def person_of(request: HttpRequest, participant_id: int) -> Any:
    """The participant with the face that this reader may see, if their list has them."""
    people: Any = admin.site.get_model_admin(Participant).get_queryset(request)
    participant = get_object_or_404(people, pk=participant_id)
    participant.face = face_of(participant, sight_for(request))
    return participant


def person_view(request: HttpRequest, participant_id: int) -> HttpResponse:
    """The badges of one person. POST prints the valid one, for those who may make it again."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    participant = person_of(request, participant_id)
    may_print = request.user.has_perm(MAY_MAKE_AGAIN) and participant.state == Participant.State.CONFIRMED and not participant.is_erased
    form = StyleForm(request.POST if request.method == "POST" else None, initial={"layout": "single"})
    if request.method == "POST":
        if not may_print:
            raise PermissionDenied
        if answer := fresh.ask_again(request):
            return answer
        if form.is_valid():
            return send(request, [participant], participant.meeting, form.style())
    looks.note(request, what=looks.What.PARTICIPANT_PAGE, key=looks.key_of(participant), reference=participant.reference)
    return person_page(request, participant, form, may_print=may_print)


def person_page(request: HttpRequest, participant: Any, form: StyleForm, *, may_print: bool) -> HttpResponse:
    badges = list(participant.badges.select_related("made_by"))
    context = {
        **admin.site.each_context(request),
        "title": _("Badge"),
        "subtitle": participant.face.name,
        "opts": Participant._meta,
        "participant": participant,
        "badges": badges,
        "has_valid": any(badge.voided_at is None for badge in badges),
        "form": form,
        "may_print": may_print,
        "page": reverse("admin:participants_participant_change", args=[participant.pk]),
        "page_error": bool(form.errors),
    }
    return TemplateResponse(request, "admin/attendance/badge/person.html", context, status=422 if form.errors else 200)


def again_view(request: HttpRequest, participant_id: int) -> HttpResponse:
    """GET asks, POST makes a badge with a new code; the old one opens nothing from then on."""
    if not request.user.has_perms([MAY_SEE, MAY_MAKE_AGAIN]):
        raise PermissionDenied
    participant = person_of(request, participant_id)
    page = reverse("admin:attendance_badge_person", args=[participant.pk])
    if request.method == "POST":
        try:
            make_badge_again(participant=participant, by=user_of(request))
            messages.success(request, _("A new badge is made. The old one opens nothing any more: print the new one."))
        except errors.Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(page)
    context = {
        **admin.site.each_context(request),
        "title": _("Make the badge again"),
        "opts": Participant._meta,
        "participant": participant,
        "page": page,
    }
    return TemplateResponse(request, "admin/attendance/badge/again.html", context)
