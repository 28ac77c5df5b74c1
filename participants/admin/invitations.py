"""Invitations, as those who know who came and who comes see them: many at a time, and the board."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.models import User
from accounts.text import PersonTextField
from delegations.admin import InvitationAdmin
from delegations.models import Invitation
from delegations.services import Addressee, create_invitations, invited_keys
from meetings.admin import key_of
from meetings.models import Meeting
from participants import inviting
from participants.admin import board

WRONG_PLACES = _lazy("Enter the places for each, from 1 to 99.")
WRONG_REIMBURSED = _lazy("Enter how many of them are reimbursed, from 0 to 99.")


class OfferForm(forms.Form):
    """What everybody chosen is offered."""

    quota = forms.IntegerField(
        label=_lazy("Places for each"),
        min_value=1,
        max_value=99,
        initial=2,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WRONG_PLACES),
    )
    reimbursed_quota = forms.IntegerField(
        label=_lazy("Of them reimbursed"),
        min_value=0,
        max_value=99,
        initial=1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WRONG_REIMBURSED),
    )
    deadline = forms.DateField(
        label=_lazy("Deadline"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _lazy("Enter the deadline."), "invalid": _lazy("Deadline: this is not a day.")},
    )
    language = forms.ChoiceField(
        label=_lazy("Language of the letter"),
        required=False,
        choices=[("", _lazy("that of whoever gets it, where it is known")), *User.Language.choices],
    )
    text_en = PersonTextField(max_length=2000).formfield(
        label=_lazy("Personal text (English)"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    text_fr = PersonTextField(max_length=2000).formfield(
        label=_lazy("Personal text (French)"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("reimbursed_quota") or 0) > (cleaned.get("quota") or 99):
            self.add_error("reimbursed_quota", _("More people would be reimbursed than there are places."))
        if cleaned.get("deadline") and cleaned["deadline"] < timezone.localdate():
            self.add_error("deadline", _("Deadline: this day has passed."))
        return cleaned


@admin.register(Invitation)
class InvitationWithPeopleAdmin(InvitationAdmin):
    """Invitations beside what came of them."""

    def get_urls(self) -> list[URLPattern]:
        own = [("many/", many_view, "many"), *board.views()]
        views = [
            path(route, self.admin_site.admin_view(partial(view, self)), name=f"delegations_invitation_{name}") for route, view, name in own
        ]
        return [*views, *super().get_urls()]


def many_view(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Choose a group, see who is in it, and make a draft for each that stays ticked. Nobody is written to."""
    if not request.user.has_perm("delegations.add_invitation"):
        raise PermissionDenied
    meetings = list(Meeting.objects.coming(timezone.localdate()))
    meeting = next((one for one in meetings if one.pk == key_of(request.GET.get("meeting"))), meetings[0] if meetings else None)
    if meeting is None:
        raise Http404
    group = inviting.GROUPS.get(request.GET.get("group", ""), inviting.GROUPS["members"])
    had, found = invited_keys(meeting), group.find(meeting)
    open_to = [addressee for addressee in found if addressee.key not in had]
    first = {"quota": 1, "reimbursed_quota": 0} if group.key in {"people", "bodies"} else {}
    form = OfferForm(request.POST if request.method == "POST" else None, initial=first)
    chosen = {*request.POST.getlist("who")} if request.method == "POST" else {addressee.key for addressee in open_to}
    wanted = [addressee for addressee in open_to if addressee.key in chosen]
    if request.method == "POST" and form.is_valid():
        if wanted:
            return make(request, meeting, wanted, form)
        form.add_error(None, _("Tick at least one."))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Invite many"),
        "opts": model_admin.opts,
        "meeting": meeting,
        "meetings": meetings,
        "group": group,
        "groups": inviting.GROUPS.values(),
        "open_to": [(addressee, addressee.key in chosen) for addressee in open_to],
        "had": [addressee for addressee in found if addressee.key in had],
        "protected": inviting.protected_left_out(meeting) if group.key == "people" else 0,
        "form": form,
    }
    return render(request, "admin/delegations/invitation/many.html", context, status=422 if form.errors else 200)


def make(request: HttpRequest, meeting: Meeting, wanted: list[Addressee], form: OfferForm) -> HttpResponse:
    """Make the drafts and lead to them."""
    made, had = create_invitations(meeting=meeting, addressees=wanted, fields=form.cleaned_data, by=cast(User, request.user))
    text = ngettext("%(n)s draft is made; nothing is sent yet.", "%(n)s drafts are made; nothing is sent yet.", len(made))
    messages.success(request, text % {"n": len(made)})
    if had:
        names = ", ".join(addressee.name for addressee in had)
        messages.warning(request, _("Somebody else was quicker: %(names)s.") % {"names": names})
    return HttpResponseRedirect(f"{reverse('admin:delegations_invitation_changelist')}?meeting__id__exact={meeting.pk}&state__exact=draft")
