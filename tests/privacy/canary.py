"""One person with unmistakable names goes the whole way, through the pages that people use."""

import re
import smtplib
from typing import Any
from unittest import mock

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from accounts.models import User
from correspondence.delivery import deliver
from correspondence.models import Message
from delegations.models import Invitation, Nomination
from meetings.models import Meeting, Session
from participants import services
from participants.models import ExportRecord, Participant
from tests.conftest import signed_in
from tests.factories import CountryFactory, MessageFactory, ParticipantFactory, SessionFactory

LIST = "/admin/participants/participant/"
ANSWERS = {
    "sector": "police",
    "submission_key": "k" * 32,
    "salutation": "ms",
    "given_name": "Zéphyrine-Ánika",
    "family_name": "Quillembois",
    "email": "zephyrine.quillembois@canari.example",
    "phone": "+33 6 99 88 77 66",
    "language": "fr",
    "country": "FR",
    "organisation": "Police nationale",
    "service": "Quillembois bureau",
    "function": "Commissaire",
    "arrives_on": "",
    "departs_on": "",
    "diet": "vegan",
    "diet_details": "Zéphyrine eats no nuts",
    "accessibility": "",
    "needs_agreed": "on",
    "listening_language": "fr",
    "visibility": "full",
    "privacy_accepted": "on",
}
EARLIER = "z.quillembois@avant.example"
NEEDLES = ["Zéphyr", "Quillembois", ANSWERS["email"], EARLIER, "+33 6 99 88 77 66", "33699887766", "canari.example"]


def post(browser: Client, address: str, form: dict[str, Any]) -> Any:
    response = browser.post(address, form, HTTP_USER_AGENT="Firefox")
    assert response.status_code < 400, (address, response.status_code, re.findall(r"<li><a href=.#[^<]*", response.text))
    return response


def mailed() -> None:
    """The worker delivers what waits, to files as in the demo."""
    for message in Message.objects.filter(state="queued"):
        assert deliver(message.pk) == "sent"


def register(meeting: Meeting) -> Participant:
    """Register, go back, register again, confirm, correct."""
    visitor, address = Client(), f"/meetings/{meeting.slug}/register/"
    post(visitor, address, {**ANSWERS, "email": EARLIER, "step": "check"})
    post(visitor, address, {**ANSWERS, "step": "send"})
    link = re.search(r"http://[^/]+(/\S*registrations/confirm/\S+)", Message.objects.latest("pk").body)[1]
    mailed()
    visitor.get(link)
    post(visitor, link, {})
    post(visitor, address, {**ANSWERS, "submission_key": "j" * 32, "step": "send"})  # known already
    participant = Participant.objects.get(email=ANSWERS["email"])
    own = signed_in(participant.user)
    own.get(f"/my/{meeting.slug}/")
    form = own.get(f"/my/{meeting.slug}/edit/")
    changes = {**ANSWERS, "function": "Commissaire divisionnaire Quillembois", "agreed": form.context["agreed"]}
    post(own, f"/my/{meeting.slug}/edit/", changes)
    post(Client(), "/accounts/login/code/", {"email": ANSWERS["email"]})
    return participant


def typed(browser: Client, participant: Participant, **changes: Any) -> dict[str, Any]:
    """The page's form as the browser would send it, with changes; the inlines as they are."""
    page = browser.get(f"{LIST}{participant.pk}/change/")
    forms = [page.context["adminform"].form]
    values: dict[str, Any] = {}
    for inline in page.context["inline_admin_formsets"]:
        values |= {f"{inline.formset.prefix}-TOTAL_FORMS": inline.formset.initial_form_count()}
        values |= {f"{inline.formset.prefix}-INITIAL_FORMS": inline.formset.initial_form_count()}
        forms += inline.formset.initial_forms
    for form in forms:
        values |= {form.add_prefix(name): form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in {**values, **changes}.items() if value not in (None, False)}


