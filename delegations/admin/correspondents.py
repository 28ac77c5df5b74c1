"""Correspondents of countries and organisations in the back office: named by address, so that nobody browses accounts to find one."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import looks
from accounts.history import HistoryAdmin
from accounts.models import User, normal_address
from accounts.text import PersonCharField
from delegations.models import Body, Correspondent, Country
from delegations.services import appoint
from meetings.admin import NATIVE_DATES, key_of
from meetings.languages import current_language


class InOffice(admin.SimpleListFilter):
    """Whether somebody speaks for the country or organisation today."""

    title = _lazy("in office")
    parameter_name = "in_office"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("today")), ("no", _("not today"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Correspondent]) -> QuerySet[Correspondent]:
        current = Correspondent.objects.current(timezone.localdate())
        if self.value() == "yes":
            return queryset.filter(pk__in=current)
        return queryset.exclude(pk__in=current) if self.value() == "no" else queryset


class DelegationFilter(admin.SimpleListFilter):
    """Of countries, or of organisations."""

    title = _lazy("speaks for")
    parameter_name = "speaks_for"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("country", _("a country")), ("body", _("an international organisation"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Correspondent]) -> QuerySet[Correspondent]:
        if self.value() == "country":
            return queryset.exclude(country=None)
        return queryset.exclude(body=None) if self.value() == "body" else queryset


class AppointmentForm(forms.ModelForm):
    """Who, for which country or organisation, from when to when."""

    email = forms.EmailField(label=_lazy("E-mail address"), help_text=_lazy("They sign in with a code that is mailed there."))
    name = PersonCharField(max_length=200).formfield(label=_lazy("Name"), help_text=_lazy("Mails begin with it."))
    language = forms.ChoiceField(label=_lazy("Language of mails"), choices=User.Language.choices)

    class Meta:
        model = Correspondent
        fields = ("country", "body", "starts_on", "ends_on", "note")

    def clean(self) -> dict[str, Any]:
        """Somebody is correspondent of a country or an organisation once on any day."""
        cleaned = super().clean() or self.cleaned_data
        user = User.objects.filter(email=normal_address(cleaned.get("email") or "")).first()
        if user:
            Correspondent(user=user, **{name: cleaned.get(name) for name in ("country", "body", "starts_on", "ends_on")}).clean()
        if user and not user.is_active:
            raise ValidationError(_("This account is switched off."), code="inactive")
        return cleaned


@admin.register(Correspondent)
class CorrespondentAdmin(HistoryAdmin):
    list_display = ("shown_delegation", "name", "email", "starts_on", "ends_on", "note")
    list_filter = (InOffice, DelegationFilter)
    list_select_related = ("country", "body", "user")
    list_per_page = 200
    search_fields = (
        *("country__name_en", "country__name_fr", "body__name_en", "body__name_fr", "body__acronym_en", "body__acronym_fr"),
        *("user__name", "user__email"),
    )
    formfield_overrides = NATIVE_DATES
    readonly_fields = ("name", "email")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = AppointmentForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        who = ("name", "email") if obj else (("email", "name"), "language")
        period = {
            "description": _("An empty end means still in office. Whoever leaves sees nothing of the delegation any more from then on.")
        }
        one_of = "" if obj else _("One of the two: the country or the organisation whose experts they put forward.")
        delegation = ("country", "body") if obj is None else ("country",) if obj.country_id else ("body",)
        return [
            (None, {"fields": (*delegation, *who), "description": one_of}),
            (_("In office"), {"fields": (("starts_on", "ends_on"), "note", *(("wants_news",) if obj else ())), **period}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("country", "body", "name", "email") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """For an organisation named in the address, its contact as far as it is known."""
        asked: dict[str, Any] = super().get_changeform_initial_data(request)
        body = Body.objects.filter(pk=key_of(asked.get("body"))).first()
        known = {"email": body.contact_email, "name": body.contact_name, "language": body.contact_language} if body else {}
        return {**known, **asked}

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

    def save_model(self, request: HttpRequest, obj: Correspondent, form: Any, change: bool) -> None:
        if change:
            return super().save_model(request, obj, form, change)
        named = ("country", "body", "email", "name", "language", "starts_on", "ends_on", "note")
        fields = {name: form.cleaned_data[name] for name in named}
        made = appoint(by=cast(User, request.user), **fields)
        obj.pk, obj.user = made.pk, made.user
        return None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **named: Any) -> Any:
        if (obj := named.get("obj")) is not None:
            looks.note(request, what=looks.What.USER_PAGE, key=looks.key_of(obj))
        return super().render_change_form(request, context, *args, **named)

    @admin.display(description=_lazy("speaks for"), ordering="country__sort_key_en")
    def shown_delegation(self, correspondent: Correspondent) -> str:
        return str(correspondent.delegation)

    @admin.display(description=_lazy("name"), ordering="user__name")
    def name(self, correspondent: Correspondent) -> str:
        return correspondent.user.name

    @admin.display(description=_lazy("e-mail address"), ordering="user__email")
    def email(self, correspondent: Correspondent) -> str:
        return correspondent.user.email
