"""The names put forward, in the back office: list, page, letter, and names entered on behalf of a delegation."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import looks
from accounts.history import HistoryAdmin
from accounts.models import User
from accounts.refusals import note_refusal, with_refusal
from delegations import errors
from delegations.models import Invitation, Nomination
from participants import choices, services
from participants.delegation import Nominee, nominee, registration
from participants.forms.fields import AddressField
from participants.forms.letters import LetterField
from participants.models import Offer, Participant
from participants.promises import promise_of
from participants.views.delegation import letter_response

CHANGE = "delegations.change_nomination"
PERSON = ("salutation", ("given_name", "family_name"), "function", "service", "organisation", "sector", "email", "language")
COLUMNS = ("salutation", "given_name", "family_name", "function", "service", "organisation", "sector", "email", "language")
OF_DELEGATION = ("is_head", "is_reimbursed")
NOT_COLUMNS = {"letter", "invitation", "is_namesake"}


class NominationForm(forms.ModelForm):
    """A name as the secretariat enters or corrects it."""

    email = AddressField(label=_lazy("E-mail address"))
    sector = forms.ChoiceField(label=_lazy("Sector"), required=False)
    letter = LetterField(label=_lazy("Letter of nomination"), help_text=_lazy("PDF, JPEG, PNG or DOCX, at most 5 MB."), required=False)
    is_namesake = forms.BooleanField(
        label=_lazy("This is another person of the same name"),
        help_text=_lazy("Only where the delegation puts two people of one name forward."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(sector := self.fields.get("sector"), forms.ChoiceField):
            sector.choices = [("", "–"), *((row.code, row.name) for row in choices.sectors())]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, without the letter and whom it is for."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data and name not in NOT_COLUMNS}


class StandingFilter(admin.SimpleListFilter):
    """Whether those who stand have completed."""

    title = _lazy("where it stands")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("asked", _("asked to complete")), ("registered", _("with a registration"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Nomination]) -> QuerySet[Nomination]:
        if self.value() not in {"asked", "registered"}:
            return queryset
        return queryset.filter(state=Nomination.State.PUT_FORWARD, participant__isnull=self.value() == "asked")


@admin.register(Nomination)
class NominationAdmin(HistoryAdmin):
    """Names are put forward, corrected and taken back; none is deleted."""

    form = NominationForm
    list_display = ("shown_name", "delegation", "meeting", "status", "is_head", "is_reimbursed", "priority", "has_letter")
    list_filter = (("invitation__meeting", admin.RelatedOnlyFieldListFilter), StandingFilter, "state", *OF_DELEGATION)
    list_select_related = ("invitation__meeting", "invitation__country", "invitation__body", "participant")
    list_per_page = 200
    ordering = ("-invitation__meeting__starts_on", "invitation__number", "priority", "pk")
    search_fields = ("invitation__reference",)  # opens the search box; get_search_results does the search
    search_help_text = _lazy("Country or name that was put forward.")
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state == Nomination.State.PUT_FORWARD)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Somebody protected is not found by name: the answer would tell it."""
        for word in search_term.replace("\x00", "").split()[:8]:
            name = Q(family_name__icontains=word) | Q(given_name__icontains=word) | Q(email__icontains=word)
            place = Q(invitation__country__name_en__icontains=word) | Q(invitation__country__name_fr__icontains=word)
            open_name = name & (Q(participant__isnull=True) | Q(participant__is_protected=False))
            queryset = queryset.filter(open_name | place | Q(invitation__reference__icontains=word))
        return queryset, False

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Nomination]:
        running = Offer.objects.running().select_related("participant__meeting")
        return super().get_queryset(request).prefetch_related(Prefetch("participant__offers", running, to_attr="running_offers"))

    @admin.display(description=_lazy("name"), ordering="priority")
    def shown_name(self, nomination: Nomination) -> str:
        return nominee(nomination, None).name

    @admin.display(description=_lazy("delegation"), ordering="invitation__number")
    def delegation(self, nomination: Nomination) -> str:
        return nomination.invitation.addressee

    @admin.display(description=_lazy("meeting"), ordering="invitation__meeting")
    def meeting(self, nomination: Nomination) -> str:
        return str(nomination.invitation.meeting)

    @admin.display(description=_lazy("status"))
    def status(self, nomination: Nomination) -> SafeString:
        one, offer = nominee(nomination, None), offer_to(nomination)
        tag = render_to_string("components/status_tag.html", {"state": one.tag, "label": one.label})
        if offer is None:
            return tag
        return format_html('{} <span class="pg-mark pg-mark-long">{}</span>', tag, promise_of(offer, at=timezone.now()).words)

    @admin.display(description=_lazy("sector"))
    def sector_name(self, nomination: Nomination) -> str:
        row = choices.sector(nomination.sector)
        return row.name if row else nomination.sector

    @admin.display(description=_lazy("letter"), boolean=True)
    def has_letter(self, nomination: Nomination) -> bool:
        return bool(nomination.letter)

    # --- the page ---

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/letter/", self.admin_site.admin_view(self.letter_view), name="delegations_nomination_letter"),
            path("<int:pk>/take-back/", self.admin_site.admin_view(self.take_back_view), name="delegations_nomination_take_back"),
        ]
        return [*own, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        note = _("Only invitations that were sent and not withdrawn are offered here; the deadline does not bind the secretariat.")
        one = nominee(obj, None) if obj else None
        is_typed = self.may_change(request, obj) and not (one and one.is_complete)
        fields = (*PERSON, "is_namesake") if is_typed else tuple("sector_name" if name == "sector" else name for name in PERSON)
        person = [] if one and one.is_masked else [(None, {"fields": fields})]
        first = [] if obj else [(None, {"fields": ("invitation",), "description": note})]
        letter = "letter" if self.may_change(request, obj) and not (one and one.is_masked) else "has_letter"
        return [*first, *person, (_("Delegation"), {"fields": (*OF_DELEGATION, letter)})]

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        """True where the form will have fields to type into."""
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address never changes; what somebody completed themself is theirs."""
        if obj is None:
            return ()
        one = nominee(obj, None)
        return ("has_letter", "sector_name", *(COLUMNS if one.is_complete else ("email",)), *(("letter",) if one.is_masked else ()))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for _title, part in self.get_fieldsets(request, obj) for name in part["fields"]]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "invitation":
            kwargs["queryset"] = (
                Invitation.objects.sent().filter(family_name="").with_addressees().order_by("-meeting__starts_on", "number")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "invitation":
            field.widget = field.widget.widget  # a plain select: invitations have pages of their own
            field.label_from_instance = lambda row: f"{row.meeting}: {row.addressee}"
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

    def save_model(self, request: HttpRequest, obj: Nomination, form: Any, change: bool) -> None:
        letter, by = form.cleaned_data.get("letter") if "letter" in form.changed_data else None, cast(User, request.user)
        is_namesake = bool(form.cleaned_data.get("is_namesake"))
        if change:
            services.correct_nomination(nomination=obj, changes=form.said, letter=letter, is_namesake=is_namesake, by=by, for_them=True)
            return
        said = {name: value for name, value in form.cleaned_data.items() if name not in NOT_COLUMNS}
        invitation = form.cleaned_data["invitation"]
        made = services.nominate(invitation=invitation, fields=said, letter=letter, is_namesake=is_namesake, by=by, for_them=True)
        obj.pk = made.pk

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **named: Any) -> HttpResponse:
        if (obj := named.get("obj")) is not None:
            note_look(request, obj)
            one: Nominee = nominee(obj, None)
            context |= {"title": obj.invitation.addressee, "subtitle": one.name, "nominee": one}
            context |= {"offer": promise_of(offer, at=timezone.now()).words if (offer := offer_to(obj)) else ""}
            context |= {"registration": services.registration_of(obj), "may_take_back": self.has_change_permission(request, obj)}
        return super().render_change_form(request, context, *args, **named)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Not of somebody protected: old versions hold the name."""
        nomination = self.get_object(request, object_id)
        if isinstance(nomination, Nomination) and nominee(nomination, None).is_masked:
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def found(self, request: HttpRequest, pk: int) -> Nomination:
        """The nomination, for whoever may see it."""
        nomination = self.get_object(request, str(pk))
        if not isinstance(nomination, Nomination):
            raise Http404
        if not self.has_view_or_change_permission(request, nomination):
            raise PermissionDenied
        return nomination

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The letter of nomination, to be saved; it names people, so whoever may not change names does not read it."""
        nomination = self.found(request, pk)
        if not request.user.has_perm(CHANGE) or nominee(nomination, None).is_masked:
            raise PermissionDenied
        if not nomination.letter:
            raise Http404
        note_look(request, nomination)
        return letter_response(nomination)

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a name back on behalf of the delegation."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        nomination = self.found(request, pk)
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        services.withdraw_nomination(nomination=nomination, by=cast(User, request.user))
        messages.success(request, _("The name is taken back."))
        return HttpResponseRedirect(reverse("admin:delegations_nomination_change", args=[pk]))


def offer_to(nomination: Nomination) -> Offer | None:
    """The place that is offered to somebody who was put forward and completed; read with the list."""
    person = registration(nomination)
    return next(iter(person.running_offers), None) if person and person.state == Participant.State.WAITLISTED else None  # type: ignore[attr-defined]


def note_look(request: HttpRequest, nomination: Nomination) -> None:
    """Leave the trace that somebody opened this nomination."""
    looks.note(request, what=looks.What.INVITATION, key=looks.key_of(nomination), reference=nomination.invitation.reference)
