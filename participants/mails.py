"""The mails about a registration: what they may say, and the functions that write them to the outbox."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from correspondence import outbox
from correspondence.kinds import Kind
from correspondence.models import Message
from delegations.services import hide_name
from meetings.dates import day, day_range, moment
from meetings.models import Meeting
from participants.models import Offer, Participant
from participants.models.participant import UNCONFIRMED_KEPT

COMMON = {
    "name": _lazy("the name; “participant” for somebody protected"),
    "meeting": _lazy("title of the meeting"),
    "dates": _lazy("days of the meeting"),
    "city": _lazy("city"),
    "reference": _lazy("reference number"),
    "my_link": _lazy("address of the person's own page"),
    "contact": _lazy("address of the secretariat"),
}


def sample(language: str) -> Mapping[str, str] | None:
    """Values of the newest registration that is not protected, for previews in the back office."""
    participant = Participant.objects.select_related("meeting").filter(is_protected=False).order_by("-pk").first()
    if participant is None:
        return None
    special = {"confirm_link": f"{settings.BASE_URL}/example/", "until": day(participant.meeting.today(), language), "position": "3"}
    special |= {"take_over_link": special["confirm_link"], "colleague": "Maeve Orrin", "successor": participant.reference}
    special |= dict.fromkeys(("programme_link", "certificate_link", "evaluation_link"), special["confirm_link"])
    special |= {"offer_link": special["confirm_link"], "answer_by": venue_time(participant.meeting, timezone.now(), language)}
    return {**values_for(participant, language), **special, "reason": _("The number of places for this category is limited.")}


def kind(key: str, label: object, *, secrets: frozenset[str] = frozenset(), **more: object) -> Kind:
    """One kind of mail with the common placeholders and its own."""
    placeholders = {**COMMON, **more}

    def preview(language: str) -> Mapping[str, str] | None:
        values = sample(language)
        return values and {name: values[name] for name in placeholders}

    return Kind(key, label, placeholders, sample=preview, secrets=secrets)  # type: ignore[arg-type]


WITHOUT_PLACE = "registration_without_place"

KINDS = (
    kind(
        "registration_confirm_address",
        _lazy("Please confirm your address"),
        secrets=frozenset({"confirm_link"}),
        confirm_link=_lazy("address of the page that confirms"),
        until=_lazy("last day on which the link works"),
    ),
    kind("registration_known", _lazy("You are registered already")),
    kind("registration_received", _lazy("Registration received, awaiting approval")),
    kind("registration_confirmed", _lazy("You have a place")),
    kind("registration_waitlisted", _lazy("You are on the waiting list"), position=_lazy("position on the waiting list")),
    kind(
        "registration_offer",
        _lazy("A place is offered to you"),
        secrets=frozenset({"offer_link"}),
        offer_link=_lazy("address of the page with the two answers"),
        answer_by=_lazy("day and time until which the place is held"),
    ),
    kind(
        "registration_offer_lapsed",
        _lazy("The offer of a place was not answered in time"),
        position=_lazy("position on the waiting list"),
        answer_by=_lazy("day and time until which the place was held"),
    ),
    kind(
        "registration_take_over",
        _lazy("A colleague hands you a place"),
        secrets=frozenset({"take_over_link"}),
        take_over_link=_lazy("address of the form that takes the place"),
        colleague=_lazy("the name of the colleague; what may be shown of somebody protected"),
        answer_by=_lazy("day and time until which the place can be taken"),
    ),
    kind("registration_take_over_ended", _lazy("A colleague keeps the place after all")),
    kind("registration_handed_over", _lazy("Your place is handed over")),
    kind(
        "registration_hand_over_done",
        _lazy("To the secretariat: a place was handed over"),
        successor=_lazy("reference number of whoever has the place now"),
    ),
    kind(WITHOUT_PLACE, _lazy("The meeting begins and no place came free")),
    kind("registration_declined", _lazy("Registration declined"), reason=_lazy("the reason given")),
    kind(
        "registration_withdrawn",
        _lazy("Registration withdrawn"),
        reason=_lazy("the reason given; empty when the person withdrew"),
    ),
    kind("registration_on_hold", _lazy("The decision takes longer"), reason=_lazy("the reason given")),
    kind(
        "reminder_confirm_address",
        _lazy("Reminder: please confirm your address"),
        secrets=frozenset({"confirm_link"}),
        confirm_link=_lazy("address of the page that confirms"),
        until=_lazy("last day on which the link works"),
    ),
    kind("reminder_before", _lazy("Reminder: before the meeting"), programme_link=_lazy("address of the programme")),
    kind(
        "reminder_thanks",
        _lazy("Thank you, after the meeting"),
        certificate_link=_lazy("address of the person's certificate of attendance"),
        evaluation_link=_lazy("address of the questions on how the meeting was"),
    ),
)


def values_for(participant: Participant, language: str) -> dict[str, str]:
    """The common placeholders. A protected person's name is left out even of mail to themself: mailboxes are read."""
    meeting = participant.meeting
    with override(language):
        face = participant.face_for(None)
        return {
            "name": _("participant") if face.is_masked else face.name,
            "meeting": meeting.title.text,
            "dates": day_range(meeting.starts_on, meeting.ends_on, language),
            "city": meeting.city.text,
            "reference": participant.reference,
            "my_link": settings.BASE_URL + reverse("my_registration", args=[meeting.slug]),
            "contact": meeting.contact_email or settings.SERVER_EMAIL,
        }


