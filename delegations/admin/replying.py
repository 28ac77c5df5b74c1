"""A reply that came by telephone or on paper, written down for the addressee."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from accounts.text import PersonTextField
from delegations import errors, services
from delegations.models import Invitation

PERMISSION = "delegations.send_invitation"


class NoteForm(forms.Form):
    """What they said, and how it reached the secretariat."""

    reply = forms.ChoiceField(label=_lazy("Their reply"), choices=Invitation.Reply.choices, widget=forms.RadioSelect)
    note = PersonTextField(max_length=500).formfield(
        label=_lazy("How it came"),
        help_text=_lazy("Who said it, when and how: “Ms Kinsella, by telephone on Monday”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def reply_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a reply; the deadline does not bind whoever notes it."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    invitation: Any = model_admin.get_object(request, str(pk))
    if invitation is None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"reply": invitation.reply, "note": invitation.reply_note})
    if request.method == "POST" and form.is_valid():
        try:
            services.reply_for(invitation=invitation, by=cast(User, request.user), **form.cleaned_data)
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The reply is written down."))
            return HttpResponseRedirect(reverse("admin:delegations_invitation_change", args=[pk]))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Reply of %(who)s") % {"who": invitation.addressee},
        "opts": model_admin.opts,
        "invitation": invitation,
        "form": form,
    }
    return render(request, "admin/delegations/invitation/reply.html", context, status=422 if form.errors else 200)
