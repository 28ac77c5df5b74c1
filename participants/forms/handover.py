"""Handing a place to a colleague: who it is, and what the colleague says of themself."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participants.choices import SectorRow
from participants.forms.drawing import draw
from participants.forms.fields import AddressField, PersonField
from participants.forms.registration import RegistrationForm, new_key, required
from participants.models import Participant


class HandOverForm(forms.Form):
    """The colleague whom somebody asks to come instead."""

    use_required_attribute = False

    given_name = PersonField(label=_("Given names"), max_length=100, required=False)
    family_name = PersonField(label=_("Family name"), max_length=100, error_messages=required(_("Enter your colleague’s family name.")))
    function = PersonField(label=_("Function"), max_length=200, error_messages=required(_("Enter your colleague’s function.")))
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("Your colleague gets a link there, and nobody else can use it."),
        error_messages=required(_("Enter your colleague’s e-mail address.")),
    )
    language = forms.ChoiceField(
        label=_("Language of our mails to your colleague"),
        choices=User.Language.choices,
        widget=forms.RadioSelect,
        error_messages=required(_("Choose the language of our mails.")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draw(self.fields)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # a browser would fill in whoever sits before it

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy-forms draws it; the page has the form tag, because it has the buttons too."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class TakeOverForm(RegistrationForm):
    """The registration of a colleague: as for everybody, but for the address of the link and what belongs to the delegation."""

    email = country = body = organisation = None  # type: ignore[assignment]

    def __init__(self, data: Any = None, *, participant: Participant, sector: SectorRow) -> None:
        known = {name: getattr(participant, name) for name in ("salutation", "given_name", "family_name", "function", "language")}
        initial = {**known, "listening_language": participant.language, "submission_key": new_key()}
        super().__init__(data, meeting=participant.meeting, sector=sector, initial=initial)

    def answers(self) -> dict[str, Any]:
        """What the colleague said of themself; the rest is the delegation's."""
        theirs = ("country_id", "body_id", "organisation", "category", "sector_id", "email")
        return {name: value for name, value in super().answers().items() if name not in theirs}
