"""The certificate of attendance: what it says, and the PDF of it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from attendance.models import Certificate
from correspondence import pdf
from meetings.dates import day
from meetings.languages import wording
from participants.faces import Face


def certificate_file(certificate: Certificate, face: Face) -> bytes:
    """The certificate as a PDF, in its language, with the name that ``face`` shows."""
    return pdf.render("certificate", certificate_data(certificate, face))


def certificate_name(certificate: Certificate) -> str:
    """What the file is called: dublin-2017-certificate-en.pdf, dublin-2017-attestation-fr.pdf. It says nobody's name."""
    with override(certificate.language):
        word = slugify(_("certificate"))
    return f"{certificate.participant.meeting.slug}-{word}-{certificate.language}.pdf"


def certificate_data(certificate: Certificate, face: Face) -> dict[str, Any]:
    """Everything the certificate says, ready to be laid out; plain texts only."""
    meeting, language = certificate.participant.meeting, certificate.language
    issued = timezone.localdate(certificate.issued_at)
    with override(language):
        address = settings.BASE_URL + reverse("certificate", args=[certificate.shown_code])
        return {
            "language": language,
            "organiser": settings.ORGANISER_FR if language == "fr" else settings.ORGANISER_EN,
            "unit": wording(meeting, "title").text,
            "title": _("Certificate of attendance"),
            "opening": _("The Secretariat of the Pompidou Group certifies that"),
            "name": face.formal_name,
            "verb": _("attended"),
            "meeting": wording(meeting, "title").text,
            "place": ", ".join(text for text in (wording(meeting, "venue").text, wording(meeting, "city").text) if text),
            "days_label": ngettext("on the following day:", "on the following days:", len(certificate.days)),
            "days": [day(date, language, weekday=True) for date in certificate.dates],
            "place_and_date": _("Strasbourg, %(day)s") % {"day": day(issued, language)},
            "signatory": meeting.signatory_name or meeting.contact_name,
            "signatory_title": wording(meeting, "signatory_title").text or _("Secretariat of the Pompidou Group"),
            "check": _("Whether this certificate is valid can be checked at any time, with nothing said of the person, at this address:"),
            "code_label": _("Check code"),
            "code": certificate.shown_code,
            "address": address,
            "contact": meeting.contact_email or settings.SERVER_EMAIL,
        }
