"""What a delegation says of somebody it puts forward, and what that somebody then completes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from delegations import errors
from delegations.models import Invitation, Nomination
from meetings.audiences import Family
from participants import choices
from participants.choices import SectorRow
from participants.forms.drawing import WIDTHS
from participants.forms.fields import AddressField, ListSelect, PersonField, RowField
from participants.forms.letters import LetterField
from participants.forms.registration import RegistrationForm, required

PERSON = ("salutation", "given_name", "family_name", "function", "service", "organisation", "email", "sector", "language")
# Beside which question a refusal stands.
FIELD_OF: Mapping[type[errors.Refused], str] = {
    errors.NominatedAlready: "email",
    errors.NamesakeNominated: "is_namesake",
    errors.HeadTaken: "is_head",
    errors.ReimbursedFull: "is_reimbursed",
}


class NominationForm(forms.Form):
    """Somebody put forward under an invitation."""

    use_required_attribute = False

    salutation = forms.ChoiceField(
        label=_("Title"), required=False, choices=[*Invitation.Salutation.choices, ("", _("No title"))], widget=forms.RadioSelect
    )
    given_name = PersonField(label=_("Given names"), max_length=100, required=False)
    family_name = PersonField(label=_("Family name"), max_length=100, error_messages=required(_("Enter the family name.")))
    function = PersonField(
        label=_("Function"),
        help_text=_("For example: Head of the cybercrime unit."),
        max_length=200,
        error_messages=required(_("Enter the function.")),
    )
    service = PersonField(label=_("Service or unit"), max_length=200, required=False)
    organisation = PersonField(
        label=_("Authority"), help_text=_("For example: National Police, Customs, Ministry of Justice."), max_length=200, required=False
    )
    sector = forms.ChoiceField(label=_("Sector"), widget=ListSelect, error_messages=required(_("Choose a sector.")))
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("The person's own: the link to complete the registration goes there and works for this address only."),
        error_messages=required(_("Enter the e-mail address.")),
    )
    language = forms.ChoiceField(
        label=_("Language of our mails to this person"), choices=User.Language.choices, widget=forms.RadioSelect, initial="en"
    )
    is_head = forms.BooleanField(label=_("Head of delegation"), required=False)
    is_reimbursed = forms.BooleanField(label=_("To be reimbursed"), required=False)
    letter = LetterField(
        label=_("Letter of nomination"), help_text=_("PDF, JPEG, PNG or DOCX, at most 5 MB. Only you and the secretariat can read it."),
        required=False, max_length=200,
    )  # fmt: skip
    is_namesake = forms.BooleanField(label=_("This is another person of the same name"), required=False)  # asked once it matters

    def __init__(
        self, *args: Any, invitation: Invitation, nomination: Nomination | None = None, is_complete: bool = False, **kwargs: Any
    ) -> None:
        self.nomination = nomination
        if nomination:
            kwargs["initial"] = {name: getattr(nomination, name) for name in (*PERSON, "is_head", "is_reimbursed")}
        super().__init__(*args, **kwargs)
        known = {*PERSON} if is_complete else {"email"} if nomination else set()
        if invitation.body_id:
            known.add("organisation")  # it is the one that was invited
        if not invitation.reimbursed_quota:
            known.add("is_reimbursed")
        if "is_namesake" not in self.data:
            known.add("is_namesake")
        for name in known & {*self.fields}:
            del self.fields[name]
        if isinstance(sector := self.fields.get("sector"), forms.ChoiceField):
            rows = [(row.code, row.name) for row in sectors_of(invitation)]
            sector.choices = rows if len(rows) == 1 else [("", _("Choose a sector")), *rows]
        for name, field in self.fields.items():
            if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
                field.widget.attrs["class"] = WIDTHS.get(name, "pg-w-l")

    @property
    def said(self) -> dict[str, Any]:
        """The columns of a nomination, without the letter."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"letter", "is_namesake"}}

    @property
    def handed_in(self) -> dict[str, Any]:
        """What the services take: the columns, the letter, and whether somebody else of the same name is meant."""
        is_namesake = bool(self.cleaned_data.get("is_namesake"))
        return {"fields": self.said, "letter": self.letter_file, "is_namesake": is_namesake}

    @property
    def letter_file(self) -> Any:
        """The letter, or None where none was chosen."""
        return self.cleaned_data.get("letter") or None

    def refuse(self, problem: errors.Refused) -> None:
        """Show beside a question why a valid form was not taken."""
        name = FIELD_OF.get(type(problem))
        if name == "is_namesake":
            self.fields[name] = self.base_fields[name]
        self.add_error(name if name in self.fields else None, str(problem))


class NomineeForm(RegistrationForm):
    """The registration form for somebody who was put forward: the address is known, and so is the country or organisation."""

    email = None  # type: ignore[assignment]

    def __init__(self, *args: Any, nomination: Nomination, sector: SectorRow, **kwargs: Any) -> None:
        self.nomination = nomination
        offered = sectors_of(nomination.invitation)
        super().__init__(*args, sector=sector if sector in offered else offered[0], **kwargs)

    def fit_questions(self) -> None:
        super().fit_questions()
        invited = self.nomination.invitation.body
        body = self.fields.get("body")
        if invited is None or not isinstance(body, RowField):
            return
        body.rows, body.other = {code: row for code, row in body.rows.items() if code == invited.code}, None
        body.help_text = _("Your organisation put you forward. If you come for another, write to the secretariat.")
        body.error_messages["required"] = _("You were put forward by this organisation. For another, write to the secretariat.")

    def offer_countries(self, field: RowField) -> None:
        super().offer_countries(field)
        country = self.nomination.invitation.country
        if country is None:
            return
        field.rows = {code: row for code, row in field.rows.items() if code == country.code}
        self.footnotes = []
        field.help_text = _("Your authorities put you forward. If you come for another country, write to the secretariat.")
        field.error_messages["required"] = _("Your authorities put you forward for this country. For another, write to the secretariat.")

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "email": self.nomination.email}


def sectors_of(invitation: Invitation) -> list[SectorRow]:
    """The sectors those whom an invitation asks for can come from: an organisation sends its own staff, a country everybody else."""
    is_of_body = bool(invitation.body_id)
    return [row for row in choices.sectors() if (row.family == Family.INTERNATIONAL) == is_of_body]


def said_of(nomination: Nomination) -> dict[str, Any]:
    """What is known of a nominee, as the registration form's first values."""
    names = ("salutation", "given_name", "family_name", "function", "service", "organisation", "language")
    invitation = nomination.invitation
    rows = {"country": invitation.country.code if invitation.country else "", "body": invitation.body.code if invitation.body else ""}
    return {**{name: getattr(nomination, name) for name in names}, "listening_language": nomination.language, **rows}


def sector_of(nomination: Nomination) -> SectorRow | None:
    """The nominee's sector, where it was said and still exists, or where there is only one."""
    offered = sectors_of(nomination.invitation)
    return offered[0] if len(offered) == 1 else choices.sector(nomination.sector)
