"""Where somebody's registration stands, in the words a person would use, and what they may still do."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from meetings.dates import day, moment
from meetings.models import Meeting
from participants import services
from participants.models import Offer, Participant

State = Participant.State
TAKES_PART = (State.PENDING, State.WAITLISTED, State.CONFIRMED)

IN_LINE = (
    _lazy("You are first in line."),
    _lazy("You are second in line."),
    _lazy("You are third in line."),
    _lazy("You are fourth in line."),
    _lazy("You are fifth in line."),
    _lazy("You are sixth in line."),
    _lazy("You are seventh in line."),
    _lazy("You are eighth in line."),
    _lazy("You are ninth in line."),
    _lazy("You are tenth in line."),
)
SENTENCES = {
    State.UNCONFIRMED: _lazy("Please confirm your e-mail address."),
    State.PENDING: _lazy("The secretariat is looking at your registration."),
    State.CONFIRMED: _lazy("You have a place."),
    State.DECLINED: _lazy("Your registration was declined."),
    State.WITHDRAWN: _lazy("Your registration is withdrawn."),
}
SENTENCES_AFTERWARDS = {
    State.CONFIRMED: _lazy("You had a place."),
    State.PENDING: _lazy("You did not get a place."),
    State.WAITLISTED: _lazy("You did not get a place."),
}
NEXT_STEPS = {
    State.UNCONFIRMED: _lazy("Open the link in the mail we sent you."),
    State.PENDING: _lazy("You need not do anything. We will write to you; please do not book your journey before that."),
    State.CONFIRMED: _lazy("You can book your journey. If you cannot come, withdraw, so that somebody else gets the place."),
    State.WAITLISTED: _lazy("All places are taken. If one comes free for you, we will write to you at once."),
    State.DECLINED: _lazy("If you think this is a mistake, write to the secretariat."),
    State.WITHDRAWN: _lazy("Nothing more is asked of you."),
}


# Reasons that services give for a change that leaves the status as it is; others, such as a note, are not told.
TOLD_CHANGES = {
    "answers corrected": _lazy("Answers changed"),
    "corrected by the secretariat": _lazy("Corrected by the secretariat"),
    "address changed": _lazy("E-mail address changed"),
}


class Options(NamedTuple):
    """What somebody may do with their own registration now."""

    edit: bool
    withdraw: bool
    reopen: bool
    accept: bool
    hand_over: bool


class Event(NamedTuple):
    """One line of the timeline."""

    when: str
    title: str
    text: str


def is_over(participant: Participant, at: dt.datetime | None) -> bool:
    """True once the meeting has passed."""
    return participant.meeting.phase(at or timezone.now()) == Meeting.Phase.OVER


def sentence(participant: Participant, at: dt.datetime | None = None) -> str:
    """The status as a sentence: "You have a place." """
    if participant.state in TAKES_PART and is_over(participant, at):
        return str(SENTENCES_AFTERWARDS[State(participant.state)])
    if participant.state != State.WAITLISTED:
        return str(SENTENCES[State(participant.state)])
    if offer := running_offer(participant, at):
        return _("A place is held for you until %(when)s.") % {"when": moment(offer.lapses_at.astimezone(participant.meeting.zone))}
    position = participant.place_in_line() or 1
    if position <= len(IN_LINE):
        return str(IN_LINE[position - 1])
    return _("You are number %(position)d in line.") % {"position": position}


def running_offer(participant: Participant, at: dt.datetime | None = None) -> Offer | None:
    """The offer that the person can accept now."""
    if participant.state != State.WAITLISTED:
        return None
    now = at or timezone.now()
    return next((offer for offer in participant.offers.all() if offer.is_running(now)), None)


def next_step(participant: Participant, at: dt.datetime | None = None) -> str:
    """What is asked of the person, if anything."""
    if participant.state in TAKES_PART and is_over(participant, at):
        return _("The meeting is over.")
    if running_offer(participant, at):
        return _("Please say whether you take it. Without an answer it goes to the next in line, and you wait at the end of your category.")
    return str(NEXT_STEPS[State(participant.state)])


def options(participant: Participant, at: dt.datetime | None = None) -> Options:
    """What the person may do now; the services decide again when it is done."""
    now, meeting = at or timezone.now(), participant.meeting
    takes_part = participant.state in TAKES_PART
    return Options(
        edit=takes_part and not meeting.answers_are_frozen(now),
        withdraw=takes_part and not is_over(participant, now),
        hand_over=services.may_hand_over(participant, now),
        accept=running_offer(participant, now) is not None,
        reopen=participant.state == State.WITHDRAWN and meeting.registration_is_open(now) and services.withdrew_themself(participant),
    )


def freeze_notice(meeting: Meeting, at: dt.datetime | None = None) -> str:
    """Until when answers may be corrected."""
    frozen_on = meeting.frozen_on or meeting.starts_on
    if meeting.answers_are_frozen(at or timezone.now()):
        return _("Answers can no longer be changed here since %(day)s.") % {"day": day(frozen_on)}
    return _("You can change your answers until %(day)s.") % {"day": day(frozen_on - dt.timedelta(days=1))}


def timeline(participant: Participant) -> list[Event]:
    """What happened to a registration, the latest first; who did it is not told."""
    told = [*changes_of(participant), *offers_of(participant)]
    zone = participant.meeting.zone
    return [Event(moment(when.astimezone(zone)), title, text) for when, title, text in sorted(told, key=lambda line: line[0])][::-1]


def changes_of(participant: Participant) -> Iterator[tuple[dt.datetime, str, str]]:
    """When the status or the answers changed, with a title and the reason, the earliest first."""
    rows = participant.history.order_by("history_date", "history_id")
    before: Any = None
    for when, state, reason, change in rows.values_list("history_date", "state", "state_reason", "history_change_reason"):
        title = title_of(before, state) if state != before else str(TOLD_CHANGES.get(change, ""))
        if title:
            yield when, title, reason if state != before else ""
        before = state


def offers_of(participant: Participant) -> Iterator[tuple[dt.datetime, str, str]]:
    """When a place was offered, and when the time to answer passed; other answers are changes of the status."""
    for offer in participant.offers.all():
        yield offer.offered_at, _("A place was offered to you"), ""
        if offer.answer == Offer.Answer.LAPSED:
            yield offer.lapses_at, _("The offer was not answered in time"), ""


def title_of(before: str | None, state: str) -> str:
    """What a new status means to the person it is about."""
    titles = {
        State.UNCONFIRMED: _("Form sent"),
        State.PENDING: _("Address confirmed") if before == State.UNCONFIRMED else _("Registered again"),
        State.CONFIRMED: _("Place confirmed"),
        State.WAITLISTED: _("Put on the waiting list"),
        State.DECLINED: _("Declined"),
        State.WITHDRAWN: _("Withdrawn"),
    }
    return titles[State(state)]
