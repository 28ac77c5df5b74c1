"""The copy of everything held on one person: for the person, and in the back office for whoever answers a request."""

import json
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import fresh, hidden, looks
from accounts.models import User
from accounts.text import PersonTextField
from participants.models import ExportedPeople, ExportRecord, Participant
from privacy.copies import MAY_COPY
from privacy.copies.building import Copy, left_out, make
from privacy.copies.holdings import closed_to
from privacy.copies.owner import Owner

MAY_NAME_PROTECTED = "participants.view_protected_identity"
PURPOSE = "own_data"


# --- for the person ---


@require_safe
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is held on the person who asks, to read."""
    if answer := fresh.ask_again(request):
        return answer
    crumbs = [(_("My registrations"), reverse("my")), (_("My data"), "")]
    return render(request, "privacy/my_data.html", {"copy": make(owner_of(request)), "left_out": left_out(), "crumbs": crumbs})


@require_safe
@login_required
def my_data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    if answer := fresh.ask_again(request, back=reverse("my_data")):
        return answer
    return file_of(make(owner_of(request)))


def owner_of(request: HttpRequest) -> Owner:
    """The person who asks."""
    if not isinstance(request.user, User):
        raise Http404
    return Owner.of_account(request.user)


def file_of(copy: Copy) -> HttpResponse:
    """The copy as JSON. Its name tells nothing of the person."""
    text = json.dumps(copy.as_json(), ensure_ascii=False, indent=2)
    name = f"personal-data-{timezone.localdate(copy.made_at)}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


# --- in the back office ---


class ReasonForm(forms.Form):
    """Who asked for the copy."""

    reason = PersonTextField(_lazy("Who asked for it, when and how?"), max_length=500).formfield(
        help_text=_lazy("Kept in the ledger with your name. The person’s name is left out if you write it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def copy_of_registration(request: HttpRequest, key: int) -> HttpResponse:
    """The copy for the person of a registration."""
    may_copy(request)
    participant = get_object_or_404(Participant.objects.select_related("meeting", "user"), pk=key)
    page = reverse("admin:participants_participant_change", args=[key])
    return office(request, Owner.of_registration(participant), str(participant), page)


@require_http_methods(["GET", "HEAD", "POST"])
def copy_of_account(request: HttpRequest, key: int) -> HttpResponse:
    """The copy for the person of an account, be there a registration or not."""
    may_copy(request)
    users = User.objects.all() if request.user.is_superuser else User.objects.filter(is_staff=True)
    user = get_object_or_404(hidden.marked(users), pk=key)
    return office(request, Owner.of_account(user), str(user), reverse("admin:accounts_user_change", args=[key]))


def may_copy(request: HttpRequest) -> None:
    """Raise PermissionDenied for whoever may not take copies."""
    if not request.user.has_perm(MAY_COPY):
        raise PermissionDenied


def office(request: HttpRequest, owner: Owner, name: str, page: str) -> HttpResponse:
    """Ask for the reason; then the copy, to read or as a file, once the ledger knows of it."""
    if owner.is_protected() and not request.user.has_perm(MAY_NAME_PROTECTED):
        raise PermissionDenied
    if answer := fresh.ask_again(request):
        return answer
    form = ReasonForm(request.POST or None)
    context = {**admin.site.each_context(request), "title": _("Copy of everything held"), "subtitle": name, "page": page, "form": form}
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, "admin/privacy/copy.html", {**context, "page_error": bool(form.errors)})
    copy = make(owner, closed=closed_to(cast(User, request.user)))
    wanted = "json" if "file" in request.POST else "page"
    write_down(request, copy, reason=form.cleaned_data["reason"], wanted=wanted)
    if wanted == "json":
        return file_of(copy)
    return TemplateResponse(request, "admin/privacy/copy.html", {**context, "copy": copy, "left_out": left_out(copy.closed)})


def write_down(request: HttpRequest, copy: Copy, *, reason: str, wanted: str) -> None:
    """Put the copy into the ledger of exports, and a look at each row that led to it."""
    owner = copy.owner
    options: dict[str, Any] = {"format": wanted, "reason": owner.left_out_of(reason)}
    record = ExportRecord.objects.create(
        made_by=request.user,  # type: ignore[misc]
        purpose=PURPOSE,
        columns=[part.key for part in copy.parts],
        options=options,
        protected_names=owner.is_protected(),
        rows=copy.count,
    )
    ExportedPeople.write(record, owner.keys)
    references = {looks.key_of(one): one.reference for one in owner.registrations}
    looks.note_all(request, [(looks.What.COPY, key, references.get(key, "")) for key in owner.traces])