def venue_time(meeting: Meeting, at: dt.datetime, language: str) -> str:
    """Day and time on the venue's clock: "26 November 2026, 14:00 (Strasbourg)"."""
    with override(language):
        return f"{moment(at.astimezone(meeting.zone), language)} ({meeting.city.text})"


def write(participant: Participant, kind_key: str, *, event: str, **more: str) -> None:
    """Write one mail to the outbox in the participant's language; ``event`` makes it unique."""
    if not participant.email:
        return  # entered by the secretariat without an address; there is nobody to write to
    outbox.put(
        kind=kind_key,
        to=participant.email,
        language=participant.language,
        values={**values_for(participant, participant.language), **more},
        dedup_key=f"{kind_key}:{participant.pk}:{event}",
        reference=participant.reference,
        hides_address=participant.is_protected or participant.asks_protection,
    )


def hide_earlier(participant: Participant) -> None:
    """Let mails written before somebody was protected show their address and text no more, and their invitation not their name."""
    Message.objects.filter(reference=participant.reference, hides_address=False).update(hides_address=True)
    hide_name(meeting=participant.meeting, email=participant.email)


def since(participant: Participant) -> str:
    """Names the state the participant is in since when, so that the same step taken again later is told again."""
    return f"{participant.decided_at:%Y%m%d%H%M%S%f}"


def ask_to_confirm(participant: Participant, *, token: str) -> None:
    """Send the link that proves the address."""
    with override(participant.language):
        link = settings.BASE_URL + reverse("confirm_address", args=[token])
    until = day((participant.created_at + UNCONFIRMED_KEPT).date(), participant.language)
    write(participant, "registration_confirm_address", event=participant.submission_key or "", confirm_link=link, until=until)


def remind_to_confirm(participant: Participant, *, token: str, dedup_key: str) -> None:
    """Send a new link that proves the address, before the form is deleted."""
    with override(participant.language):
        link = settings.BASE_URL + reverse("confirm_address", args=[token])
    until = day((participant.created_at + UNCONFIRMED_KEPT).date(), participant.language)
    remind(participant, "reminder_confirm_address", dedup_key=dedup_key, confirm_link=link, until=until)


def remind_of_meeting(participant: Participant, *, dedup_key: str) -> None:
    """Say before the meeting where the programme is."""
    with override(participant.language):
        link = settings.BASE_URL + reverse("programme", args=[participant.meeting.slug])
    remind(participant, "reminder_before", dedup_key=dedup_key, programme_link=link)


def thank(participant: Participant, *, dedup_key: str) -> None:
    """Thank after the meeting, and lead to the person's certificate and to the questions on how it was."""
    slug = participant.meeting.slug
    with override(participant.language):
        pages = {"certificate_link": reverse("my_certificate", args=[slug]), "evaluation_link": reverse("my_evaluation", args=[slug])}
    links = {name: settings.BASE_URL + address for name, address in pages.items()}
    remind(participant, "reminder_thanks", dedup_key=dedup_key, **links)


