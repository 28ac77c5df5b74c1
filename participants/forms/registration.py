"""The registration form: what people say about themselves, and how it becomes columns."""

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings.dates import day
from meetings.languages import current_language, wording
from meetings.models import Meeting
from participants import choices, notice
from participants.choices import SectorRow
from participants.forms.drawing import draw, helper_for
from participants.forms.fields import AddressField, ListSelect, PersonField, RowField, TelephoneField
from participants.forms.questions import DAYS, DETAILS, HINTS, LABELS, NEEDS, Section, fields_of, sections_for
from participants.models import Journey, Needs, Participant

AROUND_THE_MEETING = dt.timedelta(days=14)
DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y"]
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


def new_key() -> str:
    """A key for one page of the form, by which the same form sent twice is known."""
    return secrets.token_urlsafe(24)


class DayInput(forms.DateInput):
    """The browser's own date field; it sends ISO dates whatever it shows."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def required(message: Any) -> dict[str, Any]:
    """The message for a field that was left empty."""
    return {"required": message}


class AnswersForm(forms.Form):
    """What somebody may say and later correct about themself at one meeting; their sector decides which fields are asked."""

    use_required_attribute = False
    footnotes: list[str] = []

    salutation = forms.ChoiceField(
        label=_("Title"), required=False, choices=[*Participant.Salutation.choices, ("", _("No title"))], widget=forms.RadioSelect
    )
    given_name = PersonField(label=_("Given names"), max_length=100, required=False)
    family_name = PersonField(
        label=_("Family name"),
        help_text=_("If you have one name only, write it here. Names are kept exactly as you type them."),
        max_length=100,
        error_messages=required(_("Enter your family name.")),
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We send you a link to confirm it, and news about your registration."),
        error_messages=required(_("Enter your e-mail address.")),
    )
    phone = TelephoneField(
        label=_("Telephone"),
        help_text=_("With the country code. Used only if something changes at short notice."),
        max_length=40,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of our mails to you"),
        choices=User.Language.choices,
        widget=forms.RadioSelect,
        error_messages=required(_("Choose the language of our mails.")),
    )
    country = RowField(label=_("Country you represent"), error_messages=required(_("Choose a country.")))
    body = RowField(label=_("Organisation"), error_messages=required(_("Choose your organisation, or “Another organisation”.")))
    organisation = PersonField(
        label=_("Authority"),
        help_text=_("For example: National Police, Customs, Ministry of Justice."),
        max_length=200,
        error_messages=required(_("Enter the name of your organisation.")),
    )
    service = PersonField(label=_("Service or unit"), max_length=200, required=False)
    function = PersonField(
        label=_("Function"),
        help_text=_("For example: Head of the cybercrime unit."),
        max_length=200,
        error_messages=required(_("Enter your function.")),
    )
    asks_protection = forms.BooleanField(
        label=_("My name must not appear on lists or badges"),
        help_text=_("Tick this if your work makes it necessary. Your name is hidden at once; the secretariat may ask you about it."),
        required=False,
    )
    arrives_on = forms.DateField(
        label=_("Day of arrival"),
        required=False,
        widget=DayInput,
        input_formats=DATE_FORMATS,
        error_messages={"invalid": _("Enter the day of arrival as a date, like 2026-11-23.")},
    )
    departs_on = forms.DateField(
        label=_("Day of departure"),
        required=False,
        widget=DayInput,
        input_formats=DATE_FORMATS,
        error_messages={"invalid": _("Enter the day of departure as a date, like 2026-11-27.")},
    )
    arrival_details = PersonField(
        label=_("How you arrive"),
        help_text=_("For example: flight EI 540, Strasbourg airport, 14:35. Helps the host to fetch you."),
        max_length=200,
        required=False,
    )
    departure_details = PersonField(
        label=_("How you leave"), help_text=_("For example: train 9567 to Paris, 17:21."), max_length=200, required=False
    )
    hotel = PersonField(
        label=_("Hotel"), help_text=_("Where you can be reached if something changes at short notice."), max_length=200, required=False
    )
    diet = forms.ChoiceField(
        label=_("Food"),
        help_text=_("Caterers get numbers, never names."),
        required=False,
        choices=[("", _("No special wishes")), *Needs.Diet.choices],
        widget=ListSelect,
    )
    diet_details = PersonField(
        label=_("Food, in your words"),
        help_text=_("Allergies, for example."),
        max_length=500,
        required=False,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    accessibility = PersonField(
        label=_("What would make the meeting accessible to you"),
        help_text=_("For example: step-free access, a seat near the screen, written notes in advance."),
        max_length=1000,
        required=False,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needs_agreed = forms.BooleanField(
        label=_("I agree that what I say here about food and access is kept and used for the meeting"),
        help_text=_("Needed only if you say something. It is deleted as soon as you take this back, and soon after the meeting."),
        required=False,
    )
    listening_language = forms.ChoiceField(
        label=_("Language you want to listen in"),
        choices=User.Language.choices,
        widget=forms.RadioSelect,
        error_messages=required(_("Choose the language you want to listen in.")),
    )
    visibility = forms.ChoiceField(
        label=_("What the list of participants may show of you"),
        help_text=_("Participants and the host get this list."),
        choices=Participant.Visibility.choices,
        widget=forms.RadioSelect,
        error_messages=required(_("Choose what the list of participants may show of you.")),
    )
    may_be_photographed = forms.BooleanField(
        label=_("I may be photographed at the meeting"), help_text=_("You can change your mind at any time."), required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, sector: SectorRow, focus: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.sector = meeting, sector
        self.sections = [self.asked_of(section) for section in sections_for(sector)]
        for name in set(self.fields) - fields_of(self.sections) - {"submission_key", "privacy_version"}:
            del self.fields[name]
        self.fit_questions()
        draw(self.fields, focus=focus)

    def asked_of(self, section: Section) -> Section:
        """The section with only those fields that this form has."""
        return section._replace(fields=tuple(name for name in section.fields if name in self.fields))

    def fit_questions(self) -> None:
        """Word the questions for this sector, and offer what there is to choose from."""
        for name, label in LABELS.get(self.sector.family, {}).items():
            if name in self.fields:
                self.fields[name].label = label
        for name, hint in HINTS.get(self.sector.family, {}).items():
            if name in self.fields:
                self.fields[name].help_text = hint
        if isinstance(country := self.fields.get("country"), RowField):
            self.offer_countries(country)
        if isinstance(body := self.fields.get("body"), RowField):
            rows = choices.bodies(self.meeting.starts_on)
            body.offer(rows, lambda row: row.name, prompt=_("Choose an organisation"), other=_("Another organisation"))
            self.fields["organisation"].required = False
        first, last = self.days_around
        for name in DAYS:
            self.fields[name].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        self.fields["arrives_on"].help_text = gettext("Leave it empty if you do not know yet. The meeting begins on %(day)s.") % {
            "day": day(self.meeting.starts_on)
        }
        self.fields["departs_on"].help_text = gettext("The meeting ends on %(day)s.") % {"day": day(self.meeting.ends_on)}

    def offer_countries(self, field: RowField) -> None:
        """Offer every country; the footnotes that go with some of their names stand at the end of the section."""
        rows = choices.countries()
        language = current_language()
        field.offer(rows, lambda row: wording(row, "name", language).text, prompt=_("Choose a country"))
        self.footnotes = [wording(row, "footnote").text for row in rows if row.footnote_en]

    @classmethod
    def as_typed(cls, data: QueryDict) -> dict[str, Any]:
        """What was typed, as first values for a form that is not judged yet."""
        return {name: field.widget.value_from_datadict(data, {}, name) for name, field in cls.base_fields.items()}

    @property
    def days_around(self) -> tuple[dt.date, dt.date]:
        """The first and last day on which an arrival or departure can have to do with the meeting."""
        return self.meeting.starts_on - AROUND_THE_MEETING, self.meeting.ends_on + AROUND_THE_MEETING

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy-forms draws it; the page has the form tag, because it has the buttons too."""
        return helper_for(self.sections)

    def clean_arrives_on(self) -> dt.date | None:
        """Within two weeks of the meeting."""
        return self.near_the_meeting("arrives_on")

    def clean_departs_on(self) -> dt.date | None:
        """Within two weeks of the meeting."""
        return self.near_the_meeting("departs_on")

    def near_the_meeting(self, name: str) -> dt.date | None:
        """The day, or a ValidationError naming the days between which it must be."""
        value: dt.date | None = self.cleaned_data[name]
        first, last = self.days_around
        if value is not None and not first <= value <= last:
            message = _("Enter a day between %(first)s and %(last)s.")
            raise ValidationError(message, code="far", params={"first": day(first), "last": day(last)})
        return value

    def clean(self) -> None:
        """What takes two answers to judge."""
        data = self.cleaned_data
        if data.get("arrives_on") and data.get("departs_on") and data["departs_on"] < data["arrives_on"]:
            self.add_error("departs_on", ValidationError(_("The departure is before the arrival."), code="order"))
        if "body" in data and data["body"] is None and data.get("organisation") == "":
            self.add_error("organisation", ValidationError(_("Enter the name of your organisation."), code="required"))
        if data.get("diet") == Needs.Diet.OTHER and data.get("diet_details") == "":
            self.add_error("diet_details", ValidationError(_("Say what you need."), code="required"))
        if any(data.get(name) for name in NEEDS) and not data.get("needs_agreed"):
            message = _("Tick the box so that we may keep what you need, or leave the questions about food and access empty.")
            self.add_error("needs_agreed", ValidationError(message, code="required"))

    def answers(self) -> dict[str, Any]:
        """The Participant columns that the cleaned form fills; a column that was not asked for is emptied."""
        data = self.cleaned_data
        texts = ("salutation", "given_name", "family_name", "phone", "language", "organisation", "service", "function")
        others = ("listening_language", "visibility", "may_be_photographed")
        return {
            **{name: data.get(name, "") for name in texts},
            **{name: data[name] for name in others},
            "country_id": key_of(data.get("country")),
            "body_id": key_of(data.get("body")),
            "asks_protection": data.get("asks_protection", False),
        }

    def needs(self) -> dict[str, str]:
        """The Needs columns."""
        return {name: self.cleaned_data[name] for name in NEEDS}

    def journey(self) -> dict[str, Any]:
        """The Journey columns that this form asks for."""
        return {name: self.cleaned_data[name] for name in (*DAYS, *DETAILS) if name in self.fields}

    @property
    def category(self) -> str:
        """In what capacity the person attends, worked out from the answers."""
        return choices.category_for(sector=self.sector, country=self.cleaned_data.get("country"), meeting=self.meeting)


