"""What is typed at a desk: a PIN, the name of a door, a code or a name, and somebody who comes without a registration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.text import clean_person_text
from attendance.services.desk import PIN_DIGITS
from delegations.models import Body, Country
from meetings.audiences import Category, Family
from meetings.languages import current_language
from participants import choices
from participants.models import Participant, Sector

LONGEST_SEARCH = 80


def pin_field(label: Any) -> forms.RegexField:
    """Six digits."""
    attributes = {"inputmode": "numeric", "autocomplete": "off", "maxlength": PIN_DIGITS, "class": "pg-short"}
    wrong = _("The PIN has six digits.")
    return forms.RegexField(
        rf"^[0-9]{{{PIN_DIGITS}}}$", label=label, widget=forms.TextInput(attributes), error_messages={"invalid": wrong, "required": wrong}
    )


class PinForm(forms.Form):
    """The PIN that came with the link."""

    pin = pin_field(_("PIN"))


class HereForm(forms.Form):
    """A member of staff makes a desk of the browser they sit at."""

    name = forms.CharField(label=_("Name of this door"), max_length=40, help_text=_("As others read it: “Door A”, “Workshop room 2”."))
    pin = pin_field(_("Choose a PIN of six digits"))

    def clean_name(self) -> str:
        return clean_person_text(self.cleaned_data["name"])


class EntryForm(forms.Form):
    """A code or a name, without a program on the device."""

    text = forms.CharField(label=_("Badge code or name"), max_length=LONGEST_SEARCH, required=False)
    slot = forms.CharField(max_length=24)
    person = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class WalkInForm(forms.ModelForm):
    """The least about somebody who stands at the door. In what capacity they attend follows from where they work and for which country."""

    class Meta:
        model = Participant
        fields = ("given_name", "family_name", "sector", "country", "body", "organisation", "email")
        labels = {"sector": _("Where they work"), "body": _("International organisation"), "email": _("E-mail address")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["sector"].queryset = Sector.objects.order_by("position", "code")
        fields["country"].queryset = Country.objects.in_alphabetical_order()
        fields["body"].queryset = Body.objects.order_by(f"name_{current_language()}")
        fields["email"].help_text = _("Only if they want the confirmation by mail.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sector = choices.sector(cleaned["sector"].code) if cleaned.get("sector") else None
        if sector is None:
            return cleaned
        if sector.is_authority and not cleaned.get("country"):
            self.add_error("country", _("Somebody sent by a state needs a country."))
        if sector.family == Family.INTERNATIONAL and not (cleaned.get("body") or cleaned.get("organisation")):
            self.add_error("body", _("Choose the organisation, or type its name."))
        country = next((row for row in choices.countries() if cleaned.get("country") and row.pk == cleaned["country"].pk), None)
        self.instance.category = Category(choices.category_for(sector=sector, country=country, meeting=self.instance.meeting))
        self.instance.visibility = Participant.Visibility.HIDDEN
        return cleaned
