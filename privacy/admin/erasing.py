"""Erasing a person in the back office: what will go, what may be somebody else's, and the typed reference that says it is meant."""

from collections.abc import Iterable
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import fresh, looks
from accounts.models import User
from participants.errors import Refused
from participants.faces import face_of, sight_of
from participants.models import Participant
from privacy.admin.periods import ReadOnlyAdmin
from privacy.models import Erasure, ErasureRequest
from privacy.names import name_of
from privacy.services.erasing import Plan, erase_person, plan_for, rehearse
from privacy.services.mentions import Mention
from privacy.services.people import Person, person_behind, person_of

PERMISSION = "privacy.erase_person"
MOST_SHOWN = 200


class EraseForm(forms.Form):
    """Which doubtful words are theirs, and the reference, typed."""

    also = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    reference = forms.CharField(
        label=_lazy("Type the reference to confirm"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _lazy("Type the reference. Nothing was erased.")},
    )

    def __init__(self, *args: Any, person: Person, mentions: Iterable[Mention], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["also"].choices = [(mention.key, mention.around) for mention in mentions]  # type: ignore[attr-defined]

    def clean_reference(self) -> str:
        typed = str(self.cleaned_data["reference"])
        if typed.strip().lower() != self.person.reference.lower():
            raise forms.ValidationError(_("This is not the reference shown above. Nothing was erased."), code="other")
        return typed


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """The ledger of erasures, and the pages on which somebody is erased."""

    list_display = ("made_at", "made_by", "purpose", "how_many", "total")
    list_filter = ("purpose",)
    list_select_related = ("made_by",)
    fields = ("made_at", "made_by", "purpose", "new_references", "what_went")

    def get_urls(self) -> list[URLPattern]:
        views = [
            path("registration/<int:key>/", self.own(registration_view), name="privacy_erase_registration"),
            path("account/<int:key>/", self.own(account_view), name="privacy_erase_account"),
        ]
        return [*views, *super().get_urls()]

    def own(self, view: Any) -> Any:
        return self.admin_site.admin_view(partial(view, self))

    @admin.display(description=_lazy("registrations"))
    def how_many(self, erasure: Erasure) -> int:
        return len(erasure.registrations)

    @admin.display(description=_lazy("rows"))
    def total(self, erasure: Erasure) -> int:
        return sum(erasure.counts.values())

    @admin.display(description=_lazy("new references"))
    def new_references(self, erasure: Erasure) -> str:
        return ", ".join(erasure.references) or "–"

    @admin.display(description=_lazy("what went"))
    def what_went(self, erasure: Erasure) -> SafeString | str:
        lines = ((name, _(":"), number) for name, number in lines_of(erasure.counts))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}{} {}</li>", lines)) if erasure.counts else "–"


@admin.register(ErasureRequest)
class ErasureRequestAdmin(ReadOnlyAdmin):
    """Who asked to be erased, by reference: a name is shown on the person's page alone."""

    list_display = ("made_at", "references", "way_on")
    list_display_links = None
    list_select_related = ("user",)
    fields = ("made_at", "references")

    @admin.display(description=_lazy("references"))
    def references(self, asked: ErasureRequest) -> str:
        return ", ".join(asked.user.participations.order_by("-pk").values_list("reference", flat=True)) or _("no registration")

    @admin.display(description=_lazy("what to do"))
    def way_on(self, asked: ErasureRequest) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("admin:privacy_erase_account", args=[asked.user_id]), _("Erase this person…"))


def registration_view(model_admin: ErasureAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """Erase whoever made a registration."""
    refuse_others(request)
    participant = get_object_or_404(Participant.objects.select_related("user"), pk=key)
    return erase_view(model_admin, request, person_behind(participant), reverse("admin:participants_participant_change", args=[key]))


def account_view(model_admin: ErasureAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """Erase whoever signs in with an account."""
    refuse_others(request)
    return erase_view(model_admin, request, person_of(get_object_or_404(User, pk=key)), reverse("admin:index"))


def refuse_others(request: HttpRequest) -> None:
    """Raise PermissionDenied for whoever may not erase."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def erase_view(model_admin: ErasureAdmin, request: HttpRequest, person: Person, back: str) -> HttpResponse:
    """Show what will go, ask, and erase."""
    if answer := fresh.ask_again(request):
        return answer
    try:
        plan = plan_for(person)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    form = EraseForm(request.POST if request.method == "POST" else None, person=person, mentions=plan.found.doubtful)
    if form.is_valid():
        return erase(model_admin, request, plan, form.cleaned_data["also"])
    return asking_page(model_admin, request, plan, form, back)


def erase(model_admin: ErasureAdmin, request: HttpRequest, plan: Plan, also: list[str]) -> HttpResponse:
    """Erase, note it in the trail by its number alone, and show the line of the ledger."""
    erasure = erase_person(plan=plan, by=cast(User, request.user), also=also)
    model_admin.log_change(request, erasure, "erased")
    messages.success(request, _("Erased. What is left says nothing of this person, and every figure is what it was."))
    return HttpResponseRedirect(reverse("admin:privacy_erasure_change", args=[erasure.pk]))


def asking_page(model_admin: ErasureAdmin, request: HttpRequest, plan: Plan, form: EraseForm, back: str) -> HttpResponse:
    """The page that says what will go and what stays."""
    sight = sight_of(request.user)
    people = plan.person.registrations
    looks.note_all(request, [(looks.What.PARTICIPANT_PAGE, looks.key_of(one), one.reference) for one in people if not one.is_erased])
    ticks = list(zip(plan.found.doubtful, form["also"], strict=True))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Erase this person"),
        "opts": model_admin.opts,
        "person": plan.person,
        "faces": [(participant, face_of(participant, sight)) for participant in people],
        "lines": lines_of(rehearse(plan)),
        "withdrawn": plan.withdrawn,
        "mentions": [(name_of(mention.table), mention, tick) for mention, tick in ticks[:MOST_SHOWN]],
        "more_mentions": max(0, len(ticks) - MOST_SHOWN),
        "form": form,
        "back": back,
        "page_error": bool(form.errors),
    }
    return render(request, "admin/privacy/erase.html", context, status=422 if form.errors else 200)


def lines_of(counts: Any) -> list[tuple[str, int]]:
    """What went, by the name of the table."""
    return sorted((name_of(table), number) for table, number in counts.items() if number)
