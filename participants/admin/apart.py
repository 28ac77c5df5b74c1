"""What is kept apart and encrypted, on a person's page: needs and journey, each for whoever may see it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from accounts import looks
from accounts.models import User
from meetings.admin import NATIVE_DATES
from participants import services
from participants.admin.access import is_masked
from participants.forms.questions import DAYS, DETAILS, NEEDS
from participants.models import Journey, Needs, Participant
from participants.unnamed import without_names

SHORT_TEXTS: dict[type[models.Field], dict[str, Any]] = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}


class ApartInline(admin.StackedInline):
    """One short form; emptied, the row goes."""

    template = "admin/participants/participant/apart.html"
    formfield_overrides = NATIVE_DATES | SHORT_TEXTS
    can_delete = False
    extra = max_num = 1

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or not (obj.is_erased or obj.state == Participant.State.UNCONFIRMED)
        return is_open and super().has_change_permission(request, obj)


class UnnamedNeeds(BaseInlineFormSet):
    """Needs as they read without the person's name; the stored text keeps it."""

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        for row in rows:  # the rows are read once, so these are the ones shown
            row.diet_details = without_names(row.diet_details, [self.instance])
            row.accessibility = without_names(row.accessibility, [self.instance])
        return rows


class NeedsInline(ApartInline):
    """Food and accessibility; of somebody whose name is hidden without the name, should it stand in the text."""

    model = Needs
    fields = NEEDS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kind = UnnamedNeeds if obj is not None and is_masked(request, obj) else BaseInlineFormSet
        return super().get_formset(request, obj, **{"formset": kind, **kwargs})


class JourneyInline(ApartInline):
    """Arrival and departure; of somebody whose name is hidden only the days, for flight and hotel lead to a person."""

    model = Journey

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return DAYS if obj is not None and is_masked(request, obj) else (*DAYS, *DETAILS)


LOOKS = {Needs: looks.What.NEEDS, Journey: looks.What.JOURNEY}


def save_apart(participant: Participant, formset: Any, *, by: User) -> None:
    """Keep what was said through the service; nothing of it goes into the trail of changes."""
    for form in formset.forms:
        if form.has_changed():
            said = {name: form.cleaned_data[name] for name in form.fields if name in (*NEEDS, *DAYS, *DETAILS)}
            if formset.model is Needs:
                services.correct_needs_by_hand(participant=participant, needs=kept_or_said(participant, form, said), by=by)
            else:
                services.correct_journey(participant, said)
    formset.new_objects = formset.changed_objects = formset.deleted_objects = []


def kept_or_said(participant: Participant, form: Any, said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with what nobody touched as it is stored: the form may have shown it without the name."""
    stored = Needs.objects.filter(participant=participant).first()
    if stored is None:
        return said
    return {name: value if name in form.changed_data else getattr(stored, name) for name, value in said.items()}
