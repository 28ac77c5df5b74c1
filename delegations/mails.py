"""The mails about invitations: what they may say, and the functions that write them to the outbox."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, override

from correspondence import outbox
from correspondence.kinds import Kind
from delegations.models import Invitation, InvitationLink
from delegations.readers import Reader
from meetings.dates import day, day_range

NAMES = {"put_forward": _lazy("where names are put forward, and how to sign in there")}
COMMON = {
    "name": _lazy("the name of whom the mail goes to, if known"),
    "addressee": _lazy("who is invited: country, organisation or person"),
    "meeting": _lazy("title of the meeting"),
    "dates": _lazy("days of the meeting"),
    "city": _lazy("city"),
    "reference": _lazy("reference of the letter"),
    "places": _lazy("how many places, and how many of them reimbursed"),
    "deadline": _lazy("last day for the reply"),
    "contact": _lazy("address of the secretariat"),
}


def sample(language: str) -> Mapping[str, str] | None:
    """Values of the newest invitation that names nobody, for previews in the back office."""
    invitation = Invitation.objects.with_addressees().filter(family_name="").order_by("-pk").first()
    if invitation is None:
        return None
    reader = Reader("", "", language)
    return {**values_for(invitation, reader), **names_for(invitation, reader), "reply_link": f"{settings.BASE_URL}/example/"}


def kind(key: str, label: object, *, has_link: bool = True, asks_names: bool = False) -> Kind:
    """One kind of mail with the common placeholders, the link to the reader's own page, and the way to put names forward."""
    link = {"reply_link": _lazy("address of the page with the letter and the reply")} if has_link else {}
    placeholders = {**COMMON, **link, **(NAMES if asks_names else {})}

    def preview(language: str) -> Mapping[str, str] | None:
        values = sample(language)
        return values and {name: values[name] for name in placeholders}

    return Kind(key, label, placeholders, sample=preview, secrets=frozenset({"reply_link"} if has_link else ()))  # type: ignore[arg-type]


KINDS = (
    kind("invitation", _lazy("Invitation to nominate"), asks_names=True),
    kind("invitation_person", _lazy("Invitation to a named person")),
    kind("invitation_reminder", _lazy("Reminder of an invitation"), asks_names=True),
    kind("invitation_person_reminder", _lazy("Reminder of an invitation to a named person")),
    kind("invitation_promise_reminder", _lazy("Reminder to those who will nominate and gave no names"), asks_names=True),
    kind("invitation_withdrawn", _lazy("Invitation withdrawn"), has_link=False),
)


def values_for(invitation: Invitation, reader: Reader) -> dict[str, str]:
    """The common placeholders in the reader's language."""
    meeting = invitation.meeting
    with override(reader.language):
        return {
            "name": reader.name or _("Sir or Madam"),
            "addressee": invitation.addressee,
            "meeting": meeting.title.text,
            "dates": day_range(meeting.starts_on, meeting.ends_on, reader.language),
            "city": meeting.city.text,
            "reference": invitation.reference,
            "places": places(invitation),
            "deadline": day(invitation.deadline, reader.language),
            "contact": meeting.contact_email or settings.SERVER_EMAIL,
        }


def names_for(invitation: Invitation, reader: Reader) -> dict[str, str]:
    """How this reader puts names forward, in their language: on the delegation's page, or, without an account, by writing to us."""
    with override(reader.language):
        if reader.user is None:
            contact = invitation.meeting.contact_email or settings.SERVER_EMAIL
            return {"put_forward": _("To put your experts forward, send us their names at %(contact)s.") % {"contact": contact}}
        said = {"link": delegation_link(invitation), "address": reader.email}
        return {
            "put_forward": _(
                "Put your experts forward:\n%(link)s\n\n"
                "To sign in there, enter your address %(address)s. A code comes by e-mail; no password is needed."
            )
            % said
        }


def places(invitation: Invitation) -> str:
    """How many places, and who pays: "3 places, 1 of them reimbursed"."""
    quota, paid = invitation.quota, invitation.reimbursed_quota
    total = ngettext("%(n)s place", "%(n)s places", quota) % {"n": quota}
    if not paid:
        return _("%(places)s, at your own cost") % {"places": total}
    if paid == quota:
        return ngettext("%(places)s, reimbursed", "%(places)s, all reimbursed", quota) % {"places": total}
    return ngettext("%(places)s, %(n)s of them reimbursed", "%(places)s, %(n)s of them reimbursed", paid) % {"places": total, "n": paid}


def invite(invitation: Invitation, reader: Reader) -> None:
    """Send the invitation to one of its readers."""
    assert invitation.sent_at is not None  # noqa: S101  the service sets it before
    with_link(invitation, reader, "invitation", event=f"{invitation.sent_at:%Y%m%d%H%M%S%f}")


def remind(invitation: Invitation, reader: Reader, *, on: dt.date) -> None:
    """Remind one of its readers; once a day at most."""
    with_link(invitation, reader, "invitation_reminder", event=f"{on}")


def remind_of_promise(invitation: Invitation, reader: Reader, *, on: dt.date) -> None:
    """Remind one of its readers that names were promised; once a day at most."""
    with_link(invitation, reader, "invitation_promise_reminder", event=f"{on}")


def with_link(invitation: Invitation, reader: Reader, base: str, *, event: str) -> None:
    """Write one mail with a personal link to the page of the letter and the reply, and how names are put forward."""
    key = base.replace("invitation", "invitation_person", 1) if invitation.is_to_person else base
    names = {} if invitation.is_to_person else names_for(invitation, reader)
    write(invitation, reader, key, event=event, reply_link=link_for(invitation, reader), **names)


def link_for(invitation: Invitation, reader: Reader) -> str:
    """A new personal link to the page of the letter and the reply; earlier ones go on working."""
    token = InvitationLink.issue(
        invitation, purpose=InvitationLink.Purpose.REPLY, user=reader.user, email=reader.email, expires_at=link_ends(invitation)
    )
    with override(reader.language):
        return settings.BASE_URL + reverse("invitation", args=[token])


def link_ends(invitation: Invitation) -> dt.datetime:
    """Links open the letter until the meeting is over; replies end with the deadline."""
    meeting = invitation.meeting
    return dt.datetime.combine(meeting.ends_on + dt.timedelta(days=1), dt.time(), tzinfo=meeting.zone)


def delegation_link(invitation: Invitation) -> str:
    """The page on which those who speak for a delegation put names forward, in the language that is switched on."""
    return f"{settings.BASE_URL}{reverse('delegation', args=[invitation.meeting.slug])}?{invitation.delegation_query}"


def tell_withdrawn(invitation: Invitation, reader: Reader, *, at: dt.datetime) -> None:
    """Tell one of its readers that the invitation no longer stands."""
    write(invitation, reader, "invitation_withdrawn", event=f"{at:%Y%m%d%H%M%S%f}")


def write(invitation: Invitation, reader: Reader, key: str, *, event: str, **more: str) -> None:
    """Write one mail to the outbox in the reader's language; ``event`` makes it unique."""
    outbox.put(
        kind=key,
        to=reader.email,
        language=reader.language,
        values={**values_for(invitation, reader), **more},
        dedup_key=f"{key}:{invitation.pk}:{event}:{reader.email}"[:200],
        reference=invitation.reference,
        hides_address=invitation.hides_name,
    )
