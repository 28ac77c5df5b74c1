"""Countries, organisations and regions in the back office."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from delegations.models import Body, Country, CountryStatus, FormerName, Region
from meetings.admin import NATIVE_DATES


class StatusToday(admin.SimpleListFilter):
    """What a country is to the Group today."""

    title = _lazy("status today")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return CountryStatus.Status.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Country]) -> QuerySet[Country]:
        today = timezone.localdate()
        if self.value() == CountryStatus.Status.NONE:
            covered = CountryStatus.objects.exclude(status=CountryStatus.Status.NONE)
            return queryset.exclude(pk__in=[period.country_id for period in covered if period.covers(today)])
        if self.value() in CountryStatus.Status.values:
            return queryset.filter(pk__in=Country.objects.with_status(str(self.value()), today))
        return queryset


class StatusForm(forms.ModelForm):
    """One period. Whether it overlaps another is for the set of rows to say: the row stored may be changing in the same save."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, named as private
        errors = self.errors.pop(NON_FIELD_ERRORS, None)
        for error in errors.as_data() if errors else []:
            if error.code != "overlap":
                self.add_error(None, error)


class StatusFormSet(forms.BaseInlineFormSet):
    """All periods of one country, as they will be."""

    def clean(self) -> None:
        super().clean()
        if any(first.overlaps(second) for first, second in combinations(self.periods(), 2)):
            raise ValidationError(_("Two periods share a day. A country has one status on any day."), code="overlap")

    def periods(self) -> Iterator[CountryStatus]:
        """The rows that will be there after saving."""
        for form in self.forms:
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE"):
                yield form.instance


class StatusInline(admin.TabularInline):
    model = CountryStatus
    form = StatusForm
    formset = StatusFormSet
    formfield_overrides = NATIVE_DATES
    fields = ("status", "starts_on", "ends_on", "note")
    extra = 1


class FormerNameInline(admin.TabularInline):
    model = FormerName
    formfield_overrides = NATIVE_DATES
    fields = ("name_en", "name_fr", "starts_on", "ends_on")
    extra = 1


@admin.register(Country)
class CountryAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_fr", "code", "status_today", "since", "in_regions")
    list_filter = (StatusToday, ("regions", admin.RelatedOnlyFieldListFilter))
    search_fields = ("name_en", "name_fr", "former_names__name_en", "former_names__name_fr", "=code")
    search_help_text = _lazy("Any name in English or French, former names too, or the code.")
    list_per_page = 300  # every country on one page
    inlines = (StatusInline, FormerNameInline)
    formfield_overrides = NATIVE_DATES
    fieldsets = (
        (
            None,
            {
                "fields": ("code", ("name_en", "name_fr"), ("sort_key_en", "sort_key_fr")),
                "description": _lazy(
                    "The name in use today. When a country changes its name, enter the old one below with the day it ended: "
                    "lists of earlier meetings go on printing it. The sort keys give the order of the lists."
                ),
            },
        ),
        (_lazy("Lists"), {"fields": (("footnote_en", "footnote_fr"), "regions")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Country]:
        return super().get_queryset(request).prefetch_related("statuses", "regions")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "regions":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_lazy("status today"))
    def status_today(self, country: Country) -> str:
        return str(CountryStatus.Status(country.status_on(timezone.localdate())).label)

    @admin.display(description=_lazy("since"))
    def since(self, country: Country) -> Any:
        today = timezone.localdate()
        return next((period.starts_on for period in country.statuses.all() if period.covers(today)), None)

    @admin.display(description=_lazy("regions"))
    def in_regions(self, country: Country) -> str:
        return ", ".join(str(region) for region in country.regions.all())


class ExistsToday(admin.SimpleListFilter):
    """Whether an organisation bears its name today."""

    title = _lazy("name in use")
    parameter_name = "in_use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("today")), ("no", _("no longer"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Body]) -> QuerySet[Body]:
        today = timezone.localdate()
        if self.value() == "yes":
            return queryset.filter(pk__in=Body.objects.existing(today))
        return queryset.filter(ends_on__lt=today) if self.value() == "no" else queryset


CONTACT: Any = (
    _lazy("Contact"),
    {
        "fields": ("contact_name", ("contact_email", "contact_language")),
        "description": _lazy("Invitations to the organisation go to this address."),
    },
)


@admin.register(Body)
class BodyAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_fr", "acronym_en", "acronym_fr", "starts_on", "ends_on")
    list_filter = (ExistsToday,)
    search_fields = ("name_en", "name_fr", "acronym_en", "acronym_fr", "=code")
    formfield_overrides = NATIVE_DATES
    prepopulated_fields = {"code": ("acronym_en",)}
    fieldsets = (
        (None, {"fields": (("name_en", "name_fr"), ("acronym_en", "acronym_fr"), "code")}),
        (
            _lazy("Name in use"),
            {
                "fields": (("starts_on", "ends_on"), "note"),
                "description": _lazy("When an organisation is renamed, end this row and add a new one, so that earlier lists stay true."),
            },
        ),
        CONTACT,
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whom to write to is for those who write."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if request.user.has_perm("delegations.change_body") else [one for one in fieldsets if one is not CONTACT]


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_fr", "code")
    search_fields = ("name_en", "name_fr")
