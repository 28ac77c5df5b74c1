"""The invitations in the back office: list, form, letter. The app above adds what it knows of people and registers it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import looks
from accounts.history import HistoryAdmin
from accounts.models import User
from accounts.refusals import note_refusal, with_refusal
from delegations import errors, services
from delegations.admin.replying import reply_view
from delegations.admin.steps import PERMISSION, STEPS, Step, answer, step_view
from delegations.models import Body, Country, Invitation
from delegations.readers import readers_of
from delegations.views.invitations import pdf_response
from meetings.admin import NATIVE_DATES
from meetings.dates import day
from meetings.languages import current_language
from meetings.models import Meeting

State = Invitation.State
PERSON = ("salutation", "given_name", "family_name", "email", "organisation", "function")
ADDRESSEE = ("country", "body", *PERSON)


class AddresseeFilter(admin.SimpleListFilter):
    title = _lazy("goes to")
    parameter_name = "goes_to"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Invitation.Addressee.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        kinds = {"country": Q(country__isnull=False), "body": Q(body__isnull=False), "person": ~Q(family_name="")}
        return queryset.filter(kinds.get(self.value() or "", Q()))


class ReplyFilter(admin.SimpleListFilter):
    title = _lazy("reply")
    parameter_name = "reply"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("silent", _("none yet")), ("late", _("none, and the deadline has passed")), *Invitation.Reply.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "silent":
            return queryset.silent()
        if self.value() == "late":
            return queryset.silent().filter(deadline__lt=timezone.localdate())
        return queryset.filter(reply=self.value()) if self.value() in Invitation.Reply.values else queryset


class InvitationForm(forms.ModelForm):
    """An invitation as the secretariat writes it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and self.instance.state != State.DRAFT:
            return cleaned
        addressees = [bool(cleaned.get("country")), bool(cleaned.get("body")), bool(cleaned.get("family_name"))]
        if addressees != [False] * 3 and sum(addressees) == 1:
            return cleaned
        if not set(ADDRESSEE) & set(self.errors):
            self.add_error(None, _("Choose a country or an organisation, or name a person: one of the three."))
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What differs from the row, by field."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}


def action_for(step: Step) -> Callable[..., HttpResponse]:
    """The step as an action of the list."""

    @admin.action(description=step.label, permissions=["send"])
    def act(model_admin: "InvitationAdmin", request: HttpRequest, queryset: Any) -> HttpResponse:
        return answer(model_admin, request, step, queryset)

    act.__name__ = step.key
    return act


