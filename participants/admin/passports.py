"""Somebody's passport, on a page of its own for those who write letters for visas. Each look leaves a trace."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import fresh, looks
from participants import errors, services
from participants.admin.access import is_masked
from participants.forms import PassportForm
from participants.forms.summary import answer
from participants.models import Participant, Passport

VIEW, CHANGE = "participants.view_passport", "participants.change_passport"


def may_see_passport(request: HttpRequest, participant: Participant) -> bool:
    """True for those with the right, and only where they may see whose it is: a passport names its owner."""
    return request.user.has_perm(VIEW) and not is_masked(request, participant)


def passport_view(model_admin: ModelAdmin, request: HttpRequest, participant_id: int) -> HttpResponse:
    """Show what was given; with the right to change, enter, correct and delete it."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    participant = get_object_or_404(model_admin.get_queryset(request), pk=participant_id)
    if not may_see_passport(request, participant):
        raise PermissionDenied
    if again := fresh.ask_again(request):
        return again
    passport = Passport.objects.filter(participant=participant).first()
    form = PassportForm(request.POST if request.method == "POST" else None, meeting=participant.meeting, passport=passport)
    if request.method == "POST":
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        if "delete" in request.POST or form.is_valid():
            return write(model_admin, request, participant, form)
    if passport is not None:
        looks.note(request, what=looks.What.PASSPORT, key=looks.key_of(participant), reference=participant.reference)
    return passport_page(model_admin, request, participant, form, passport)


def write(model_admin: ModelAdmin, request: HttpRequest, participant: Participant, form: PassportForm) -> HttpResponse:
    """Keep or delete it; the trail of the back office says that, and nothing of what it holds."""
    if "delete" in request.POST:
        services.delete_passport(participant=participant)
        model_admin.log_change(request, participant, "Passport data deleted.")
        messages.success(request, _("The passport data is deleted."))
        return HttpResponseRedirect(reverse("admin:participants_participant_change", args=[participant.pk]))
    try:
        services.keep_passport(participant=participant, said=form.cleaned_data)
        model_admin.log_change(request, participant, "Passport data entered.")
        messages.success(request, _("The passport data is saved."))
    except errors.Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("admin:participants_participant_change", args=[participant.pk]))


def passport_page(
    model_admin: ModelAdmin, request: HttpRequest, participant: Any, form: PassportForm, passport: Passport | None
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Passport for a visa letter"),
        "opts": model_admin.opts,
        "participant": participant,
        "face": participant.face_for(request.user),
        "form": form,
        "has_one": passport is not None,
        "shown": [answer(form, name) for name in form.fields] if passport else [],
        "may_change": request.user.has_perm(CHANGE) and services.passport_is_of_use(participant),
        "may_delete": passport is not None and request.user.has_perm(CHANGE),
        "page_error": bool(form.errors),
        "page": reverse("admin:participants_participant_change", args=[participant.pk]),
    }
    return render(request, "admin/participants/participant/passport.html", context, status=422 if form.errors else 200)
