"""The targets for a meeting's balance."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _lazy

from participants.balance import kinds
from participants.models import Target


class TargetForm(forms.ModelForm):
    """One list to choose from, in the place of two codes."""

    kind = forms.ChoiceField(label=_lazy("Who"))

    class Meta:
        model = Target
        fields = ("meeting", "kind", "category", "wanted", "share")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(f"{dimension}:{value}", label) for (dimension, value), label in kinds().items()]
        field.initial = f"{self.instance.dimension}:{self.instance.value}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.instance.dimension, _colon, self.instance.value = cleaned.get("kind", "").partition(":")
        return cleaned


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):
    form = TargetForm
    list_display = ("shown", "meeting", "category", "wanted", "share")
    list_filter = ("meeting",)
    list_select_related = ("meeting",)
    fields = ("meeting", "kind", "category", ("wanted", "share"))

    @admin.display(description=_lazy("who"), ordering="value")
    def shown(self, target: Target) -> str:
        return kinds().get((target.dimension, target.value), str(target))