class InvitationAdmin(HistoryAdmin):
    """Drafts may be deleted; what was sent is withdrawn."""

    form = InvitationForm
    actions = tuple(action_for(step) for step in STEPS.values())
    list_display = ("shown_addressee", "shown_places", "deadline", "status", "shown_reply", "nominated", "shown_reference")
    list_filter = (("meeting", admin.RelatedOnlyFieldListFilter), AddresseeFilter, "state", ReplyFilter)
    search_fields = ("reference",)  # opens the search box; get_search_results does the search
    search_help_text = _lazy("Country, organisation, person or reference.")
    list_per_page = 200
    ordering = ("-meeting__starts_on", "number")
    formfield_overrides = NATIVE_DATES

    # --- who may do what ---

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state != State.WITHDRAWN)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.state == State.DRAFT

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.select_related("meeting", "country", "body").annotate(
            names=Count("nominations", filter=Q(nominations__state="put_forward"))
        )

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """A person who is not to be named is not found by name: the answer would tell it."""
        for word in search_term.replace("\x00", "").split()[:8]:
            named = Q(hides_name=False) & (Q(family_name__icontains=word) | Q(given_name__icontains=word) | Q(email__icontains=word))
            place = Q(country__name_en__icontains=word) | Q(country__name_fr__icontains=word) | Q(organisation__icontains=word)
            body = Q(body__name_en__icontains=word) | Q(body__name_fr__icontains=word) | Q(body__acronym_en__icontains=word)
            queryset = queryset.filter(named | place | body | Q(reference__icontains=word))
        return queryset, False

    @admin.display(description=_lazy("invited"))
    def shown_addressee(self, invitation: Invitation) -> str:
        return invitation.addressee

    @admin.display(description=_lazy("places"), ordering="quota")
    def shown_places(self, invitation: Invitation) -> str:
        return f"{invitation.quota} ({invitation.reimbursed_quota})" if invitation.reimbursed_quota else str(invitation.quota)

    @admin.display(description=_lazy("status"), ordering="state")
    def status(self, invitation: Invitation) -> SafeString:
        return render_to_string("components/status_tag.html", {"state": invitation.state, "label": invitation.get_state_display()})

    @admin.display(description=_lazy("reply"), ordering="reply")
    def shown_reply(self, invitation: Invitation) -> str:
        return invitation.reply_label or "–"

    @admin.display(description=_lazy("nominated"), ordering="names")
    def nominated(self, invitation: Any) -> str:
        return str(invitation.names) if invitation.names else "–"

    @admin.display(description=_lazy("reference"), ordering="number")
    def shown_reference(self, invitation: Invitation) -> str:
        return invitation.reference

    # --- the page ---

    def get_urls(self) -> list[URLPattern]:
        own: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("step/<slug:key>/", step_view, "step"),
            ("<int:pk>/reply/", reply_view, "reply"),
            ("<int:pk>/letter.pdf", letter_view, "letter"),
        ]
        views = [
            path(route, self.admin_site.admin_view(partial(view, self)), name=f"delegations_invitation_{name}") for route, view, name in own
        ]
        return [*views, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        person = (
            ("organisation",)
            if obj and obj.hides_name
            else ("salutation", ("given_name", "family_name"), "email", "organisation", "function")
        )
        own = [(_("Named person"), {"fields": person})] if obj is None or obj.is_to_person or obj.state == State.DRAFT else []
        one_of = _(
            "One of the three: a country is written to through its Permanent Correspondents, "
            "an organisation through its correspondents or its contact."
        )
        return [
            (None, {"fields": (*(() if obj else ("meeting",)), ("country", "body"), "category"), "description": "" if obj else one_of}),
            *own,
            (_("Offer"), {"fields": (("quota", "reimbursed_quota"), "deadline")}),
            (_("Letter"), {"fields": ("language", ("text_en", "text_fr"))}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return () if obj is None or obj.state == State.DRAFT else ADDRESSEE

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        meeting = Meeting.objects.coming(timezone.localdate()).first()
        return {"meeting": meeting, "category": "member_state", **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "country":
            kwargs["queryset"] = Country.objects.in_alphabetical_order()
        if db_field.name == "body":
            kwargs["queryset"] = Body.objects.existing(timezone.localdate()).order_by(f"name_{current_language()}")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field and field.widget, admin.widgets.RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget  # plain selects: countries and organisations have pages of their own
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return with_refusal(super().get_form(request, obj, change, **kwargs), request)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except errors.Refused as refusal:
            note_refusal(request, refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        if change:
            services.change_invitation(invitation=obj, changes=form.changes, by=by)
            return
        fields = {name: value for name, value in form.cleaned_data.items() if name != "meeting"}
        made = services.create_invitation(meeting=form.cleaned_data["meeting"], fields=fields, by=by)
        obj.pk, obj.reference = made.pk, made.reference

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **named: Any) -> HttpResponse:
        if (obj := named.get("obj")) is not None:
            looks.note(request, what=looks.What.INVITATION, key=looks.key_of(obj), reference=obj.reference)
            context |= self.standing(request, obj)
        return super().render_change_form(request, context, *args, **named)

    def standing(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What the page says beside the form."""
        now = timezone.now()
        readers = readers_of([obj], on=timezone.localdate(now))[obj.pk]
        possible = [step for step in STEPS.values() if step.check(obj, readers, now) is None]
        return {
            "title": str(obj),
            "subtitle": obj.addressee,
            "invitation": obj,
            "readers": readers,
            "needs_correspondent": obj.body_id and obj.state != State.WITHDRAWN and not any(reader.user for reader in readers),
            "reads_addresses": self.has_send_permission(request) and not obj.hides_name,
            "replied_on": day(obj.meeting.today(obj.replied_at)) if obj.replied_at else "",
            "steps": possible if self.has_send_permission(request) else [],
            "may_note": self.has_send_permission(request) and obj.state == State.SENT,
            "show_save_and_add_another": False,
        }

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Not of somebody who is not to be named: old versions hold the name."""
        invitation = self.get_object(request, object_id)
        if invitation is not None and invitation.hides_name:
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


def letter_view(model_admin: InvitationAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it is, or as it would be sent."""
    invitation = model_admin.get_object(request, str(pk))
    if invitation is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, invitation):
        raise PermissionDenied
    looks.note(request, what=looks.What.INVITATION, key=looks.key_of(invitation), reference=invitation.reference)
    return pdf_response(invitation)
