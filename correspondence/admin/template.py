"""The words of each kind of mail: English and French side by side, and what they will look like."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from csp.decorators import csp_update
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.history import HistoryAdmin
from accounts.models import User
from accounts.text import cleaned
from correspondence import kinds
from correspondence.delivery import as_email
from correspondence.html import framed
from correspondence.models import Message, MessageTemplate
from correspondence.wording import shipped


@dataclass(frozen=True, slots=True)
class Preview:
    """One mail as its reader will get it."""

    language: str
    language_name: str
    subject: str
    text: str
    html: str
    allowed: str  # what the page's policy must allow for its styles
    is_real: bool


def preview_of(template: MessageTemplate, language: str) -> Preview:
    """Fill the template with values of the newest real row, or, where there is none, with what each placeholder means."""
    kind = kinds.get(template.kind)
    real = kind.sample(language)
    values = real or {name: f"[{label}]" for name, label in kind.placeholders.items()}
    message = Message(
        kind=template.kind,
        language=language,
        subject=kinds.fill(getattr(template, f"subject_{language}"), values),
        body=kinds.fill(getattr(template, f"body_{language}"), values),
    )
    twin = framed(str(as_email(message).alternatives[0][0]))
    name = str(User.Language(language).label)
    return Preview(language, name, message.subject, message.body, twin.html, twin.allowed, is_real=real is not None)


@admin.register(MessageTemplate)
class MessageTemplateAdmin(HistoryAdmin):
    """Texts are edited, never added or deleted: each belongs to something the software does."""

    list_display = ("mail", "subject_en", "subject_fr", "wording", "changed_at")
    ordering = ("kind",)
    fieldsets = ((None, {"fields": (("subject_en", "subject_fr"), ("body_en", "body_fr"))}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MessageTemplate]:
        """Only mails that this version of the software sends, with the time of their last change."""
        versions = MessageTemplate.history.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")[:1]
        rows = super().get_queryset(request).filter(kind__in=[kind.key for kind in kinds.with_templates()])
        return rows.annotate(last_change=Subquery(versions))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.CharField):
            # the cleaner of all typed text; it also writes every line break in one way
            field = cleaned(field, multiline=db_field.name.startswith("body"))
            field.widget.attrs["lang"] = db_field.name[-2:]
        if db_field.name.startswith("body"):
            field.widget.attrs["rows"] = 22
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(partial(preview_page, self))
        return [path("<int:pk>/preview/", preview, name="correspondence_messagetemplate_preview"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any) -> HttpResponse:
        context["placeholders"] = kinds.get(obj.kind).placeholders.items() if obj else ()
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_lazy("mail"), ordering="kind")
    def mail(self, template: MessageTemplate) -> str:
        return str(template)

    @admin.display(description=_lazy("wording"))
    def wording(self, template: MessageTemplate) -> str:
        texts = (template.subject_en, template.body_en.strip(), template.subject_fr, template.body_fr.strip())
        original = [text.strip() for language in ("en", "fr") for text in shipped(template.kind, language)]
        return _("as delivered") if list(texts) == original else _("edited")

    @admin.display(description=_lazy("last change"), ordering="last_change")
    def changed_at(self, template: MessageTemplate) -> Any:
        return template.last_change  # type: ignore[attr-defined]


def preview_page(model_admin: MessageTemplateAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mail in both languages, plain and HTML; posted, the text in the form, which stays unsaved."""
    template = model_admin.get_object(request, str(pk))
    if template is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, template):
        raise PermissionDenied
    form = None
    if request.method == "POST" and model_admin.has_change_permission(request, template):
        form = model_admin.get_form(request, template)(request.POST, instance=template)
        form.is_valid()  # writes the posted text into the template, which is not saved
    previews = [preview_of(template, language) for language in ("en", "fr")]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Preview: %(mail)s") % {"mail": template},
        "opts": model_admin.opts,
        "original": template,
        "form": form,
        "previews": previews,
    }
    draw: Any = csp_update({"style-src": [preview.allowed for preview in previews]})(TemplateResponse)  # type: ignore[arg-type]
    return draw(request, "admin/correspondence/messagetemplate/preview.html", context)