class RegistrationForm(AnswersForm):
    """A new registration: the answers, the privacy notice, and the key of the page it was typed on."""

    arrival_details = departure_details = hotel = None  # type: ignore[assignment]  # asked once there is a place to travel to

    privacy_accepted = forms.BooleanField(error_messages=required(_("Read the privacy notice and tick the box to register.")))
    privacy_version = forms.Field(required=False, widget=forms.HiddenInput)
    submission_key = forms.Field(required=False, widget=forms.HiddenInput)

    def fit_questions(self) -> None:
        super().fit_questions()
        self.notice_version = self.fields["privacy_version"].initial = notice.version_in_force()
        address = reverse("privacy_version", args=[self.notice_version]) if self.notice_version else reverse("privacy")
        self.fields["privacy_accepted"].label = format_html(
            gettext('I have read the <a href="{}" target="_blank">privacy notice (opens in a new tab)</a>'), address
        )

    def clean_privacy_version(self) -> str:
        """The version whose link stood on the page. Where a newer one was published meanwhile, that has to be read first."""
        if self.cleaned_data["privacy_version"] not in {None, "", self.notice_version}:
            typed = {name: value for name, value in self.data.items() if name != "privacy_accepted"}
            self.data = {**typed, "privacy_version": self.notice_version}
            message = _("The privacy notice has changed in the meantime. Please read it again and tick the box.")
            self.add_error("privacy_accepted", ValidationError(message, code="changed"))
        return self.notice_version

    def clean_submission_key(self) -> str:
        """The key as it was made; without it a form sent twice could not be told from two forms."""
        key = str(self.cleaned_data["submission_key"])
        if not KEY.fullmatch(key):
            self.data = {**dict(self.data.items()), "submission_key": new_key()}
            self.add_error(None, ValidationError(_("This page was out of date. Please check your answers and go on."), code="key"))
        return key

    def answers(self) -> dict[str, Any]:
        more = {"category": self.category, "sector_id": self.sector.pk, "email": self.cleaned_data.get("email", "")}
        asks = self.cleaned_data.get("asks_protection", False)
        return {**super().answers(), **more, "is_protected": asks, "privacy_notice": self.notice_version}


