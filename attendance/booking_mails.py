"""The mails about seats in sessions. What a person does themselves they see on the page; told is what happens without them."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from attendance.models import Booking
from correspondence.kinds import Kind
from meetings.dates import day, hours
from meetings.models import Session
from participants import mails
from participants.models import Participant

SPECIAL = {
    "session": _lazy("title of the session; “Closed session” for one that is closed"),
    "when": _lazy("day and hours of the session at the venue"),
    "workshops_link": _lazy("address of the person's page of workshops"),
}


def preview(language: str) -> Mapping[str, str] | None:
    """Values of a registration that is not protected, with a session made up."""
    values = mails.sample(language)
    known = {name: values[name] for name in mails.COMMON} if values else None
    return known and {**known, "session": "Parcels", "when": "10:00", "workshops_link": f"{settings.BASE_URL}/example/"}


WITHOUT_SESSION = {**mails.COMMON, "workshops_link": SPECIAL["workshops_link"]}


def preview_without_session(language: str) -> Mapping[str, str] | None:
    """The same for a mail that names no session."""
    values = preview(language)
    return values and {name: values[name] for name in WITHOUT_SESSION}


def kind(key: str, label: object) -> Kind:
    return Kind(key, label, {**mails.COMMON, **SPECIAL}, sample=preview)  # type: ignore[arg-type]


LEFT = {"left": _lazy("the sessions at the same time in which the seat was given up, with their hours")}


def preview_with_left(language: str) -> Mapping[str, str] | None:
    """The same with the seat that was left."""
    values = preview(language)
    return values and {**values, "left": "Tokens (10:30)"}


KINDS = (
    kind("seat_moved_up", _lazy("A seat came free: moved up from the queue")),
    Kind(
        "seat_changed",
        _lazy("A seat came free: changed over to it from a seat at the same time"),
        {**mails.COMMON, **SPECIAL, **LEFT},
        sample=preview_with_left,
    ),
    kind("seat_given", _lazy("A seat was given by the secretariat or by wishes")),
    kind("seat_taken_back", _lazy("A seat was taken back by the secretariat")),
    Kind("wishes_unmet", _lazy("Seats were given by wishes, and none could be met"), WITHOUT_SESSION, sample=preview_without_session),
)


def tell_moved_up(booking: Booking, *, left: Sequence[Session] = ()) -> None:
    """Somebody has the seat they waited for, and has left those in ``left`` for it."""
    if not left:
        return tell(booking, "seat_moved_up")
    with override(booking.participant.language):
        told = "; ".join(f"{shown(one)} ({hours(one.local_start(), one.local_end())})" for one in left)
    return tell(booking, "seat_changed", left=told)


def tell_given(booking: Booking) -> None:
    tell(booking, "seat_given")


def tell_taken_back(booking: Booking) -> None:
    tell(booking, "seat_taken_back")


def tell_unmet(participant: Participant, *, event: str) -> None:
    """The draw met none of somebody's wishes."""
    mails.write(participant, "wishes_unmet", event=event, workshops_link=link_to_workshops(participant))


def link_to_workshops(participant: Participant) -> str:
    """The address of the person's page, in their language."""
    with override(participant.language):
        return settings.BASE_URL + reverse("my_workshops", args=[participant.meeting.slug])


def shown(session: Session) -> str:
    """A session by its title; one that is closed is not named in a mail."""
    return str(Session.Kind.CLOSED.label) if session.is_closed else session.title.text


def tell(booking: Booking, key: str, **more: str) -> None:
    """Write one mail about one change of one booking, in the participant's language."""
    person, session = booking.participant, booking.session
    with override(person.language):
        told = {
            "session": shown(session),
            "when": f"{day(session.local_start().date(), person.language)}, {hours(session.local_start(), session.local_end())}",
            "workshops_link": link_to_workshops(person),
        }
    mails.write(person, key, event=f"{booking.pk}:{booking.decided_at:%Y%m%d%H%M%S%f}", **told, **more)
