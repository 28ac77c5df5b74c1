"""How the registration form is drawn: widths, what browsers may fill in, and sections."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import get_template
from django.utils.safestring import SafeString

from meetings.languages import current_language
from participants.choices import kept
from participants.forms.questions import Section

WIDTHS = {
    **dict.fromkeys(("arrives_on", "departs_on", "issued_on", "expires_on", "born_on"), "pg-w-s"),
    **dict.fromkeys(("given_name", "family_name", "phone", "country", "diet", "nationality", "number"), "pg-w-m"),
}
# What the browser or a password manager may fill in (WCAG 1.3.5), and which keyboard a telephone shows.
FILLED_IN: Mapping[str, Mapping[str, str]] = {
    "given_name": {"autocomplete": "given-name", "spellcheck": "false"},
    "family_name": {"autocomplete": "family-name", "spellcheck": "false"},
    "email": {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    "phone": {"autocomplete": "tel", "inputmode": "tel", "type": "tel"},
    "country": {"autocomplete": "country"},
    "organisation": {"autocomplete": "organization"},
    "function": {"autocomplete": "organization-title"},
}


def draw(fields: Mapping[str, forms.Field], *, focus: str = "") -> None:
    """Give each field's control its width and attributes; the control named ``focus`` takes the focus when the page opens."""
    for name, field in fields.items():
        field.widget.attrs |= FILLED_IN.get(name, {})
        if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
            field.widget.attrs["class"] = WIDTHS.get(name, "pg-w-l")
        if name == focus:
            field.widget.attrs["autofocus"] = True


class SectionLayout(LayoutObject):
    """One section of the form, with the heading that the side list links to."""

    template = "participants/section.html"

    def __init__(self, section: Section) -> None:
        self.section = section
        self.fields = list(section.fields)

    def render(self, form: Any, context: Any, template_pack: Any = None, **kwargs: Any) -> SafeString:
        fields = self.get_rendered_fields(form, context, template_pack)
        footnotes = form.footnotes if "country" in self.fields else []
        return SafeString(get_template(self.template).render({"section": self.section, "fields": fields, "footnotes": footnotes}))


def helper_for(sections: Iterable[Section]) -> FormHelper:
    """The crispy-forms helper; the page itself has the form tag, because it has the buttons too."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*(SectionLayout(section) for section in sections))
    return helper


def drawn(form: Any, *, is_blank: bool = False) -> SafeString:
    """The questions with their fields. A form nobody has typed into is the same for everybody of a sector, so it is kept a minute."""
    if not is_blank:
        return render_crispy_form(form)
    meeting = form.meeting
    key = f"blank.{current_language()}.{form.sector.code}.{meeting.pk}.{meeting.starts_on}.{meeting.ends_on}.{form.notice_version}"
    return kept(key, lambda: render_crispy_form(form))
