"""What a letter in support of a visa must state of somebody's passport."""

import datetime as dt
import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from meetings.languages import current_language, wording
from meetings.models import Meeting
from participants import choices
from participants.forms.drawing import draw
from participants.forms.fields import PersonField, RowField
from participants.forms.registration import DATE_FORMATS, DayInput, required
from participants.models import Passport

NUMBER = re.compile(r"[A-Z0-9]{4,20}")
FIELDS = ("nationality", "number", "issued_on", "expires_on", "born_on", "birth_place")


def day_field(label: Any) -> forms.DateField:
    """A day that somebody reads from their passport."""
    wrong = _("Enter the day as a date, like 1984-07-09.")
    return forms.DateField(label=label, widget=DayInput, input_formats=DATE_FORMATS, error_messages={"invalid": wrong, "required": wrong})


class PassportForm(forms.Form):
    """The page of the passport that consulates ask about. All of it or nothing: a letter with a gap is refused."""

    use_required_attribute = False

    nationality = RowField(label=_("Nationality"), error_messages=required(_("Choose a country.")))
    number = PersonField(label=_("Passport number"), max_length=30, error_messages=required(_("Enter the number of your passport.")))
    issued_on = day_field(_("Issued on"))
    expires_on = day_field(_("Valid until"))
    born_on = day_field(_("Date of birth"))
    birth_place = PersonField(
        label=_("Place of birth"), max_length=100, error_messages=required(_("Enter the place as it stands in your passport."))
    )

    def __init__(self, data: Any = None, *, meeting: Meeting, passport: Passport | None) -> None:
        known = {name: getattr(passport, name) for name in FIELDS} if passport else {}
        super().__init__(data, initial=known)
        self.meeting = meeting
        language = current_language()
        nationality: Any = self.fields["nationality"]
        nationality.offer(choices.countries(), lambda row: wording(row, "name", language).text, prompt=_("Choose a country"))
        draw(self.fields)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # a browser that others use as well must not offer it

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy-forms draws it; the page has the form tag, because it has the buttons too."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def clean_nationality(self) -> str:
        return str(self.cleaned_data["nationality"].code)

    def clean_number(self) -> str:
        """As the machine-readable lines have it, without blanks and hyphens."""
        number = re.sub(r"[\s-]", "", self.cleaned_data["number"]).upper()
        if not NUMBER.fullmatch(number):
            raise ValidationError(_("A passport number has 4 to 20 letters and digits."), code="invalid")
        return number

    def clean_issued_on(self) -> dt.date:
        return self.in_the_past("issued_on")

    def clean_born_on(self) -> dt.date:
        return self.in_the_past("born_on")

    def in_the_past(self, name: str) -> dt.date:
        day: dt.date = self.cleaned_data[name]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day

    def clean_expires_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["expires_on"]
        if day < self.meeting.ends_on:
            raise ValidationError(_("This passport runs out before the meeting ends."), code="expired")
        return day

    def clean(self) -> None:
        """What takes two days to judge."""
        try:
            Passport(**self.cleaned_data).clean()
        except ValidationError as error:
            self.add_error(None, error)
