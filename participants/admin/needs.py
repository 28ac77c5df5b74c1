"""Dietary and accessibility needs on a person's page, for whoever may see them."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from participants import services
from participants.models import Needs, Participant

SHORT_TEXTS: dict[type[models.Field], dict[str, Any]] = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}


class NeedsInline(admin.StackedInline):
    """One short form; emptied, the row goes."""

    model = Needs
    template = "admin/participants/participant/needs.html"
    formfield_overrides = SHORT_TEXTS
    fields = ("diet", "diet_details", "accessibility")
    can_delete = False
    extra = max_num = 1

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.state != Participant.State.UNCONFIRMED
        return is_open and super().has_change_permission(request, obj)


def save_needs(participant: Participant, formset: BaseInlineFormSet) -> None:
    """Keep what was said through the service; nothing of it goes into the trail of changes."""
    for form in formset.forms:
        if form.has_changed():
            services.replace_needs(participant, {name: form.cleaned_data[name] for name in NeedsInline.fields})
    formset.new_objects = formset.changed_objects = formset.deleted_objects = []
