"""The letter of invitation: what it says, and the PDF of it."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from correspondence import pdf
from delegations.mails import places
from delegations.models import Invitation
from meetings.dates import day, day_range
from meetings.languages import wording


def letter(invitation: Invitation) -> bytes:
    """The letter as a PDF, in the language of the invitation."""
    return pdf.render("letter", letter_data(invitation))


def letter_name(invitation: Invitation) -> str:
    """What the file is called: p-pg-cyber-2026-inv-12-en.pdf. It says nobody's name."""
    return f"{slugify(invitation.reference.replace('/', '-'))}-{invitation.language}.pdf"


def letter_data(invitation: Invitation) -> dict[str, Any]:
    """Everything the letter says, ready to be laid out; plain texts only."""
    meeting, language = invitation.meeting, invitation.language
    written = timezone.localdate(invitation.sent_at or timezone.now())
    with override(language):
        return {
            "language": language,
            "organiser": settings.ORGANISER_FR if language == "fr" else settings.ORGANISER_EN,
            "unit": wording(meeting, "title").text,
            "mark": _("DRAFT") if invitation.state == Invitation.State.DRAFT else "",
            "reference": invitation.reference,
            "place_and_date": _("Strasbourg, %(day)s") % {"day": day(written, language)},
            "addressee": addressee_lines(invitation, on=written),
            "title": heading(invitation),
            "salutation": salutation(invitation),
            "opening": opening(invitation),
            "facts": facts(invitation),
            "closing": closing(invitation),
            "farewell": _("Yours sincerely,"),
            "signatory": meeting.signatory_name or meeting.contact_name,
            "signatory_title": wording(meeting, "signatory_title").text or _("Secretariat of the Pompidou Group"),
            "footnote": wording(invitation.country, "footnote").text if invitation.country else "",
            "contact": meeting.contact_email or settings.SERVER_EMAIL,
            "page": _("Page {n} of {total}"),
        }


def heading(invitation: Invitation) -> str:
    """What the letter is about. A state is convened, which French has a word of its own for; a person is invited."""
    title = wording(invitation.meeting, "title").text
    if invitation.is_to_person:
        return _("Invitation: %(title)s") % {"title": title}
    return pgettext("letter", "Invitation: %(meeting)s") % {"meeting": title}


def addressee_lines(invitation: Invitation, *, on: dt.date) -> list[str]:
    """The address block; a country under the name it had on that day."""
    if invitation.country:
        return [_("The Permanent Correspondent"), invitation.country.name_on(on, invitation.language)]
    if invitation.body:
        return [line for line in (str(invitation.body), invitation.body.contact_name) if line]
    title = {"ms": _("Ms"), "mr": _("Mr")}.get(invitation.salutation, "")
    name = invitation.addressee if invitation.hides_name else f"{title} {invitation.addressee}".strip()
    return [line for line in (name, "" if invitation.hides_name else invitation.function, invitation.organisation) if line]


def salutation(invitation: Invitation) -> str:
    """How the letter begins."""
    if invitation.is_to_person and not invitation.hides_name and invitation.salutation:
        title = {"ms": _("Dear Ms"), "mr": _("Dear Mr")}[invitation.salutation]
        return (
            f"{title}," if invitation.language == "fr" else f"{title} {invitation.family_name},"
        )  # a French letter opens without the name
    return _("Dear Sir or Madam,")


def opening(invitation: Invitation) -> list[str]:
    """What it is about, and the secretariat's own words."""
    if invitation.is_to_person:
        first = _("The Pompidou Group has the honour of inviting you to its meeting, as follows.")
    else:
        first = _("The Pompidou Group has the honour of inviting you to nominate experts for its meeting, as follows.")
    return [first, *paragraphs_of(wording(invitation, "text", invitation.language).text)]


def paragraphs_of(text: str) -> list[str]:
    """A text as paragraphs: an empty line divides them, a single line break does not."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def facts(invitation: Invitation) -> list[tuple[str, str]]:
    """The table in the middle."""
    meeting, language = invitation.meeting, invitation.language
    where = ", ".join(text for text in (wording(meeting, "venue").text, wording(meeting, "city").text) if text)
    return [
        (_("Meeting"), wording(meeting, "title").text),
        (_("Dates"), day_range(meeting.starts_on, meeting.ends_on, language)),
        (_("Place"), where),
        (_("Places"), places(invitation)),
        (_("Reply by"), day(invitation.deadline, language)),
    ]


def closing(invitation: Invitation) -> list[str]:
    """What is asked for."""
    until = {"day": day(invitation.deadline, invitation.language)}
    if invitation.is_to_person:
        return [_("Please let us know by %(day)s whether you will come, on the page that the mail links to.") % until]
    return [
        _(
            "Please put forward the names of your experts by %(day)s, with their functions, services and e-mail addresses, "
            "and say who heads the delegation. Each of them then completes their own registration."
        )
        % until,
        *way_to_put_forward(invitation),
        _("If nobody can attend, we should be grateful to know as well. The page that the mail links to takes both replies."),
    ]


def way_to_put_forward(invitation: Invitation) -> list[str]:
    """The page for the names and how one signs in there, where somebody speaks for the addressee."""
    if not invitation.correspondents(timezone.localdate()).exists():
        return []
    page = settings.BASE_URL + reverse("delegations")
    text = _(
        "Names are put forward at %(page)s. To sign in there, enter the address to which this letter was sent; a code comes by e-mail."
    )
    return [text % {"page": page}]