def key_of(row: Any) -> int | None:
    """The primary key of a row that was chosen."""
    return row.pk if row else None


def spoken_by(participant: Participant) -> dict[str, Any]:
    """What somebody answered before, as the form's first values."""
    columns = {name: getattr(participant, name) for name in AnswersForm.base_fields if hasattr(participant, name)}
    needs = getattr(participant, "needs", None) or Needs()
    journey = getattr(participant, "journey", None) or Journey()
    said = {name: getattr(needs, name) for name in NEEDS} | {name: getattr(journey, name) for name in (*DAYS, *DETAILS)}
    said["needs_agreed"] = needs.pk is not None
    country = participant.country.code if participant.country else ""
    return {**columns, **said, "country": country, "body": participant.body.code if participant.body else "other"}


class CorrectionForm(AnswersForm):
    """Somebody's own answers, corrected by themself. Address and sector are changed by the secretariat only."""

    email = None  # type: ignore[assignment]

    def __init__(
        self, *args: Any, participant: Participant, sector: SectorRow, typed: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        self.participant = participant
        initial = spoken_by(participant) | dict(typed or {})
        super().__init__(*args, meeting=participant.meeting, sector=sector, initial=initial, **kwargs)

    def asked_of(self, section: Section) -> Section:
        """How somebody travels is asked only of those who have a place."""
        section = super().asked_of(section)
        if self.participant.state == Participant.State.CONFIRMED:
            return section
        return section._replace(fields=tuple(name for name in section.fields if name not in DETAILS))

    def answers(self) -> dict[str, Any]:
        answers = super().answers()
        if self.participant.category in {"member_state", "other_state"}:
            answers["category"] = self.category
        if answers["asks_protection"] and not self.participant.asks_protection:
            answers["is_protected"] = True  # a request counts at once; only the secretariat lifts protection
        return answers
