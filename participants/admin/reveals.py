"""Looking at a protected person's real name: a reason, a row in the ledger, and fifteen minutes in this session."""

import datetime as dt
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import fresh
from accounts.models import User
from accounts.text import PersonTextField
from participants.faces import Sight, sight_of
from participants.models import Participant, Reveal
from participants.unnamed import without_names

SHOWN_FOR = dt.timedelta(minutes=15)
SESSION_KEY = "revealed_participants"  # primary key (as text, because of JSON) → when it ends, in seconds
PERMISSION = "participants.view_protected_identity"


def revealed_until(request: HttpRequest) -> dict[int, dt.datetime]:
    """Whose real names this session may see at this moment, and until when."""
    ends = {int(key): dt.datetime.fromtimestamp(end, dt.UTC) for key, end in request.session.get(SESSION_KEY, {}).items()}
    return {key: end for key, end in ends.items() if end > timezone.now()}


def sight_for(request: HttpRequest) -> Sight:
    """What the user of this request may see, names revealed in this session included."""
    return sight_of(request.user, revealed=revealed_until(request))


def user_of(request: HttpRequest) -> User:
    """Who is signed in; nobody else gets past the back office's door."""
    return cast(User, request.user)


def reveal(request: HttpRequest, participant: Participant, reason: str) -> None:
    """Write who looked and why, then show the name in this session. Who reads the ledger may not see the name, so the reason loses it."""
    Reveal.objects.create(participant=participant, made_by=user_of(request), reason=without_names(reason, [participant]))
    ends = {str(key): end.timestamp() for key, end in revealed_until(request).items()}
    request.session[SESSION_KEY] = {**ends, str(participant.pk): (timezone.now() + SHOWN_FOR).timestamp()}


def hide(request: HttpRequest, participant: Participant) -> None:
    """End the showing before its time."""
    request.session[SESSION_KEY] = {key: end for key, end in request.session.get(SESSION_KEY, {}).items() if key != str(participant.pk)}


class ReasonForm(forms.Form):
    """Why somebody needs the real name."""

    reason = PersonTextField(_lazy("Why do you need the name?"), max_length=500).formfield(
        help_text=_lazy("Kept with your name and the time. The person’s name is left out if you write it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def reveal_view(model_admin: ModelAdmin, request: HttpRequest, participant_id: int) -> HttpResponse:
    """Ask for a reason, then show the real name on the person's page."""
    participant = get_object_or_404(model_admin.get_queryset(request), pk=participant_id)
    if not (request.user.has_perm(PERMISSION) and model_admin.has_view_permission(request, participant)):
        raise PermissionDenied
    page = reverse("admin:participants_participant_change", args=[participant.pk])
    if not participant.is_protected:
        return HttpResponseRedirect(page)
    if answer := fresh.ask_again(request):
        return answer
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reveal(request, participant, form.cleaned_data["reason"])
        messages.info(request, _("The real name is shown to you on this page and in the list for 15 minutes."))
        return HttpResponseRedirect(page)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Show the real name"),
        "opts": model_admin.opts,
        "participant": participant,
        "face": participant.face_for(request.user),
        "form": form,
        "page": page,
    }
    return render(request, "admin/participants/participant/reveal.html", context)


def hide_view(model_admin: ModelAdmin, request: HttpRequest, participant_id: int) -> HttpResponse:
    """Mask the name again at once."""
    participant = get_object_or_404(model_admin.get_queryset(request), pk=participant_id)
    if request.method == "POST":
        hide(request, participant)
    return HttpResponseRedirect(reverse("admin:participants_participant_change", args=[participant.pk]))
