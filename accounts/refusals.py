"""What a service refused, as an error of the admin's form that asked for it: what was typed stays."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _


def note_refusal(request: HttpRequest, why: Exception) -> None:
    """Keep why a service refused, for the form that is drawn again from the same request."""
    request.refusal = _("Nothing was saved. %(why)s") % {"why": why}  # type: ignore[attr-defined]


def with_refusal(form: type[forms.ModelForm], request: HttpRequest) -> type[forms.ModelForm]:
    """The form, saying what was refused in this request, so that it is not saved a second time."""
    why = getattr(request, "refusal", "")
    if not why:
        return form

    def clean(self: Any) -> Any:
        cleaned = form.clean(self)
        self.add_error(None, why)
        return cleaned

    kind: Any = type(form)
    made: type[forms.ModelForm] = kind(form.__name__, (form,), {"clean": clean, "__module__": form.__module__})
    return made
