"""What the gallery shows: every piece of templates/components in every state, with invented content."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from correspondence.models import Message
from meetings.dates import day_range
from meetings.models import Meeting
from participants.models import Participant
from reports.charts import Bar, bar_chart, line_chart


class GalleryForm(forms.Form):
    """One field of each kind, without a form tag of its own."""

    family_name = forms.CharField(label=_("Family name"), help_text=_("As in your passport."))
    organisation = forms.CharField(label=_("Organisation"), required=False)
    country = forms.ChoiceField(label=_("Country"), choices=[("", _("Choose a country")), ("IE", "Ireland"), ("FR", "France")])
    language = forms.ChoiceField(label=_("Listening language"), choices=[("en", "English"), ("fr", "Français")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label=_("Days you come"), choices=[("1", "12"), ("2", "13")], widget=forms.CheckboxSelectMultiple, required=False
    )
    remarks = forms.CharField(label=_("Remarks"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    consent = forms.BooleanField(label=_("I have read the privacy notice."), help_text=_("It says what we keep, and how long."))

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True


def sample_meeting() -> Meeting:
    """A meeting that is in no database."""
    return Meeting(
        title_en="Fictional meeting on drug-related cybercrime",
        title_fr="Réunion fictive sur la cybercriminalité liée à la drogue",
        city_en="Lisbon",
        city_fr="Lisbonne",
        host_country="PT",
        starts_on=dt.date(2026, 12, 8),
        ends_on=dt.date(2026, 12, 10),
        planned_starts_on=dt.date(2026, 10, 6),
        planned_ends_on=dt.date(2026, 10, 8),
    )


def pieces() -> dict[str, Any]:
    """Everything the gallery's template shows."""
    meeting = sample_meeting()
    return {
        "meeting": meeting,
        "phases": list(Meeting.Phase),
        "tags": [*Participant.State.choices, *Message.State.choices, *Meeting.Phase.choices],
        "facts": [
            (_("Dates"), day_range(meeting.starts_on, meeting.ends_on)),
            (_("Place"), f"{meeting.city}, Portugal"),
            (_("Languages"), _("English and French")),
        ],
        "steps": [(_("You"), "done"), (_("Your work"), "done"), (_("Your stay"), "current"), (_("Your choices"), "todo")],
        "form": GalleryForm(prefix="empty"),
        "wrong_form": GalleryForm({"wrong-family_name": "Ní Bhriain-O’Connor"}, prefix="wrong"),
        "bars": bar_chart(
            [
                Bar(gettext("Law enforcement"), 31, url="#charts", note=gettext("26 the year before")),
                Bar(gettext("Judiciary"), 12, url="#charts"),
                Bar(gettext("Private sector"), 5, url="#charts"),
                Bar(gettext("Academia"), 0, url="#charts"),
            ],
            title=gettext("Participants by sector family"),
            unit=gettext("participants"),
        ),
        "line": line_chart(
            [(dt.date(2026, 9, 1) + dt.timedelta(days=7 * week), count) for week, count in enumerate((2, 9, 14, 30, 33, 47, 64))],
            title=gettext("Registrations over time"),
            unit=gettext("registrations"),
        ),
        "no_chart": bar_chart([], title=gettext("Participants by sector family")),
        "events": [
            (_("2 September 2026, 10:14"), _("Form sent"), ""),
            (_("2 September 2026, 10:20"), _("Address confirmed"), _("Your registration went to the secretariat.")),
            (_("4 September 2026, 16:02"), _("Place confirmed"), ""),
        ],
    }