def work_on(participant: Participant, secretariat: User) -> None:
    """What the secretariat does with somebody over the weeks."""
    office, page = signed_in(secretariat), f"{LIST}{participant.pk}/"
    services.change_address(participant=participant, email=EARLIER, by=secretariat)
    services.change_address(participant=participant, email=ANSWERS["email"], by=secretariat)
    post(office, f"{page}note/", {"text": "Mme Quillembois called. Zéphyrine-Ánika Quillembois is ill."})
    services.hold(participant=participant, by=secretariat, reason="Mme Quillembois sends the letter.")
    post(office, f"{LIST}decide/waitlist/", {"people": participant.pk, "back": "page"})
    post(office, f"{LIST}decide/approve/", {"people": participant.pk, "back": "page"})
    for query in ("q=quillembois", "q=ZEPHYR", f"q={participant.reference}", "q=zephyrine.quillembois%40canari.example"):
        office.get(f"{LIST}?{query}")
        response = post(office, f"{LIST}export.csv?{query}", {"purpose": "full", "format": "csv", "language": "fr", "separator": ","})
        b"".join(response.streaming_content)
    # As the ledger was written before it left out what was searched for.
    ExportRecord.objects.create(made_by=secretariat, purpose="full", filters={"Search": "ZEPHYR", "address": "q=ZEPHYR"})
    post(office, f"{page}change/", typed(office, participant, asks_protection="on", is_protected="on", alias="Expert Z."))
    post(office, f"{page}reveal/", {"reason": "Mme Quillembois has no badge"})
    for address in (f"{page}change/", f"{page}history/"):
        office.get(address)
    for message in Message.objects.filter(to=ANSWERS["email"]):
        office.get(f"/admin/correspondence/message/{message.pk}/change/")


def refused(participant: Participant) -> None:
    """A mail server refuses the address, and quotes it; a page breaks."""
    message = MessageFactory(to=participant.email, reference=participant.reference, body="Chère Zéphyrine-Ánika Quillembois")
    answer = smtplib.SMTPRecipientsRefused(
        {participant.email: (550, b"unknown: Zephyrine Quillembois <zephyrine.quillembois@canari.example>")}
    )
    with mock.patch("django.core.mail.backends.filebased.EmailBackend.send_messages", side_effect=answer):
        deliver(message.pk)
    visitor = Client(raise_request_exception=False)
    visitor.get("/nowhere/?name=Quillembois&address=zephyrine.quillembois%40canari.example")
    with mock.patch("reports.views.render", side_effect=ValueError("Zéphyrine-Ánika Quillembois")):
        visitor.get("/")


def nominate(meeting: Meeting) -> None:
    """A country had put them forward."""
    country = CountryFactory(code="FR")
    invitation = Invitation.objects.create(
        meeting=meeting, number=1, reference="P-PG 1", country=country, category="member_state", deadline=meeting.starts_on
    )
    nomination = Nomination(invitation=invitation, given_name="Zéphyrine-Ánika", family_name="Quillembois", email=EARLIER)
    nomination.save()
    nomination.is_head = True
    nomination.save()


def mention(participant: Participant, secretariat: User) -> None:
    """Other people's rows that name them."""
    meeting = participant.meeting
    session: Session = SessionFactory(meeting=meeting, speakers="Zéphyrine-Ánika QUILLEMBOIS, Police nationale\nJonas Brandt, Zoll")
    session.abstract_en = "Chaired by Quillembois."
    session.save()
    other = ParticipantFactory(meeting=meeting, given_name="Jonas", family_name="Brandt")
    services.add_note(participant=other, by=secretariat, text=f"Travels with {participant.reference}, that is Zephyrine-Anika Quillembois")
    services.decline(participant=other, by=secretariat, reason="Quillembois Zéphyrine-Ánika comes in your place.")
    meeting.contact_name, meeting.contact_email, meeting.contact_phone = "Z. Quillembois", ANSWERS["email"], "06 99 88 77 66"
    meeting.save()
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=secretariat,
        content_type=kind,
        object_id=str(participant.user_id),
        object_repr=ANSWERS["email"],
        action_flag=CHANGE,
        change_message='[{"changed": {"fields": ["Nom"], "name": "Zéphyrine-Ánika Quillembois"}}]',
    )
    mailed()