def remind(participant: Participant, kind_key: str, *, dedup_key: str, **more: str) -> None:
    """Write one standing reminder to the outbox; ``dedup_key`` makes it the only one."""
    outbox.put(
        kind=kind_key,
        to=participant.email,
        language=participant.language,
        values={**values_for(participant, participant.language), **more},
        dedup_key=dedup_key,
        reference=participant.reference,
        hides_address=participant.is_protected or participant.asks_protection,
    )


def tell_address_is_known(participant: Participant, *, dedup_key: str) -> None:
    """Tell whoever owns the address that it is registered already, and where to sign in."""
    write(participant, "registration_known", event=dedup_key)


def tell_registration_received(participant: Participant) -> None:
    """The address is proven; the secretariat decides."""
    write(participant, "registration_received", event=since(participant))


def tell_confirmed(participant: Participant) -> None:
    """The person has a place."""
    write(participant, "registration_confirmed", event=since(participant))


def tell_waitlisted(participant: Participant) -> None:
    """The person waits, and at which position."""
    write(participant, "registration_waitlisted", event=since(participant), position=str(participant.place_in_line()))


def offer_place(participant: Participant, offer: Offer, *, token: str) -> None:
    """A place is held for the person until they answer; the link asks and does nothing by itself."""
    with override(participant.language):
        link = settings.BASE_URL + reverse("offer", args=[token])
    answer_by = venue_time(participant.meeting, offer.lapses_at, participant.language)
    write(participant, "registration_offer", event=str(offer.pk), offer_link=link, answer_by=answer_by)


def tell_offer_lapsed(participant: Participant, offer: Offer) -> None:
    """The place went on; the person waits again, and at which position."""
    answer_by = venue_time(participant.meeting, offer.lapses_at, participant.language)
    position = str(participant.place_in_line())
    write(participant, "registration_offer_lapsed", event=str(offer.pk), answer_by=answer_by, position=position)


def ask_to_take_over(to: Participant, holder: Participant, *, token: str, until: dt.datetime) -> None:
    """A colleague asks the person to come in their stead; the link opens the form, with what is known."""
    with override(to.language):
        link = settings.BASE_URL + reverse("take_over", args=[token])
        colleague = holder.face_for(None).name
    answer_by = venue_time(to.meeting, until, to.language)
    event = f"{to.created_at:%Y%m%d%H%M%S%f}"
    write(to, "registration_take_over", event=event, take_over_link=link, colleague=colleague, answer_by=answer_by)


def tell_hand_over_taken_back(to: Participant) -> None:
    """The colleague comes after all."""
    write(to, "registration_take_over_ended", event=f"{to.created_at:%Y%m%d%H%M%S%f}")


def tell_handed_over(holder: Participant) -> None:
    """The colleague has the place, and the person is withdrawn."""
    write(holder, "registration_handed_over", event=since(holder))


def tell_secretariat_of_hand_over(holder: Participant, to: Participant) -> None:
    """References only: whoever may see the names finds them by these."""
    meeting = holder.meeting
    outbox.put(
        kind="registration_hand_over_done",
        to=meeting.contact_email or settings.SERVER_EMAIL,
        language="en",
        values={**values_for(holder, "en"), "name": "colleagues", "successor": to.reference},
        dedup_key=f"registration_hand_over_done:{holder.pk}:{since(holder)}",
        reference=holder.reference,
    )


def tell_without_place(participant: Participant) -> None:
    """The meeting begins, and no place came free for the person."""
    write(participant, WITHOUT_PLACE, event=f"{participant.meeting.starts_on}")


def tell_declined(participant: Participant) -> None:
    """The registration was refused, and why."""
    write(participant, "registration_declined", event=since(participant), reason=participant.state_reason)


def tell_withdrawn(participant: Participant, *, reason: str = "") -> None:
    """The registration is withdrawn, by the person or for them; what the secretariat said of it."""
    write(participant, "registration_withdrawn", event=since(participant), reason=reason)


def tell_on_hold(participant: Participant, *, reason: str, at: dt.datetime) -> None:
    """The decision takes longer, and why."""
    write(participant, "registration_on_hold", event=f"{at:%Y%m%d%H%M%S%f}", reason=reason)
