"""What every model's admin refuses before it reaches the database: keys, ticks and filters that no page of ours sends; and how it
changes its language."""

from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_modify import submit_row
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

# What Django and the databases raise for a value that fits no column: text for a number, a year 99999, thirty digits, NUL.
UNFIT = (ValueError, OverflowError, DataError)


def is_key(model: type[Model], value: object) -> bool:
    """Whether a row of ``model`` could have this key; text with NUL is none even where keys are text."""
    try:
        model._meta.pk.clean(value, None)
    except ValidationError:
        return False
    return "\x00" not in str(value)


class Guarded(ModelAdmin):
    """Laid over each admin that is registered; Django checks most of this only when the database has already refused."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """No patterns: one that is wrong is an error of the database, and one that is evil keeps it busy."""
        return not lookup.endswith("regex") and super().lookup_allowed(lookup, value, request)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        try:
            return super().get_changelist_instance(request)
        except UNFIT as error:
            raise IncorrectLookupParameters from error

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *more: Any, **named: Any) -> HttpResponse | None:
        if not all(is_key(self.model, ticked) for ticked in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest("A ticked row that is none")
        return super().response_action(request, queryset, *more, **named)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        if from_field is None and not is_key(self.model, object_id):
            return None
        return super().get_object(request, object_id, from_field)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A key of thirty digits in a hidden field of a row below the form goes to the database unchecked."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (OverflowError, DataError) as error:
            raise BadRequest("A number that fits no column") from error

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *more: Any, **named: Any) -> HttpResponse:
        """Say whether the page has the button that saves and goes on in the other language, to which the header's link leads then."""
        response = super().render_change_form(request, context, *more, **named)
        drawn: Any = cast(TemplateResponse, response).context_data
        drawn["keeps_answers"] = submit_row(drawn)["show_save_and_continue"]
        return response

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not is_key(self.model, unquote(object_id)):
            raise Http404
        return super().history_view(request, object_id, extra_context)


def guarded(admin_class: type[ModelAdmin] | None) -> type[ModelAdmin]:
    """The admin with the guard over it."""
    base = admin_class or ModelAdmin
    return type(base.__name__, (Guarded, base), {"__module__": base.__module__, "__doc__": base.__doc__})
